"""Dates of which the year is known, and the month or the day perhaps not."""

import datetime
from functools import cache

from django.utils.formats import date_format
from django.utils.translation import get_language

from bilingual import mongolian

LEAP_YEAR = 2000  # so that 29 February can be written without its year


def day_and_month(month, day=None):
    """The date in the active language, without its year: "10 December", "12-р сарын 10".

    Only the month when there is no day: "December", "12-р сар". Empty without a month.
    """
    return written(get_language(), month, day) if month else ""


@cache  # formatting costs more than all else of an event, and there are few dates in a year
def written(language, month, day):
    if day:
        return date_format(datetime.date(LEAP_YEAR, month, day), "MONTH_DAY_FORMAT")
    if language == "mn":
        return mongolian.month(month)
    return date_format(datetime.date(LEAP_YEAR, month, 1), "F")


def in_year(year, when=""):
    """`when`, a date of that year in the active language, with it: "10 December 1961", "1961 оны
    12-р сарын 10"; the year alone without one."""
    if get_language() == "mn":
        return f"{mongolian.year(year, 'genitive')} {when}" if when else mongolian.year(year)
    return f"{when} {year}".strip()
