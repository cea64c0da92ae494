"""What staff work with that belongs to all subjects: themes, standing pages, translations."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from editorial.desk import accounts, log, pictures, translating  # noqa: F401  registers them
from editorial.desk.entry_admin import BilingualAdmin, EntryAdmin
from editorial.models import Page, Theme


@admin.register(Theme)
class ThemeAdmin(BilingualAdmin):
    list_display = ["by_name", "slug", "order", "status", "translations"]
    list_editable = ["order"]
    fieldsets = [
        (None, {"fields": [("name_en", "name_mn"), "slug", "order", "source_language"]}),
    ]


@admin.register(Page)
class PageAdmin(EntryAdmin):
    list_display = ["by_name", "slug", "order", "status", "translations"]
    list_editable = ["order"]
    fieldsets = [
        (
            None,
            {"fields": [("title_en", "title_mn"), ("line_en", "line_mn"), ("body_en", "body_mn")]},
        ),
        (_("More"), {"fields": ["slug", "order", "source_language", "staff_note"]}),
    ]
