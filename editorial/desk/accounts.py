"""Staff accounts in the admin: Django's own, without what this site has no use for.

People get their rights by roles alone (editorial/roles.py); only who set the site up with
`createsuperuser` has all of them. An administrator makes nobody mightier than a role allows.
"""

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.contrib.auth.models import Group, Permission, User
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editorial.desk.columns import yes_or_no
from editorial.desk.keys import KeysOfRows, RowsField
from editorial.desk.read_only import ReadOnly
from editorial.roles import Role
from editorial.signing_in import log
from editorial.signing_in.second_factor import has_second_factor
from editorial.signing_in.sessions import end_sessions

ACTIONS = {
    "add": _("add"),
    "change": _("change"),
    "delete": _("delete"),
    "view": _("view"),
    "publish": _("publish"),
    "translate": _("translate"),
}


class PermissionField(RowsField):
    """Names permissions in the reader's language; the database has them in English alone."""

    def label_from_instance(self, permission):
        action = permission.codename.partition("_")[0]
        return f"{permission.content_type} | {ACTIONS.get(action, permission.name)}"


class RoleField(RowsField):
    """Names roles in the reader's language."""

    widget = CheckboxSelectMultiple

    def label_from_instance(self, group):
        return role_name(group)


def role_name(group):
    return str(Role(group.name).label) if group.name in Role.values else group.name


class NamesRights:
    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.related_model is Permission:
            kwargs["form_class"] = PermissionField
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.related_model is Group:
            field = RoleField(Group.objects.order_by("pk"), label=_("Roles"), required=False)
        return field


class PasswordForm(AdminPasswordChangeForm):
    """Accounts have a password here, always: there is no other way to sign in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


admin.site.unregister([Group, User])


@admin.register(Group)
class StaffGroupAdmin(ReadOnly, NamesRights, GroupAdmin):
    """The roles, for looking at: a change would be undone by the next upgrade."""

    list_display = ["role"]

    @admin.display(description=_("role"), ordering="name")
    def role(self, group):
        return role_name(group)


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return Role.choices

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class StaffUserAdmin(KeysOfRows, NamesRights, UserAdmin):
    list_display = [
        *("username", "email", "first_name", "last_name", "roles", "works_here"),
        "second",
    ]
    list_filter = [RoleFilter, "is_active"]
    actions = ["remove_second_factor"]
    works_here = yes_or_no("is_active", _("works here"))
    add_form = UserCreationForm
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2", "groups"]})]
    change_password_form = PasswordForm
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Rights"), {"fields": ["is_active", "groups"]}),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request):
        users = super().get_queryset(request).select_related("second_factor")
        users = users.prefetch_related("groups")
        return users if request.user.is_superuser else users.filter(is_superuser=False)

    @admin.display(description=_("roles"))
    def roles(self, user):
        return ", ".join(map(role_name, user.groups.all()))

    @admin.display(description=_("second factor"))
    def second(self, user):
        return gettext("Yes") if has_second_factor(user) else gettext("No")

    @admin.action(
        description=_("Remove the second factor of the chosen people"), permissions=["change"]
    )
    def remove_second_factor(self, request, queryset):
        """For who has lost the phone and the paper. One's own is removed with one's password."""
        chosen = [user for user in queryset if has_second_factor(user) and user != request.user]
        for user in chosen:
            user.second_factor.remove()
            end_sessions(user)
            log.removed(request.user, user)
        text = ngettext(
            "%(n)s second factor removed.", "%(n)s second factors removed.", len(chosen)
        )
        self.message_user(request, text % {"n": len(chosen)}, messages.SUCCESS)

    def save_model(self, request, obj, form, change):
        obj.is_staff = True  # there are no other accounts
        super().save_model(request, obj, form, change)
