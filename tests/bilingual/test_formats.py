import datetime

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format

from bilingual.dates import day_and_month

DAY = datetime.date(2015, 12, 3)


@pytest.mark.parametrize(
    ("language", "name", "written"),
    [
        ("en", "DATE_FORMAT", "3 December 2015"),
        ("en", "YEAR_MONTH_FORMAT", "December 2015"),
        ("mn", "DATE_FORMAT", "2015 оны 12-р сарын 3"),
        ("mn", "YEAR_MONTH_FORMAT", "2015 оны 12-р сар"),
        ("mn", "SHORT_DATE_FORMAT", "2015.12.03"),
    ],
)
def test_dates_are_written_as_each_language_writes_them(language, name, written):
    with translation.override(language):
        assert date_format(DAY, name) == written


@pytest.mark.parametrize(
    ("language", "month", "day", "written"),
    [
        ("en", 12, 10, "10 December"),
        ("en", 2, 29, "29 February"),
        ("en", 1, None, "January"),
        ("en", None, None, ""),
        ("mn", 12, 10, "12-р сарын 10"),
        ("mn", 1, None, "1-р сар"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(language, month, day, written):
    with translation.override(language):
        assert day_and_month(month, day) == written


@pytest.mark.parametrize("language", ["en", "mn"])
def test_numbers_are_grouped_and_years_are_not(language):
    template = Template("{% load bilingual %}{{ n|number }} {{ year }}")
    with translation.override(language):
        assert template.render(Context({"n": 887766, "year": 1961})) == "887,766 1961"
