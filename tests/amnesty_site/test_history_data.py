"""The history in the form TimelineJS reads, and as a table that reads back equal."""

import csv
import io
import json

import pytest

from amnesty_site.history_data import HEADER
from editorial.spreadsheets.files import read_csv, unguard
from tests.factories import make_decade, make_event, make_picture, make_theme
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db

ADDRESS = "http://testserver/{}/history/{}/#{}"

# What TimelineJS 3 knows, by the part of the file: its type, and whether it must be there
DATE = {"year": (int, True), "month": (int, False), "day": (int, False)}
TEXT = {"headline": (str, False), "text": (str, False)}
MEDIA = {name: (str, name == "url") for name in ("url", "caption", "credit", "alt")}
SLIDE = {
    "unique_id": (str, True),
    "start_date": (DATE, True),
    "display_date": (str, False),
    "text": (TEXT, True),
    "media": (MEDIA, False),
    "autolink": (bool, False),
    # Ours; it looks at no key it does not know
    "precision": (str, True),
    "provenance": ({"source": (str, True), "year_confirmed": (bool, True)}, True),
}
ERA = {"start_date": (DATE, True), "end_date": (DATE, True), "text": (TEXT, True)}


def check(part, rules):
    """That a part of the file has all it must have, and nothing that is not known."""
    assert set(part) <= set(rules), part
    assert {name for name, (_kind, must) in rules.items() if must} <= set(part), part
    for name, value in part.items():
        kind = rules[name][0]
        if isinstance(kind, dict):
            check(value, kind)
        else:
            assert type(value) is kind, (name, value)


def timeline(reader, language="en"):
    """The file, of which every key has been checked."""
    answer = reader.get(f"/{language}/history.json")
    assert answer.headers["Content-Type"] == "application/json"
    content = json.loads(answer.text)
    assert set(content) == {"title", "scale", "events", "eras"}
    assert content["scale"] == "human"
    check(content["title"], {"text": (TEXT, True)})
    for slide in content["events"]:
        check(slide, SLIDE)
    for era in content["eras"]:
        check(era, ERA)
    ids = [slide["unique_id"] for slide in content["events"]]
    assert len(set(ids)) == len(ids)
    return content


def test_an_event_is_a_slide_in_each_language(reader):
    make_decade(1960)
    event = make_event(
        year=1961,
        month=12,
        day=10,
        slug="candle",
        title_en="The first candle",
        title_mn="Анхны лаа",
        body_en='<p>See <a href="/en/about/">this</a>.</p>',
        body_mn="<p>Лаа асав.</p>",
    )

    english, mongolian = timeline(reader), timeline(reader, "mn")

    assert english["events"] == [
        {
            "unique_id": "1961-candle",
            "start_date": {"year": 1961, "month": 12, "day": 10},
            "display_date": "10 December 1961",
            "precision": "day",
            "provenance": {"source": "editors", "year_confirmed": True},
            "autolink": False,
            "text": {
                "headline": f'<a href="{ADDRESS.format("en", 1961, event.anchor)}">'
                "The first candle</a>",
                "text": '<p>See <a href="http://testserver/en/about/">this</a>.</p>',
            },
        }
    ]
    slide = mongolian["events"][0]
    assert (slide["display_date"], slide["text"]["text"]) == (
        "1961 оны 12-р сарын 10",
        "<p>Лаа асав.</p>",
    )
    assert mongolian["title"]["text"]["headline"] == "Хөдөлгөөний түүх"
    assert mongolian["eras"] == [
        {
            "start_date": {"year": 1960},
            "end_date": {"year": 1961},
            "text": {"headline": "1960-аад он"},
        }
    ]


