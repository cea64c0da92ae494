"""What can be found follows what is published, on every database and search server alike."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from bilingual.searching import sought_words
from editorial.search_server import grades, send_all
from editorial.searching import Searched, SearchWord, index_missing
from tests.factories import make_achievement, make_campaign, make_event, make_page, make_section
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["database", "search server"], autouse=True)
def where(request):
    """Each of these is true wherever words are sought."""
    if request.param == "search server":
        request.getfixturevalue("search_server")


def find(query, language="en"):
    """The entries that have the words of a query, the best first."""
    if settings.SEARCH_SERVER:
        list(send_all())  # what is done when a transaction ends, as that of a test never does
    texts = Searched.objects.published().filter(language=language)
    found, _have_all = texts.find(grades(sought_words(query), language))
    return [
        Searched.objects.filter(content_type=subject, object_id=pk).first().entry
        for subject, pk in found
    ]


def test_entries_of_every_subject_are_found_by_any_of_their_texts():
    section = make_section(introduction_en="<p>Whales one</p>")
    entries = [
        make_event(title_en="Whales two", year=1961),
        make_campaign(asks_en="Free the whales"),
        make_achievement(text_en="We saw whales", section=section, year=2015),
        make_page(body_en="<p>About <strong>whales</strong></p>"),
        section,
    ]
    make_event(title_en="Something else")

    assert {*find("whale")} == {*entries}


def test_a_draft_is_not_found_and_a_scheduled_entry_is_when_its_time_has_come():
    make_event(title_en="Whales", published_at=None)
    later = make_event(title_en="Whales", published_at=timezone.now() + timedelta(hours=1))

    assert find("whales") == []
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert find("whales") == [later]


def test_what_a_section_that_is_a_draft_achieved_is_not_found():
    make_achievement(text_en="Whales", section=make_section(published_at=None))

    assert find("whales") == []


def test_what_is_found_follows_each_save_and_each_deletion():
    event = make_event(title_en="Whales")
    event.title_en = "Dolphins"
    event.save()

    assert (find("whales"), find("dolphins")) == ([], [event])
    event.delete()
    assert find("dolphins") == []
    assert not Searched.objects.of_subject(TimelineEvent).exists()


def test_the_same_word_comes_before_its_other_forms_and_a_title_before_a_text():
    beginning = make_event(title_en="Other", body_en="<p>Prisonership</p>")
    form = make_event(title_en="Other", body_en="<p>Prisoners</p>")
    word = make_event(title_en="Other", body_en="<p>A prisoner</p>")
    title = make_event(title_en="One prisoner")

    assert find("prisoner") == [title, word, form, beginning]


def test_all_words_are_sought_and_any_only_where_nothing_has_all():
    both = make_event(title_en="Red whales")
    whales = make_event(title_en="Whales", year=1990)
    red = make_event(title_en="Red", year=1991)

    assert find("red whales") == [both]
    both.delete()
    assert find("red whales") == [whales, red]


def test_a_language_finds_what_its_pages_show_of_the_other():
    event = make_event(title_en="Whales", title_mn="", body_en="", body_mn="")

    assert (find("whales", "en"), find("whales", "mn")) == ([event], [event])
    event.title_mn = "Халим"
    event.save()
    assert (find("whales", "mn"), find("халимын", "mn"), find("халим", "en")) == ([], [event], [])


def test_an_event_is_found_by_its_year():
    event = make_event(title_en="Whales", year=1964)

    assert find("1964 whales") == [event]


def test_saving_notes_the_words_in_few_statements(django_assert_max_num_queries):
    event = make_event(title_en="Whales")
    with django_assert_max_num_queries(9):
        Searched.objects.follow([event])


def test_what_came_past_the_models_is_noted_after_the_next_migration():
    TimelineEvent.objects.bulk_create(
        [TimelineEvent(title_en="Whales", year=1961, slug="w", published_at=timezone.now())]
    )

    assert find("whales") == []
    index_missing("default")
    assert find("whales") == [TimelineEvent.objects.get()]


def test_a_word_is_noted_once_however_many_entries_have_it():
    for _ in range(3):
        make_event(title_en="Whales")

    assert SearchWord.objects.filter(word="whales").count() == 1
