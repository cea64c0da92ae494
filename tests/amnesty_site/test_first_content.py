"""The content a new site begins with: whole in both languages, and written as the design asks."""

import re

import pytest
from django.core.management import call_command
from django.db import transaction

from bilingual.mongolian import mended_words
from bilingual.translations import in_language, lacks_translation, translated_fields
from campaigns.models import Campaign
from editorial.models import Page, Theme
from editorial.richtext import to_plain
from sections.models import Achievement, Section
from timeline.models import Decade, TimelineEvent

pytestmark = pytest.mark.django_db

MODELS = [Decade, TimelineEvent, Campaign, Section, Achievement, Theme, Page]
# How long a text may be in each language, by the design
LIMITS = [
    (TimelineEvent, "title", 60, 70),
    (Campaign, "title", 30, 36),
    (Campaign, "strapline", 110, 130),
    (Decade, "line", 60, 70),
]
EVENT_WORDS = 90


@pytest.fixture(scope="module", autouse=True)
def content(django_db_setup, django_db_blocker):
    """The content, loaded once for all tests here, and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_content", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def texts():
    """Every text of the content as (where it stands, language, plain text)."""
    return [
        (
            f"{model.__name__} {row}",
            language,
            to_plain(in_language(row, field, language)),
        )
        for model in MODELS
        for row in model.objects.all()
        for field in translated_fields(model)
        for language in ("en", "mn")
    ]


def test_it_fills_every_page(client):
    for language in ("en", "mn"):
        for year in range(1961, 2014):
            assert client.get(f"/{language}/history/{year}/").status_code == 200
        for decade in ("1960s", "1970s", "1980s", "1990s", "2000s"):
            assert client.get(f"/{language}/history/{decade}/").status_code == 200
        for year in (2014, 2015):
            assert client.get(f"/{language}/sections/mongolia/{year}/").status_code == 200


def test_it_has_every_text_in_both_languages():
    for model in MODELS:
        for language in ("en", "mn"):
            lacking = model.objects.filter(lacks_translation(model, language))
            assert [str(row) for row in lacking] == []


def test_loading_it_again_changes_nothing(capsys):
    call_command("load_content")

    assert "changed:" not in capsys.readouterr().out


def test_no_text_is_longer_than_the_design_has_room_for():
    too_long = [
        (language, text)
        for model, field, *limits in LIMITS
        for language, limit in zip(("en", "mn"), limits, strict=True)
        for row in model.objects.all()
        if len(text := in_language(row, field, language)) > limit
    ]
    assert too_long == []


def test_an_event_takes_no_more_than_a_breath():
    long = [
        (language, str(event))
        for event in TimelineEvent.objects.all()
        for language in ("en", "mn")
        if len(to_plain(in_language(event, "body", language)).split()) > EVENT_WORDS
    ]
    assert long == []


def test_nothing_shouts(texts):
    shouted = [text for _, _, text in texts if len(text) > 9 and text == text.upper()]

    assert [text for text in shouted if re.search(r"[^\W\d_]", text)] == []


def test_numbers_are_written_one_way(texts):
    """Thousands are grouped by commas, and years are not."""
    ungrouped = r"(?<![\d,.])(?!(?:19|20)\d\d(?!\d))\d{4,}"
    by_space_or_point = r"\d[\s.]\d{3}(?!\d)"
    slips = [
        (where, language, found.group())
        for where, language, text in texts
        for found in re.finditer(f"{ungrouped}|{by_space_or_point}", text)
    ]
    assert slips == []


def test_no_mongolian_word_has_foreign_letters(texts):
    assert [mended_words(text) for _, language, text in texts if language == "mn"] == [
        {} for _, language, _ in texts if language == "mn"
    ]
