"""One theme of a decade, and the way to a year by its number."""

import re

import pytest

from tests.amnesty_site.test_queries import QUERIES
from tests.factories import make_decade, make_event, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def arms():
    return make_theme(slug="arms", name_en="Arms", name_mn="Зэвсэг", order=1)


@pytest.fixture
def women():
    return make_theme(slug="women", name_en="Women", name_mn="Эмэгтэйчүүд", order=2)


@pytest.fixture(autouse=True)
def events(arms, women):
    make_decade(1960)
    make_decade(1970)
    make_theme(slug="torture")
    return {
        "both": make_event(year=1961, themes=[women, arms]),
        "women": make_event(year=1961, themes=[women]),
        "none": make_event(year=1962),
        "seventies": make_event(year=1975, themes=[arms]),
    }


def test_a_decade_offers_its_themes_with_the_number_of_their_events(client):
    page = client.get("/en/history/1960s/")

    found = [(theme.slug, count) for theme, count in page.context["themes"]]
    assert found == [("arms", 1), ("women", 2)]
    assert "All 3 events</a>" in page.content.decode()
    assert 'href="?theme=women"><span>Women</span> <small>2</small></a>' in page.content.decode()


def test_a_theme_leaves_only_its_events_and_their_years(client, events):
    context = client.get("/mn/history/1960s/?theme=arms").context

    assert context["years"] == [(1961, [events["both"]])]
    assert context["year_index"] == [(1961, True), (1962, False)]


@pytest.mark.parametrize(
    ("query", "current"), [("", "/en/history/1960s/"), ("arms", "?theme=arms")]
)
def test_the_theme_that_is_shown_is_marked(client, query, current):
    page = client.get("/en/history/1960s/", {"theme": query} if query else {}).content.decode()

    assert re.findall(r'class="chip" href="([^"]+)" aria-current="true"', page) == [current]


def test_a_year_without_an_event_of_the_theme_is_no_link(client):
    page = client.get("/en/history/1960s/?theme=arms").content.decode()

    index = page[page.index('class="year-index"') :]
    assert re.findall(r"<li><a ([^>]+)>", index[: index.index("</ol>")]) == [
        'href="#y1961"',
        'role="link" aria-disabled="true"',
    ]


def test_the_other_decades_and_the_other_language_keep_the_theme(client):
    page = client.get("/en/history/1960s/?theme=arms").content.decode()

    assert 'href="/en/history/1970s/?theme=arms"' in page
    assert 'href="/mn/history/1960s/?theme=arms" lang="mn"' in page


def test_a_filtered_page_names_the_whole_one_as_the_original(client):
    page = client.get("/en/history/1960s/?theme=arms").content.decode()

    assert '<link rel="canonical" href="http://testserver/en/history/1960s/">' in page


@pytest.mark.parametrize("slug", ["torture", "nothing", "<b>", "ARMS", "arms " * 99])
def test_a_theme_the_decade_does_not_have_leads_to_the_whole_decade(client, slug):
    response = client.get("/mn/history/1960s/", {"theme": slug})

    assert (response.status_code, response["Location"]) == (302, "/mn/history/1960s/")


def test_themes_count_drafts_for_staff_alone(client, admin_client, women):
    make_event(year=1963, themes=[women], published_at=None)
    draft_theme = make_theme(order=3)
    make_event(year=1963, themes=[draft_theme], published_at=None)
    address = f"/en/history/1960s/?theme={draft_theme.slug}"

    def counts(reader):
        themes = reader.get("/en/history/1960s/").context["themes"]
        return [count for _theme, count in themes]

    assert (counts(client), counts(admin_client)) == ([1, 2], [1, 3, 1])
    assert (client.get(address).status_code, admin_client.get(address).status_code) == (302, 200)


def test_a_filtered_decade_asks_the_same_number_of_questions_for_one_and_for_three(
    client, arms, django_assert_num_queries
):
    for _ in range(3):
        make_event(themes=[arms, make_theme()])
        with django_assert_num_queries(QUERIES["/history/1960s/"]):
            client.get("/en/history/1960s/?theme=arms", headers={"Sec-Fetch-Site": "same-origin"})


@pytest.mark.parametrize(("asked", "year"), [("61", 1961), ("1975", 1975), ("00", 2000)])
@pytest.mark.parametrize("language", ["en", "mn"])
def test_two_digits_or_four_lead_to_a_year(client, language, asked, year):
    make_event(year=2000)

    response = client.get(f"/{language}/history/year/", {"y": asked})

    assert (response.status_code, response["Location"]) == (302, f"/{language}/history/{year}/")


def test_of_two_years_with_the_same_digits_the_later_is_meant(client):
    make_event(year=2061)

    assert client.get("/en/history/year/?y=61")["Location"] == "/en/history/2061/"
    assert client.get("/en/history/year/?y=1961")["Location"] == "/en/history/1961/"


@pytest.mark.parametrize("asked", ["", "6", "961", "62", "1962", "٦١", "61 ", "<b>"])
def test_a_year_the_history_does_not_have_is_answered_with_those_it_has(client, events, asked):
    events["none"].delete()
    make_event(year=1962, published_at=None)

    response = client.get("/en/history/year/", {"y": asked})

    assert response.status_code == 404
    assert "The history has no such year." in response.content.decode()
    assert 'href="/en/history/1975/"' in response.content.decode()


@pytest.mark.parametrize("path", ["", "1960s/", "1961/", "all/", "year/?y=50"])
def test_every_page_of_the_history_begins_with_the_field_for_a_year(client, path):
    page = client.get(f"/mn/history/{path}").content.decode()

    assert 'action="/mn/history/year/"' in page
    assert page.index('id="year-jump"') < page.index('class="skip-link"')
