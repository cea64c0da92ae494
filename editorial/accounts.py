"""Staff accounts in the admin: Django's own, without what this site has no use for."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.contrib.auth.models import Group, Permission, User
from django.forms import ModelMultipleChoiceField
from django.utils.translation import gettext_lazy as _

from editorial.columns import yes_or_no

ACTIONS = {"add": _("add"), "change": _("change"), "delete": _("delete"), "view": _("view")}


class PermissionField(ModelMultipleChoiceField):
    """Names permissions in the reader's language; the database has them in English alone."""

    def label_from_instance(self, permission):
        action = permission.codename.partition("_")[0]
        return f"{permission.content_type} | {ACTIONS.get(action, permission.name)}"


class NamesPermissions:
    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.related_model is Permission:
            kwargs["form_class"] = PermissionField
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class PasswordForm(AdminPasswordChangeForm):
    """Accounts have a password here, always: there is no other way to sign in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


admin.site.unregister([Group, User])


@admin.register(Group)
class StaffGroupAdmin(NamesPermissions, GroupAdmin):
    pass


@admin.register(User)
class StaffUserAdmin(NamesPermissions, UserAdmin):
    list_display = ["username", "email", "first_name", "last_name", "works_here"]
    works_here = yes_or_no("is_staff", _("staff status"))
    add_form = UserCreationForm
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2"]})]
    change_password_form = PasswordForm