@pytest.mark.parametrize(
    ("given", "start", "shown", "precision"),
    [
        ({}, {"year": 1961}, "1961", "year"),
        ({"month": 7}, {"year": 1961, "month": 7}, "July 1961", "month"),
        ({"date_text_en": "early June"}, {"year": 1961}, "early June, 1961", "year"),
        (
            {"month": 6, "date_text_en": "early June"},
            {"year": 1961, "month": 6},
            "early June, 1961",
            "month",
        ),
        (
            {"month": 2, "day": 29},
            {"year": 1961, "month": 2, "day": 29},
            "February 1961",
            "day",
        ),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(reader, given, start, shown, precision):
    make_event(year=1961, **given)

    slide = timeline(reader)["events"][0]

    assert slide["start_date"] == start
    assert (slide["display_date"], slide["precision"]) == (shown, precision)


def test_a_date_says_where_it_is_from(reader):
    make_event(year=1961, year_confirmed=False)
    make_event(year=1962)
    TimelineEvent.objects.filter(year=1962).update(origin="document:abc:1")

    assert [slide["provenance"] for slide in timeline(reader)["events"]] == [
        {"source": "editors", "year_confirmed": False},
        {"source": "document", "year_confirmed": True},
    ]


def test_no_text_becomes_markup_on_another_site(reader):
    picture = make_picture(alt_en="a <b>", caption_en="<script>1", credit_en="<i>")
    make_event(title_en="<script>alert(1)</script>", date_text_en="<b>", picture=picture)

    slide = timeline(reader)["events"][0]

    assert slide["text"]["headline"].endswith(
        "&lt;script&gt;alert(1)&lt;/script&gt;</a>",
    )
    assert slide["display_date"] == "&lt;b&gt;, 1961"
    media = slide["media"]
    assert media.pop("url").startswith("http://testserver/media/pictures/")
    # An attribute, which TimelineJS sets as it is
    assert media == {"alt": "a <b>", "caption": "&lt;script&gt;1", "credit": "&lt;i&gt;"}


def test_a_text_that_is_not_translated_says_which_language_it_is_in(reader):
    make_event(title_en="Only here", title_mn="", body_en="<p>Text.</p>", body_mn="", slug="a")

    text = timeline(reader, "mn")["events"][0]["text"]

    assert text == {
        "headline": f'<a href="{ADDRESS.format("mn", 1961, "1961-a")}" lang="en">Only here</a>',
        "text": '<div lang="en"><p>Text.</p></div>',
    }


def test_an_empty_history_is_a_file_all_the_same(reader):
    assert (timeline(reader)["events"], timeline(reader, "mn")["eras"]) == ([], [])


def table(reader):
    """The rows of the table as dicts, by a reader that is not ours."""
    answer = reader.get("/history.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="history.csv"'
    assert answer.body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))
    ours = list(read_csv(answer.body))
    assert ours == [HEADER, *(list(row.values()) for row in rows)]
    return rows


def test_the_table_has_one_row_an_event_with_both_languages(reader):
    themes = [make_theme(slug="arms"), make_theme(slug="torture")]
    make_event(
        year=1961,
        month=12,
        slug="candle",
        title_en="The first, “second”",
        title_mn="Анхны лаа",
        body_en="<p>One &amp; two.</p><p>Three.</p>",
        body_mn="",
        date_text_en="early",
        year_confirmed=False,
        themes=themes,
    )
    make_event(year=1962, slug="b", title_en="", title_mn="Хоёр", body_en="", body_mn="<p>Б</p>")

    assert table(reader) == [
        {
            "id": "1961-candle",
            "year": "1961",
            "month": "12",
            "day": "",
            "precision": "month",
            "source": "editors",
            "year_confirmed": "no",
            "date_text_en": "early",
            "date_text_mn": "",
            "title_en": "The first, “second”",
            "title_mn": "Анхны лаа",
            "body_en": "One & two. Three.",
            "body_mn": "",
            "themes": "arms, torture",
            "address_en": ADDRESS.format("en", 1961, "1961-candle"),
            "address_mn": ADDRESS.format("mn", 1961, "1961-candle"),
        },
        {
            "id": "1962-b",
            "year": "1962",
            "month": "",
            "day": "",
            "precision": "year",
            "source": "editors",
            "year_confirmed": "yes",
            "date_text_en": "",
            "date_text_mn": "",
            "title_en": "",
            "title_mn": "Хоёр",
            "body_en": "",
            "body_mn": "Б",
            "themes": "",
            "address_en": ADDRESS.format("en", 1962, "1962-b"),
            "address_mn": ADDRESS.format("mn", 1962, "1962-b"),
        },
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+976", "-1", "@SUM(A1)", " =1", "'=1", "＝1", '=HYPERLINK("x","y")']
)
def test_no_text_of_the_table_runs_as_a_formula(reader, text):
    make_event(title_en=text, body_mn=f"<p>{text}</p>")

    row = table(reader)[0]

    assert (row["title_en"][0], row["body_mn"][0]) == ("'", "'")
    assert unguard(row["title_en"]) == unguard(row["body_mn"]) == text.strip()


def test_what_is_not_published_is_neither_on_the_timeline_nor_in_the_table(reader):
    make_event(title_en="Draft", published_at=None, staff_note="Ask Bat")

    assert (timeline(reader)["events"], table(reader)) == ([], [])
