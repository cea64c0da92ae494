"""Importing a document, and the organisation's own where it is at hand."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.html import strip_tags

from campaigns.models import Campaign
from editorial.models import Page, Theme
from sections.models import Achievement, Section
from tests.amnesty_site.test_documents import document
from tests.factories import make_event
from timeline.models import Decade, TimelineEvent

pytestmark = pytest.mark.django_db

REAL = settings.BASE_DIR.parent / "shared" / "source" / "site-text.txt"
needs_real = pytest.mark.skipif(
    not REAL.exists(), reason="the organisation's document is not here; it is not ours to publish"
)
MAP = """
first_year = 1961
last_year = 1972
year_gap = 3
achievement_years = [2014, 2015]
notices = ["Open door"]
[year_gaps]
1971 = 2
1972 = 1
[section]
slug = "mongolia"
name_en = "Mongolia"
[[slips]]
pattern = 'harbour'
say = "it was a port."
"""


@pytest.fixture
def load(tmp_path, capsys):
    (tmp_path / "map.toml").write_text(MAP)

    def load(*options, data=None):
        file = tmp_path / "document.txt"
        file.write_bytes(document() if data is None else data)
        call_command("import_document", str(file), map=tmp_path / "map.toml", **dict(options))
        return capsys.readouterr().out

    return load


def counts():
    models = (Decade, TimelineEvent, Section, Achievement, Campaign)
    return [model.objects.count() for model in models]


def test_a_document_becomes_entries_whose_years_are_to_be_confirmed(load):
    load()

    assert counts() == [2, 14, 1, 3, 2]
    assert not TimelineEvent.objects.filter(year_confirmed=True).exists()
    assert not Achievement.objects.filter(year_confirmed=True).exists()
    assert TimelineEvent.objects.published().count() == 14


def test_texts_stand_in_the_columns_of_their_language(load):
    load()

    notice, campaign = Campaign.objects.order_by("order")
    assert (notice.kind, notice.title_en, notice.title_mn) == ("notice", "Open door", None)
    assert (notice.body_en, notice.body_mn) == (None, "<p>Манай хаалга нээлттэй.</p>")
    assert (campaign.kind, campaign.strapline_en) == ("campaign", "Rivers belong to everybody.")


def test_what_is_known_to_be_wrong_is_told_to_staff(load):
    assert "Line 4, “harbour”: it was a port." in load()

    note = TimelineEvent.objects.get(year=1961, order=1).staff_note
    assert note == "Line 4 of the organisation's document.\n“harbour”: it was a port."


def test_a_second_run_changes_nothing(load):
    load()
    TimelineEvent.objects.filter(year=1962).update(year=1963, body_en="<p>Edited.</p>")
    before = list(TimelineEvent.objects.values())

    assert "0 new entries, 19 already there." in load()
    assert list(TimelineEvent.objects.values()) == before


def test_a_dry_run_tells_the_plan_and_changes_nothing(load):
    told = load(("dry_run", True))

    assert "12 years (1961-1972) in 2 decades, 14 events, 3 achievements in 2 years" in told
    assert "19 new entries, 0 already there." in told
    assert "Nothing was changed" in told
    assert counts() == [0, 0, 0, 0, 0]


def test_beside_other_entries_the_document_comes_in_as_drafts(load):
    make_event()

    assert "The new ones are drafts" in load()
    assert TimelineEvent.objects.drafts().count() == 14


def test_the_first_content_gives_a_document_its_frame_and_no_second_history(load, capsys):
    load()

    call_command("load_content")

    assert "Only themes and pages were loaded" in capsys.readouterr().out
    assert counts() == [2, 14, 1, 3, 2]
    assert (Theme.objects.count(), Page.objects.count()) == (11, 5)


def test_the_first_content_is_loaded_whole_beside_a_document_of_drafts(load):
    make_event()
    load()

    call_command("load_content", verbosity=0)

    assert TimelineEvent.objects.published().filter(origin="").count() == 125


def test_a_section_whose_address_staff_changed_is_found_again(load):
    load()
    Section.objects.update(slug="mongol")

    assert "0 new entries, 19 already there." in load()
    assert Section.objects.count() == 1


def test_a_broken_document_leaves_the_database_as_it_was(load):
    with pytest.raises(CommandError, match=r"was not loaded. Line 1: "):
        load(data=b"Recipes\n")

    assert counts() == [0, 0, 0, 0, 0]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.txt cannot be read: No such file"):
        call_command("import_document", str(tmp_path / "nothing.txt"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not = [toml", "is no map file: "),
        ("first_year = 1961", "is no map file: last_year, year_gap, year_gaps"),
        (MAP.replace("'harbour'", "'(harbour'"), "is no map file: "),
    ],
)
def test_a_broken_map_file_is_named(tmp_path, text, message):
    (tmp_path / "map.toml").write_text(text)
    (tmp_path / "document.txt").write_bytes(document())

    with pytest.raises(CommandError, match=message):
        call_command("import_document", str(tmp_path / "document.txt"), map=tmp_path / "map.toml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Clean rivers", "Clean rivers " * 10, r"Line \d+: Ensure this value has at most 80"),
        ("Rivers belong", "Rivers belong " * 40, r"Line \d+: Ensure this value has at most 200"),
        ("• We planted a tree.", "•", r"Line \d+: nothing follows this bullet"),
        ("You are 1234th", "You are ,th", r"Line \d+: the visitor line"),
    ],
)
def test_what_no_entry_can_hold_is_told_with_its_line(load, old, new, message):
    with pytest.raises(CommandError, match=message):
        load(data=document(old, new))

    assert counts() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("day", ["31 February", "0 March", "31 June"])
def test_a_day_that_does_not_exist_is_left_to_the_text(load, day):
    load(data=document("On 9 March", f"On {day}"))

    event = TimelineEvent.objects.get(year=1962)
    assert (event.month, event.day) == (None, None)
    assert event.body_en == f"<p>On {day} the second year began.</p>"


def words(text):
    return re.sub(r"\s+", " ", text).strip()


@needs_real
def test_the_organisations_document_loads_whole(capsys):
    call_command("import_document", str(REAL))
    call_command("import_document", str(REAL))

    assert "0 new entries, 161 already there." in capsys.readouterr().out
    assert TimelineEvent.objects.years() == list(range(1961, 2014))
    assert counts() == [5, 124, 1, 31, 6]
    assert Counter(Achievement.objects.values_list("year", flat=True)) == {2014: 14, 2015: 17}
    assert Counter(Campaign.objects.values_list("kind", flat=True)) == {"campaign": 4, "notice": 2}
    assert TimelineEvent.objects.filter(year_confirmed=True).count() == 0


@needs_real
def test_the_organisations_document_loads_word_for_word():
    call_command("import_document", str(REAL), verbosity=0)
    lines = {words(line.lstrip("• ")) for line in Path(REAL).read_text().splitlines()}
    cards = Campaign.objects.all()
    loaded = [
        *(html.unescape(strip_tags(event.body_en)) for event in TimelineEvent.objects.all()),
        *(achievement.text_en for achievement in Achievement.objects.all()),
        *(card.strapline_en or html.unescape(strip_tags(card.body_mn)) for card in cards),
        *(card.title_en for card in cards),
    ]

    headings = {"The 1960s", "The 1970s", "The 1980s", "The 1990s", "2000-present day"}
    assert {words(text) for text in loaded} == lines - headings - {"", "You are 887766th visitor."}


@needs_real
def test_the_organisations_document_is_read_on_the_pages(client):
    call_command("import_document", str(REAL), verbosity=0)

    page = client.get("/en/history/all/").content.decode()

    assert page.count('<li class="event') == 124
    assert client.get("/mn/campaigns/panic-button/").status_code == 200
