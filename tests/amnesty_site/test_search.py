"""The search page, for people and for those who try what it bears."""

import re
from html import unescape

import pytest

from tests.factories import (
    make_achievement,
    make_campaign,
    make_decade,
    make_event,
    make_page,
    make_section,
    make_theme,
)
from tests.hostile_queries import HOSTILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(client):
    """Asks for a page of results and returns it, without what every page has."""

    def ask(language="en", **given):
        response = client.get(f"/{language}/search/", given)
        assert response.status_code == 200
        return re.search(r"<main.*</main>", response.content.decode(), re.S)[0]

    return ask


def titles(page):
    return [plain(found) for found in re.findall(r"<h2><a[^>]*>(.*?)</a>", page, re.S)]


def plain(html):
    return " ".join(unescape(re.sub("<[^>]*>", "", html)).split())


def said(page):
    found = re.search(r'role="status">(.*?)</p>', page, re.S)
    return plain(found[1]) if found else None


@pytest.fixture
def whales():
    """One of each kind that tells of whales."""
    make_decade(1960)
    make_decade(1970)
    theme = make_theme(slug="sea", name_en="The sea")
    make_event(title_en="Whales in 1961", year=1961, themes=[theme])
    make_event(title_en="Whales in 1975", year=1975)
    make_campaign(title_en="Save the whales", slug="whales", themes=[theme])
    make_achievement(text_en="We counted whales", section=make_section(), year=2015)
    make_page("sea", title_en="A page about whales")


def test_results_say_what_and_when_they_are(search, whales):
    page = search(q="whales")

    assert said(page) == "5 results for “whales”"
    results = re.findall(r'result__type">(.*?)</p>.*?<a href="(.*?)"', page, re.S)
    assert results == [
        ("Campaigns", "/en/campaigns/whales/"),
        ("About this site", "/en/sea/"),
        ("History, 1961", "/en/history/1961/#1961-whales-in-1961"),
        ("History, 1975", "/en/history/1975/#1975-whales-in-1975"),
        ("In Mongolia, 2015", "/en/sections/mongolia/2015/#we-counted-whales"),
    ]


def test_the_words_are_marked_in_all_their_forms(search):
    make_event(title_en="Tortured", body_en="<p>It ends <em>torture</em> &amp; torturers.</p>")

    page = search(q="torturing")

    assert re.findall("<mark>(.*?)</mark>", page) == ["Tortured", "torture", "torturers"]
    assert "It ends <mark>torture</mark> &amp; <mark>torturers</mark>." in page


def test_a_long_text_is_shown_around_the_word(search):
    make_event(title_en="Long", body_en=f"<p>{'before ' * 60}whales {'after ' * 60}</p>")

    page = search(q="whale")

    shown = plain(re.search("</h2>(.*?)</li>", page, re.S)[1])
    assert re.fullmatch(r"… (before )+whales (after )+…", shown)
    assert 200 < len(shown) < 250


def test_results_can_be_limited_to_a_kind_a_theme_and_a_decade(search, whales):
    assert titles(search(q="whales", kind="history")) == ["Whales in 1961", "Whales in 1975"]
    assert titles(search(q="whales", theme="sea")) == ["Save the whales", "Whales in 1961"]
    assert titles(search(q="whales", decade="1970s")) == ["Whales in 1975", "We counted whales"]
    assert titles(search(q="whales", decade="1960s", kind="history")) == ["Whales in 1961"]
    chips = re.findall(r'class="chip".*?<span>(.*?)</span> <small>(\d+)', search(q="whales"))
    assert chips == [
        ("Everything", "5"),
        ("History", "2"),
        ("Campaigns", "1"),
        ("In Mongolia", "1"),
        ("About this site", "1"),
    ]


def test_a_value_that_names_nothing_limits_nothing(search, whales):
    assert said(search(q="whales", kind="x", theme="x", decade="x", page="x")) == (
        "5 results for “whales”"
    )


def test_many_results_are_divided_into_pages(search):
    for number in range(45):
        make_event(title_en=f"Whales {number:02}", year=1961)

    page = search(q="whales", kind="history", page="2")

    assert titles(page) == [f"Whales {number:02}" for number in range(20, 40)]
    links = re.findall(r'<a href="(\?[^"]*page=[^"]*)"', page)
    assert [unescape(link) for link in links] == [
        f"?q=whales&kind=history&page={number}" for number in (1, 1, 3, 3)
    ]


def test_what_is_in_the_other_language_only_is_marked(search):
    make_event(title_en="Whales", title_mn="", body_en="", body_mn="")

    page = search("mn", q="whales")

    assert re.search(r'<h2><a href="[^"]*" lang="en"><mark>Whales</mark>\s*</a></h2>', page)
    assert re.search(r'untranslated__tag">\s*Англиар', page)


def test_an_empty_result_helps(search):
    make_event(title_en="Whales", title_mn="Халим")

    page = search(q="халим", decade="1960s")

    assert said(page) == "Nothing was found for “халим”."
    assert 'href="/mn/search/?q=%D1%85%D0%B0%D0%BB%D0%B8%D0%BC' in page
    assert "1 result in another language" in page
    for address in ("/en/", "/en/history/", "/en/campaigns/"):
        assert f'href="{address}"' in page


def test_where_nothing_has_all_words_it_says_so(search):
    make_event(title_en="Whales")

    told = said(search(q="whales elephants"))

    assert told.startswith("1 result for “whales elephants” Nothing has all these words;")


def test_without_a_query_it_asks_for_one(search):
    page = search()

    assert (said(page), titles(page)) == (None, [])
    assert "Search the site" in page


@pytest.mark.parametrize(
    ("typed", "written"),
    [("хүний", "Хүн төрөлхтөн"), ("сургуульд", "Сургуулиудад"), ("hunii", "Хүн"), ("хvн", "Хүний")],
)
def test_mongolian_is_found_by_its_stems_on_the_page(search, typed, written):
    make_event(title_mn=written)

    assert titles(search("mn", q=typed)) == [written]


def test_no_page_of_results_is_kept_by_anybody(client):
    response = client.get("/en/search/?q=whales")

    assert 'name="robots" content="noindex"' in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


def test_the_number_of_queries_depends_on_the_words_alone(client, django_assert_num_queries):
    for total in (1, 30):
        for number in range(total):
            make_event(title_en=f"Red whales {number}")
        with django_assert_num_queries(7):
            client.get("/en/search/?q=red+whales")


def test_two_hundred_hostile_queries_are_answered(client):
    make_event(title_en="Red whales", title_mn="Улаан халим")
    assert len({*HOSTILE}) >= 200

    for query in HOSTILE:
        for language in ("en", "mn"):
            response = client.get(f"/{language}/search/", {"q": query})
            page = response.content.decode()

            assert response.status_code == 200, query
            assert not re.search(r"<script>alert|<img src=x|>49<", page), query


def test_hostile_values_beside_the_query_are_answered(client):
    make_event(title_en="Whales")
    for name in ("kind", "theme", "decade", "page"):
        for value in HOSTILE[::5]:
            assert client.get("/en/search/", {"q": "whales", name: value}).status_code == 200
