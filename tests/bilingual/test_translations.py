import pickle

import pytest
from django.utils import translation

from bilingual.translations import Text, translated
from tests.factories import make_event
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db


def test_a_text_is_shown_in_the_readers_language():
    event = make_event(title_en="Letters", title_mn="Захидал")

    with translation.override("mn"):
        assert translated(event, "title") == Text("Захидал", "mn", is_fallback=False)


@pytest.mark.parametrize(
    ("language", "event", "text"),
    [
        ("mn", {"title_en": "Letters", "title_mn": ""}, Text("Letters", "en", is_fallback=True)),
        ("mn", {"title_en": "Letters", "title_mn": None}, Text("Letters", "en", is_fallback=True)),
        ("en", {"title_en": "", "title_mn": "Захидал"}, Text("Захидал", "mn", is_fallback=True)),
    ],
)
def test_a_missing_translation_shows_the_other_language_and_says_so(language, event, text):
    with translation.override(language):
        assert translated(TimelineEvent(**event), "title") == text


def test_a_text_in_no_language_is_false():
    assert not translated(TimelineEvent(), "title")


def test_lacking_finds_what_is_missing_in_a_language():
    make_event()
    english = make_event(title_mn="")
    mongolian = make_event(body_en=None)
    make_event(title_en="", title_mn="")

    assert list(TimelineEvent.objects.lacking("mn")) == [english]
    assert list(TimelineEvent.objects.lacking("en")) == [mongolian]


def test_an_entry_knows_the_languages_it_lacks():
    assert make_event().missing_languages() == []
    assert make_event(title_mn="").missing_languages() == ["mn"]
    assert make_event(title_mn="", body_en="").missing_languages() == ["en", "mn"]


def test_querysets_of_a_model_are_of_one_class_and_can_be_pickled():
    queryset = TimelineEvent.objects.all()

    assert type(queryset) is type(TimelineEvent.objects.filter(year=1961))
    make_event(title_en="Letters")
    assert [e.title_en for e in pickle.loads(pickle.dumps(queryset))] == ["Letters"]
