"""Every public entry as JSON, and a page that tells people of it."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from editorial import drafts
from sections.models import Achievement
from tests.factories import (
    make_campaign,
    make_decade,
    make_event,
    make_one_of_each,
    make_picture,
    make_section,
)
from timeline.models import Figure, TimelineEvent

pytestmark = pytest.mark.django_db


def entries(reader, language="en"):
    """The entries by subject, of which each has a page at its address."""
    content = json.loads(reader.get(f"/{language}/data/entries.json").text)
    assert set(content) == {"language", "rights", "entries"}
    assert content["language"] == language
    found = {}
    for entry in content["entries"]:
        found.setdefault(entry.pop("subject"), []).append(entry)
        path = entry["address"].removeprefix("http://testserver").partition("#")[0]
        assert reader.get(path).status == 200
    return found


@pytest.fixture
def event(time_machine):
    time_machine.move_to("2026-03-01T08:00Z", tick=False)
    make_one_of_each()
    event = TimelineEvent.objects.get()
    event.title_mn, event.month, event.year_confirmed = "Лаа", 12, False
    event.slug, event.body_mn, event.staff_note = "candle", "", "Ask Bat"
    event.picture = make_picture(credit_en="A. Photographer")
    event.save()
    Figure.objects.create(event=event, kind="groups", value=70, at_least=True)
    return event


def test_an_event_is_told_with_all_that_belongs_to_it(reader, event):
    told = entries(reader, "mn")["event"][0]

    assert told["picture"].pop("url").startswith("http://testserver/media/pictures/")
    assert told == {
        "id": event.pk,
        "address": "http://testserver/mn/history/1961/#1961-candle",
        "year": 1961,
        "month": 12,
        "title": "Лаа",
        "body": event.body_en,
        "date_text": "",
        "fallback": {"body": "en"},
        "precision": "month",
        "provenance": {"source": "editors", "year_confirmed": False},
        "figures": [{"kind": "groups", "value": 70, "at_least": True, "period": ""}],
        "themes": ["arms"],
        "picture": {"caption": "", "credit": "Зураг", "alt": "Юу харагдаж байна"},
        "published": "2026-03-01T08:00:00Z",
        "changed": "2026-03-01T08:00:00Z",
    }


def test_every_subject_is_told_of(reader, event):
    found = entries(reader)

    keys = {subject: set(told[0]) for subject, told in found.items()}
    common = {"id", "address", "fallback"}
    dated = common | {"published", "changed"}
    shown = {"themes", "picture"}
    facts = {"year", "month", "title", "body", "date_text", "precision", "provenance", "figures"}
    texts = {"title", "strapline", "body", "asks"}
    assert keys == {
        "event": dated | shown | facts,
        "campaign": dated | shown | texts | {"slug", "kind", "retired", "checked_on"},
        "achievement": dated
        | shown
        | {"year", "year_confirmed", "kind", "figure", "text", "figure_label", "unit"},
        "section": dated | {"slug", "founded_in", "name", "country", "introduction"},
        "page": dated | {"slug", "title", "line", "body"},
        "decade": common | {"first_year", "label", "line", "introduction"},
        "theme": common | {"slug", "name"},
    }
    assert {subject: len(told) for subject, told in found.items()} == dict.fromkeys(keys, 1)


def test_a_decade_that_nobody_described_is_no_entry(reader, event):
    make_event(year=1955)

    assert [decade["first_year"] for decade in entries(reader)["decade"]] == [1960]


def test_a_change_is_told_in_its_language_and_a_comma_is_not(process, reader, event, time_machine):
    for day, title in ((2, "Another"), (3, "Another, ")):
        time_machine.move_to(f"2026-03-0{day}T08:00Z", tick=False)
        event.title_en = title
        event.save()
    process.notices()

    told = [entries(reader, code)["event"][0]["changed"] for code in ("en", "mn")]

    assert told == ["2026-03-02T08:00:00Z", "2026-03-01T08:00:00Z"]


def test_what_nobody_may_read_is_not_told(process, reader, event):
    before = entries(reader)
    make_event(published_at=None)
    make_campaign(published_at=timezone.now() + timedelta(days=1))
    hidden = make_section(slug="hidden", published_at=None)
    Achievement.objects.create(
        section=hidden, year=2014, text_en="Hidden", published_at=timezone.now()
    )
    make_decade(1990, line_en="Not begun")
    drafts.keep(event, {"title_en": "What waits"}, hand_in=True)
    process.notices()

    assert entries(reader) == before
    assert not re.search("Bat|waits|Hidden|begun", reader.get("/en/data/entries.json").text)


@pytest.mark.parametrize("language", ["en", "mn"])
def test_a_page_tells_people_where_everything_is(reader, language):
    page = reader.get(f"/{language}/data/").text

    found = re.findall(r'<p><a href="([^"]+)">([^<]+)</a></p>', page)
    assert found == [
        (path, f"http://testserver{path}")
        for path in (
            f"/{language}/history.json",
            "/history.csv",
            f"/{language}/data/entries.json",
            f"/{language}/feed.xml",
        )
    ]
    assert [reader.get(path).status for path, _whole in found] == [200] * 4
    front = reader.get(f"/{language}/").text
    assert f'<a href="/{language}/data/">' in front
