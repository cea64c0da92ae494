from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from editorial.admin import EntryAdmin
from editorial.desk.sheets import SheetMixin
from editorial.desk.years import DatedAdmin
from editorial.richtext import excerpt
from sections.models import Achievement, Section


@admin.register(Section)
class SectionAdmin(EntryAdmin):
    list_display = ["by_name", "founded_in", "status", "translations"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name_en", "name_mn"),
                    ("country_en", "country_mn"),
                    "founded_in",
                    ("introduction_en", "introduction_mn"),
                ]
            },
        ),
        (_("More"), {"fields": ["source_language", "slug", "staff_note"]}),
    ]


@admin.register(Achievement)
class AchievementAdmin(SheetMixin, DatedAdmin):
    list_display = ["summary", "section", "year", "kind", "figure", "status", "translations"]
    list_filter = [
        *DatedAdmin.list_filter,
        "year",
        "year_confirmed",
        "kind",
        "themes",
        "section",
    ]
    list_select_related = ["section"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("text_en", "text_mn"),
                    "section",
                    "year",
                    "year_confirmed",
                    "kind",
                    "themes",
                    "picture",
                ]
            },
        ),
        (
            _("Figure"),
            {
                "fields": [
                    "figure",
                    ("unit_en", "unit_mn"),
                    ("figure_label_en", "figure_label_mn"),
                    "highlight",
                ]
            },
        ),
        (_("More"), {"fields": ["source_language", "order", "slug", "staff_note"]}),
    ]

    @admin.display(description=_("achievement"), ordering="sort_key")
    def summary(self, achievement):
        return excerpt(achievement.heading.value)
