"""The log of changes: who did what, and when. Django's own, for looking at."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from editorial.desk.read_only import ReadOnly

# What the desk says there in English
SAID = [
    gettext_noop("Published."),
    gettext_noop("Made a draft again."),
    gettext_noop("Approved the translation."),
    gettext_noop("Translated."),
    gettext_noop("Spreadsheet."),
    gettext_noop("Put a version back."),
    gettext_noop("Threw away what was waiting."),
    gettext_noop("Took it off the site."),
    gettext_noop("Took the English texts off the site."),
    gettext_noop("Took the Mongolian texts off the site."),
]


@admin.register(LogEntry)
class LogAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["action_time", "user", "content_type", "object_repr", "what"]
    list_filter = ["action_flag", ("user", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "content_type"]
    date_hierarchy = "action_time"
    search_fields = ["object_repr"]
    fields = list_display

    @admin.display(description=_("what"))
    def what(self, entry):
        """In the reader's language, as far as the site knew what it was: a reason is as written."""
        said = entry.get_change_message()
        return gettext(said) if said else entry.get_action_flag_display()
