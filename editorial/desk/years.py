"""How staff work with entries that belong to a year."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from editorial.admin import EntryAdmin


class DatedAdmin(EntryAdmin):
    """The admin of a `Dated` entry."""

    actions = [*EntryAdmin.actions, "confirm_year"]

    @admin.action(
        description=_("The years of the chosen entries are right"), permissions=["change"]
    )
    def confirm_year(self, request, queryset):
        doubtful = queryset.filter(year_confirmed=False)
        count = self.change_each(request, doubtful, year_confirmed=True)
        text = ngettext("%(n)s year confirmed.", "%(n)s years confirmed.", count)
        self.message_user(request, text % {"n": count}, messages.SUCCESS)
