from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from editorial.admin import EntryAdmin
from editorial.columns import yes_or_no


@admin.register(Campaign)
class CampaignAdmin(EntryAdmin):
    list_display = ["by_name", "kind", "order", "status", "translations", "is_retired"]
    is_retired = yes_or_no("retired", _("retired"))
    list_editable = ["order"]
    list_filter = [*EntryAdmin.list_filter, "kind", "retired", "themes"]
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
        (_("More"), {"fields": ["source_language", "kind", "order", "slug", "staff_note"]}),
    ]
