from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from editorial.admin import BilingualAdmin
from editorial.desk.columns import yes_or_no
from editorial.desk.parts import PartInline
from editorial.desk.sheets import SheetMixin
from editorial.desk.years import DatedAdmin
from timeline.models import Decade, Figure, TimelineEvent


class DecadeFilter(admin.SimpleListFilter):
    title = _("decade")
    parameter_name = "decade"

    def lookups(self, request, model_admin):
        return [(decade.slug, str(decade)) for decade in Decade.objects.all()]

    def queryset(self, request, queryset):
        chosen = [decade for decade in Decade.objects.chain() if decade.slug == self.value()]
        return queryset.in_decade(chosen[0]) if chosen else queryset


@admin.register(Decade)
class DecadeAdmin(BilingualAdmin):
    list_display = ["__str__", "first_year", "line", "status", "translations"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "first_year",
                    ("label_en", "label_mn"),
                    ("line_en", "line_mn"),
                    ("introduction_en", "introduction_mn"),
                    "source_language",
                ]
            },
        )
    ]


class FigureInline(PartInline):
    model = Figure


@admin.register(TimelineEvent)
class TimelineEventAdmin(SheetMixin, DatedAdmin):
    list_display = ["heading", "year", "date", "status", "translations", "confirmed"]
    list_display_links = ["heading"]
    confirmed = yes_or_no("year_confirmed", _("year confirmed"))
    inlines = [FigureInline]
    list_filter = [*DatedAdmin.list_filter, DecadeFilter, "year_confirmed", "themes", "year"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_en", "title_mn"),
                    ("body_en", "body_mn"),
                    "themes",
                    "picture",
                ]
            },
        ),
        (
            _("Date"),
            {
                "fields": [
                    "year",
                    "year_confirmed",
                    "month",
                    "day",
                    ("date_text_en", "date_text_mn"),
                    "order",
                ]
            },
        ),
        (_("More"), {"fields": ["source_language", "featured", "slug", "staff_note"]}),
    ]

    @admin.display(description=_("event"), ordering="sort_key")
    def heading(self, event):
        return str(event.heading)

    @admin.display(description=_("date"))
    def date(self, event):
        return str(event.when)
