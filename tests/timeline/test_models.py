import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import translation

from tests.factories import make_decade, make_event
from timeline.models import Decade, TimelineEvent

pytestmark = pytest.mark.django_db


def test_a_decade_lasts_until_the_next_begins():
    for first_year in (2000, 1960, 1970):
        make_decade(first_year)

    sixties, seventies, present = Decade.objects.chain()

    assert [sixties.covers(year) for year in (1959, 1960, 1969, 1970)] == [False, True, True, False]
    assert seventies.covers(1999)
    assert present.covers(2013)
    assert (sixties.previous, sixties.next, present.next) == (None, seventies, None)


@pytest.mark.parametrize("first_year", [1965, 1899, 2100])
def test_a_decade_begins_with_a_ten(first_year):
    with pytest.raises(ValidationError, match="begins with a year such as 1960"):
        make_decade(first_year)


def test_events_of_a_decade():
    make_decade(1960)
    make_decade(1970)
    first, last = make_event(year=1961), make_event(year=1969)
    later = make_event(year=1970)

    sixties, seventies = Decade.objects.chain()

    assert list(TimelineEvent.objects.in_decade(sixties)) == [first, last]
    assert list(TimelineEvent.objects.in_decade(seventies)) == [later]


def test_events_stand_in_the_order_staff_gave_them():
    second, first = make_event(order=2), make_event(order=1)

    assert list(TimelineEvent.objects.in_year(1961)) == [first, second]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"year": 1899}, "1900"),
        ({"month": 13}, "from 1 to 12"),
        ({"month": 2, "day": 30}, "must exist in it"),
        ({"month": 4, "day": 31}, "must exist in it"),
        ({"day": 1}, "must exist in it"),
        ({"title_en": "", "title_mn": "", "body_en": "", "body_mn": ""}, "Write a title or a text"),
    ],
)
def test_a_rule_of_the_database_is_said_in_words(wrong, sentence):
    with pytest.raises(ValidationError, match=sentence):
        make_event(**wrong)


def test_the_database_itself_holds_the_rules():
    with pytest.raises(IntegrityError):
        TimelineEvent.objects.create(year=1961, slug="empty")


def test_the_address_of_an_event_is_unique_in_its_year():
    make_event(slug="candle")
    make_event(slug="candle", year=1962)

    with pytest.raises(ValidationError, match="Another event of this year"):
        make_event(slug="candle")


def test_a_vague_date_is_shown_in_words_where_they_are_translated():
    event = make_event(month=6, date_text_en="early June")

    assert str(event.when) == "early June"
    with translation.override("mn"):
        assert str(event.when) == "6-р сар"


def test_an_event_without_title_is_named_by_its_first_words():
    event = make_event(title_en="", title_mn="", body_en="<p>A candle was lit.</p>", body_mn="")

    assert str(event) == "1961: A candle was lit."
    with translation.override("mn"):
        assert event.heading.is_fallback
