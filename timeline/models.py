"""The history of the movement: decades, and what happened in each of their years."""

from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bilingual import english, mongolian
from bilingual.dates import day_and_month, in_year
from bilingual.translations import Text, columns, has_text, in_language, languages, translated
from editorial import prepared
from editorial.entries import PERMISSIONS, Entry
from editorial.models import Theme
from editorial.pictures import Pictured
from editorial.publishing import Publishable
from editorial.richtext import RichTextField, excerpt
from editorial.slugs import SlugFromTitle
from editorial.years import FIRST_YEAR, LAST_YEAR, Dated, DatedQuerySet
from timeline.figures import Figure, FigureKind, Period  # noqa: F401  of this app too
from timeline.reading import read

DAY_IN_MONTH = (
    Q(month__in=(1, 3, 5, 7, 8, 10, 12), day__range=(1, 31))
    | Q(month__in=(4, 6, 9, 11), day__range=(1, 30))
    | Q(month=2, day__range=(1, 29))
)


def tens(year):
    """The first year of the decade that `year` lies in where no row says otherwise."""
    return year // 10 * 10


class DecadeQuerySet(models.QuerySet):
    def chain(self, years=None):
        """Decades in order, as a list; each knows its `previous` and its `next`. One query.

        Given `years`, only those that have one of them; a decade that no row describes is made
        up, so that no event is without a place.
        """
        decades = prepared.objects(self.order_by("first_year"))
        if years is not None:
            begun = decades[0].first_year if decades else LAST_YEAR + 1
            early = {tens(year) for year in years if year < begun}
            decades = [*(Decade.undescribed(first) for first in sorted(early)), *decades]
            firsts = [decade.first_year for decade in decades]
            used = {bisect_right(firsts, year) - 1 for year in years}
            decades = [decade for place, decade in enumerate(decades) if place in used]
        for earlier, later in pairwise(decades):
            earlier.next, later.previous = later, earlier
        return decades


class Decade(Entry):
    """A chapter of the history. It lasts until the next one begins, or to the present."""

    first_year = models.PositiveSmallIntegerField(
        _("first year"),
        unique=True,
        help_text=_("The year in its name, such as 1960. The chapter ends where the next begins."),
    )
    label = models.CharField(
        _("label"),
        max_length=40,
        blank=True,
        help_text=_("As it stands on the page. Left empty, it is made from the year."),
    )
    line = models.CharField(
        _("line"), max_length=70, blank=True, help_text=_("One line that sums the decade up.")
    )
    introduction = RichTextField(_("introduction"), blank=True)

    objects = DecadeQuerySet.as_manager()
    previous = next = None  # set by chain()

    class Meta:
        default_permissions = PERMISSIONS
        verbose_name = _("decade")
        verbose_name_plural = _("decades")
        ordering = ["first_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_year__in=range(FIRST_YEAR, LAST_YEAR, 10)),
                name="timeline_decade_begins_with_a_ten",
                violation_error_message=_("A decade begins with a year such as 1960 or 1970."),
            ),
        ]

    def __str__(self):
        return str(translated(self, "label")) or self.slug

    def get_absolute_url(self):
        return reverse("timeline:decade", args=[self.first_year])

    @property
    def slug(self):
        return f"{self.first_year}s"

    @classmethod
    def undescribed(cls, first_year):
        """A decade that has no row: only its name is known."""
        decade = cls(first_year=first_year)
        decade.fill_labels()
        return decade

    def save(self, *args, **kwargs):
        self.fill_labels()
        super().save(*args, **kwargs)

    def fill_labels(self):
        self.label_en = self.label_en or english.decade(self.first_year)
        self.label_mn = self.label_mn or mongolian.decade(self.first_year)

    def covers(self, year):
        """Whether `year` belongs to this decade of a `chain()`."""
        return self.first_year <= year and (self.next is None or year < self.next.first_year)


# A day somebody has put into words, such as "early June", is not exact
IN_WORDS = has_text("date_text")


