"""What counts as something new to read, and for readers of which language."""

import pytest
from django.utils import timezone

from editorial import drafts
from editorial.changes import Change
from tests.factories import make_event, make_theme

pytestmark = pytest.mark.django_db


def changed(event):
    """The languages in which an event has become another since it was written."""
    return sorted(Change.objects.of(event).values_list("language", flat=True))


@pytest.fixture
def event():
    return make_event(title_en="The first candle", title_mn="Анхны лаа")


def test_a_new_entry_has_not_changed(event):
    event.themes.add(make_theme())

    assert changed(event) == []


@pytest.mark.parametrize(
    ("change", "languages"),
    [
        ({"title_en": "The first candle of all"}, ["en"]),
        ({"title_mn": "Хамгийн анхны лаа"}, ["mn"]),
        ({"title_en": "A candle", "body_mn": "<p>Лаа асав.</p>"}, ["en", "mn"]),
        ({"title_mn": ""}, ["mn"]),
        ({"body_en": '<p><a href="/en/about/">What</a> happened.</p>'}, ["en"]),
        ({"title_en": "The first candle, "}, []),
        ({"title_en": "The First “Candle”"}, []),
        ({"year": 1962, "staff_note": "Ask the archive", "featured": True}, []),
    ],
)
def test_other_words_are_a_change_and_a_comma_is_none(event, change, languages):
    for name, value in change.items():
        setattr(event, name, value)
    event.save()

    assert changed(event) == languages


def test_what_staff_call_a_small_correction_is_none_and_a_new_text_always_is_one(event):
    event.is_minor = True
    event.title_en, event.date_text_mn = "The first kandle", "хавар"
    event.save()

    assert changed(event) == ["mn"]


def test_a_draft_changes_nothing_until_it_is_published(event):
    drafts.keep(event, {"title_en": "What waits"})
    before = changed(event)
    drafts.keep(event, {}, public=["en"])

    assert (before, changed(event)) == ([], ["en"])


def test_the_last_change_counts(event, time_machine):
    for day in (1, 2):
        time_machine.move_to(f"2026-03-0{day}T00:00Z", tick=False)
        event.title_en = f"The candle of day {day}"
        event.save()

    assert Change.objects.of(event).get().changed_at == timezone.now()


def test_a_change_costs_one_query_more_and_a_correction_none(event, django_assert_num_queries):
    Change.objects.follow(event, {"title_en": "a"}, {"title_en": "b", "title_mn": ""})

    for says, queries in (("c", 1), ("b,", 0)):
        with django_assert_num_queries(queries):
            Change.objects.follow(event, {"title_en": "b"}, {"title_en": says})


def test_nothing_is_left_of_an_entry_that_is_deleted(event):
    event.title_en = "Another"
    event.save()
    event.delete()

    assert not Change.objects.exists()
