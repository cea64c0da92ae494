from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Kind
from editorial.admin import EntryAdmin
from editorial.desk.columns import yes_or_no
from editorial.desk.forms import EntryForm


class CheckFilter(admin.SimpleListFilter):
    title = _("check")
    parameter_name = "check"

    def lookups(self, request, model_admin):
        return [("due", _("to check now or soon"))]

    def queryset(self, request, queryset):
        return queryset.to_check() if self.value() == "due" else queryset


class CampaignForm(EntryForm):
    def clean(self):
        """A notice that goes on says by when somebody has to look at it again."""
        super().clean()
        data = self.cleaned_data
        goes_on = data.get("kind") == Kind.NOTICE and not data.get("retired")
        if goes_on and "check_by" in data and not data["check_by"]:
            self.add_error("check_by", _("Say by when this notice has to be checked again."))


@admin.register(Campaign)
class CampaignAdmin(EntryAdmin):
    form = CampaignForm
    list_display = ["by_name", "kind", "order", "status", "translations", "is_retired"]
    is_retired = yes_or_no("retired", _("retired"))
    list_editable = ["order"]
    list_filter = [*EntryAdmin.list_filter, CheckFilter, "kind", "retired", "themes"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_en", "title_mn"),
                    ("strapline_en", "strapline_mn"),
                    ("body_en", "body_mn"),
                    ("asks_en", "asks_mn"),
                    "themes",
                ]
            },
        ),
        (
            _("Picture"),
            {
                "fields": [
                    "picture",
                    "drawing",
                    ("picture_alt_en", "picture_alt_mn"),
                    ("picture_credit_en", "picture_credit_mn"),
                ]
            },
        ),
        (
            _("Archive"),
            {"fields": ["retired", ("retired_reason_en", "retired_reason_mn")]},
        ),
        (_("Check of a notice"), {"fields": ["checked_on", "check_by"]}),
        (_("More"), {"fields": ["source_language", "kind", "order", "slug", "staff_note"]}),
    ]
