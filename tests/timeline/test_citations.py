"""How an event is cited."""

import re

import pytest
from django.utils.translation import override

from tests.factories import make_event
from timeline.citations import bibtex

pytestmark = pytest.mark.django_db

PAGES = ["/history/1961/first-candle/cite/", "/history/1961/first-candle/cite.bib"]
ENTRY = re.compile(r"@misc\{([a-z0-9-]+),\n((?:  [a-z]+ = \{.*\},\n)+)\}\n")
FIELD = re.compile(r"  ([a-z]+) = \{(.*)\},\n")
# What TeX reads: a command, a letter that means itself, or the braces around them
TEX = re.compile(r"(?:\\[#$%&_]|\\text[a-z]+\{\}|[^\\{}#$%&_~^])*")
LETTERS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
}


def parse(text):
    """The key and the fields of an entry, as BibTeX and TeX read it; nothing else may be in it."""
    key, fields = ENTRY.fullmatch(text).groups()
    return key, {name: typeset(name, value) for name, value in FIELD.findall(fields)}


def typeset(name, value):
    if name == "url":  # taken as it is
        assert not re.search(r"[\\{}%\s]", value)
        return value
    value = value[1:-1] if value.startswith("{") else value
    assert TEX.fullmatch(value), value
    for command, letter in LETTERS.items():
        value = value.replace(command, letter)
    return re.sub(r"\\([#$%&_])", r"\1", value)


@pytest.fixture
def event():
    return make_event(
        slug="first-candle",
        month=12,
        day=10,
        title_en="The first candle",
        title_mn="Анхны лаа",
        published_at="2025-12-31T16:00Z",  # 2026 in Ulaanbaatar
    )


def test_a_bibtex_entry_has_all_fields_in_the_language_of_the_page(client, event):
    english, mongolian = (client.get(f"/{code}{PAGES[1]}") for code in ("en", "mn"))

    assert parse(english.content.decode()) == (
        "amnesty-1961-first-candle-en",
        {
            "author": "Amnesty International Mongolia",
            "title": "The first candle",
            "year": "2026",
            "howpublished": "The history of the movement",
            "note": "10 December 1961",
            "url": "http://testserver/en/history/1961/#1961-first-candle",
            "langid": "english",
        },
    )
    key, fields = parse(mongolian.content.decode())
    assert (key, fields["title"], fields["note"], fields["langid"]) == (
        "amnesty-1961-first-candle-mn",
        "Анхны лаа",
        "1961 оны 12-р сарын 10",
        "mongolian",
    )
    assert english["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert english["Content-Disposition"] == 'attachment; filename="1961-first-candle.bib"'


@pytest.mark.parametrize(
    "title",
    [
        r"50% of \$7 & #1 {open _ ~ ^",
        "Ёлка} «Өнөө үеийн» \\textbf{эрх}",
        "“a”, 'b' @misc{x, y = 1}",
    ],
)
def test_whatever_a_title_holds_is_read_back_from_bibtex(event, title):
    event.title_en = title

    entry = parse(bibtex(event))

    assert entry[1]["title"] == title


@pytest.mark.parametrize(
    ("given", "english", "mongolian"),
    [
        ({}, "1961", "1961 он"),
        ({"month": 6}, "June 1961", "1961 оны 6-р сар"),
        (
            {"month": 6, "date_text_en": "Early June", "date_text_mn": "6-р сарын эхээр"},
            "Early June 1961",
            "1961 оны 6-р сарын эхээр",
        ),
        ({"date_text_en": "In spring"}, "In spring 1961", "1961 он"),
    ],
)
def test_a_date_is_cited_as_exactly_as_is_known(given, english, mongolian):
    event = make_event(**given)

    assert event.date == english
    with override("mn"):
        assert event.date.replace("\u00a0", " ") == mongolian


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "Amnesty International Mongolia (2026). “The first candle”, 10 December 1961. The "
            "history of the movement. http://testserver/en/history/1961/#1961-first-candle",
        ),
        (
            "mn",
            "Монголын Эмнести Интернэшнл (2026). “Анхны лаа”, 1961 оны 12-р сарын 10. Хөдөлгөөний "
            "түүх. http://testserver/mn/history/1961/#1961-first-candle",
        ),
    ],
)
def test_a_page_cites_an_event_in_words_and_for_bibtex(client, event, language, words):
    page = client.get(f"/{language}{PAGES[0]}").content.decode()

    found = re.search(r'<p class="copy">(.*?)</p>', page, re.DOTALL)[1]
    assert re.sub(r"<[^>]+>", "", found).replace("\u00a0", " ") == words
    assert f"@misc{{amnesty-1961-first-candle-{language}," in page


def test_a_citation_marks_what_is_not_translated(client, event):
    event.title_mn = ""
    event.save()

    page = client.get(f"/mn{PAGES[0]}").content.decode()

    assert '“<span lang="en">The first candle</span>”' in page
    assert "langid = {english}" in page


@pytest.mark.parametrize("path", PAGES)
def test_an_event_that_is_not_published_is_cited_by_staff_alone(client, admin_client, event, path):
    event.published_at = None
    event.save()

    assert client.get(f"/en{path}").status_code == 404
    assert "2026" not in admin_client.get(f"/en{path}").content.decode()
    assert client.get("/en/history/1962/first-candle/cite/").status_code == 404


def test_the_page_of_a_year_leads_to_the_citations_of_its_events(client, event):
    link = 'href="/mn/history/1961/first-candle/cite/"'

    assert link in client.get("/mn/history/1961/").content.decode()
    assert link not in client.get("/mn/history/1960s/").content.decode()
