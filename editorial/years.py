"""Entries that belong to a year."""

from itertools import groupby
from operator import attrgetter

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editorial import prepared
from editorial.publishing import PublishableQuerySet

FIRST_YEAR, LAST_YEAR = 1900, 2099


class DatedQuerySet(PublishableQuerySet):
    def in_year(self, year):
        return self.filter(year=year)

    def years(self):
        """The years that have entries, in order, as a list. One query."""
        return [year for (year,) in prepared.rows(self, distinct_years)]


def distinct_years(entries):
    return prepared.columns(entries.order_by("year"), "year").distinct()


class Dated(models.Model):
    """An entry of one year; staff see whether somebody has checked which, and so do those who
    take the history as data."""

    year = models.PositiveSmallIntegerField(
        _("year"),
        db_index=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    year_confirmed = models.BooleanField(
        _("year confirmed"),
        default=True,
        help_text=_(
            "Not ticked: someone still has to check the year. Pages do not show this mark; the "
            "open data tells it."
        ),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="%(app_label)s_%(class)s_year_in_range",
                violation_error_message=_("The year must lie between 1900 and 2099."),
            ),
        ]


class YearConverter:
    """A year in an address, `<year:year>`: four digits, so that each year has one address."""

    regex = "[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:04d}"


def by_year(entries):
    """Pairs of a year and a list of its entries, of entries in the order of their years."""
    return [(year, list(group)) for year, group in groupby(entries, attrgetter("year"))]


def neighbours(years, year):
    """The years before and after `year` in an ordered list that has it, or None."""
    place = years.index(year)
    return (years[place - 1] if place else None, (years[place + 1 :] or [None])[0])