class TimelineEventQuerySet(DatedQuerySet):
    def in_decade(self, decade):
        """Events of a decade of a `Decade.objects.chain()`."""
        events = self.filter(year__gte=decade.first_year)
        return events.filter(year__lt=decade.next.first_year) if decade.next else events

    def on_day(self, month, day):
        """Events of exactly this day, of any year."""
        return self.filter(~IN_WORDS, month=month, day=day)

    def days(self):
        """The days of the year that have events, in order, as a list of pairs of a month and a
        day. One query."""
        days = self.filter(~IN_WORDS, day__isnull=False).order_by("month", "day")
        rows = days.raw_values("month", "day").distinct()
        return [(row["month"], row["day"]) for row in rows]

    def for_lists(self):
        """The events with what names and dates them in a list and no more."""
        return self.only("year", "month", "day", "slug", *columns("title", "body", "date_text"))

    def for_reading(self):
        """A list of the events with their `theme_list`, `figure_list` and pictures, and nothing
        else that the queryset asks for. Three queries, and one where any has a picture."""
        return read(self)


class TimelineEvent(Dated, SlugFromTitle, Pictured, Publishable):
    """One moment on the public timeline, dated as exactly as is known."""

    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    date_text = models.CharField(
        _("date in words"),
        max_length=60,
        blank=True,
        help_text=_(
            "For a date that is not exact, such as “early June”. Shown instead of month and day."
        ),
    )
    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text=_("Short and plain: up to 60 letters.")
    )
    body = RichTextField(_("text"), blank=True, help_text=_("Up to 90 words; more is two events."))
    themes = models.ManyToManyField(
        Theme,
        blank=True,
        related_name="events",
        verbose_name=_("themes"),
        help_text=_("One to three."),
    )
    order = models.PositiveSmallIntegerField(
        _("order"),
        default=0,
        help_text=_("Place within the year. The first event is set larger than the others."),
    )
    featured = models.BooleanField(
        _("on the home page"),
        default=False,
        help_text=_("The home page shows one event; of several ticked ones, the latest year’s."),
    )

    objects = TimelineEventQuerySet.as_manager()
    slug_scope = ["year"]
    parts = {"figures": ["kind", "value", "at_least", "period"]}
    at_once = Publishable.at_once | {"year_confirmed"}
    comes_back = True

    class Meta(Publishable.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["year", "order", "pk"]
        indexes = [models.Index(fields=["month", "day"], name="timeline_event_day")]
        constraints = [
            *Publishable.Meta.constraints,
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["year", "slug"],
                name="timeline_event_unique_slug_in_year",
                violation_error_message=_("Another event of this year has this address."),
            ),
            models.CheckConstraint(
                condition=has_text("title", "body"),
                name="timeline_event_says_something",
                violation_error_message=_("Write a title or a text, in one language at least."),
            ),
            models.CheckConstraint(
                condition=Q(month=None) | Q(month__range=(1, 12)),
                name="timeline_event_month_in_range",
                violation_error_message=_("The month is a number from 1 to 12."),
            ),
            models.CheckConstraint(
                condition=Q(day=None) | Q(month__isnull=False) & DAY_IN_MONTH,
                name="timeline_event_day_in_month",
                violation_error_message=_("A day needs its month, and must exist in it."),
            ),
        ]

    def __str__(self):
        return f"{self.year}: {self.heading}"

    def sort_name(self):
        return str(self.heading)

    def get_absolute_url(self):
        return reverse("timeline:year", args=[self.year]) + f"#{self.anchor}"

    def slug_texts(self):
        bodies = [in_language(self, "body", code) for code in languages()]
        return [*super().slug_texts(), *(excerpt(body, words=6) for body in bodies)]

    @property
    def anchor(self):
        """The id of the event on every page that shows it."""
        return f"{self.year}-{self.slug}"

    @property
    def heading(self):
        """The title, or the first words of the text where an event has no title, as a `Text`."""
        if title := translated(self, "title"):
            return title
        body = translated(self, "body")
        return replace(body, value=excerpt(body.value))

    @property
    def when(self):
        """The date within its year as a `Text`: "10 December", "early June", or empty."""
        in_words = translated(self, "date_text")
        if in_words and not in_words.is_fallback:
            return in_words
        return Text.in_active_language(day_and_month(self.month, self.day)) or in_words

    @property
    def day_of_year(self):
        """Its month and day where the day is exact, or None: what `on_day()` finds it by."""
        in_words = any(in_language(self, "date_text", code) for code in languages())
        return (self.month, self.day) if self.day and not in_words else None

    @property
    def date(self):
        """The whole date in the active language, as exactly as is known: "10 December 1961"."""
        when = self.when
        return in_year(self.year, "" if when.is_fallback else when.value)
