import pytest

from tests.factories import make_decade, make_event

pytestmark = pytest.mark.django_db

PAGES = ["/history/", "/history/1960s/", "/history/1961/", "/history/all/"]


@pytest.fixture(autouse=True)
def decades():
    make_decade(1960, label_en="1960s", label_mn="1960-аад он")
    make_decade(1970)


@pytest.mark.parametrize("path", PAGES)
def test_history_pages_are_read_in_both_languages(client, path):
    make_event(title_en="The first candle", title_mn="Анхны лаа")

    assert "The first candle" in client.get(f"/en{path}").content.decode()
    assert "Анхны лаа" in client.get(f"/mn{path}").content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_history_pages_hide_drafts_and_mark_them_for_staff(client, admin_client, path):
    make_event()
    make_event(title_en="Not yet", published_at=None)

    assert "Not yet" not in client.get(f"/en{path}").content.decode()
    assert "Not yet" in admin_client.get(f"/en{path}").content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_history_pages_mark_what_is_not_translated(client, path):
    make_event(title_en="Only English", title_mn="")

    page = client.get(f"/mn{path}").content.decode()

    assert 'lang="en">Only English' in page
    assert "untranslated__" in page


@pytest.mark.parametrize(
    "path",
    [
        "/history/1950s/",
        "/history/1970s/",
        "/history/1965s/",
        "/history/1962/",
        "/history/196/",
        "/history/19610/",
        "/history/nothing/",
    ],
)
def test_a_year_or_decade_without_events_is_not_found(client, path):
    make_event()
    make_event(year=1962, published_at=None)

    assert client.get(f"/en{path}").status_code == 404


def test_a_decade_that_nobody_described_still_shows_its_events(client):
    make_event(year=1948, title_en="A declaration")

    assert "A declaration" in client.get("/en/history/").content.decode()
    assert "A declaration" in client.get("/en/history/1940s/").content.decode()
    assert "1940-өөд он" in client.get("/mn/history/1948/").content.decode()


def test_decades_without_events_are_not_offered(client):
    make_decade(1980)
    make_event(year=1961)
    make_event(year=1985)

    decades = client.get("/en/history/1960s/").context["decades"]

    assert [decade.first_year for decade in decades] == [1960, 1980]


def test_every_event_has_an_anchor_its_address_leads_to(client):
    event = make_event(slug="first-candle")

    path, anchor = event.get_absolute_url().split("#")

    assert (path, anchor) == ("/en/history/1961/", "1961-first-candle")
    for page in (path, "/en/history/1960s/", "/en/history/all/"):
        assert f'id="{anchor}"' in client.get(page).content.decode()


def test_a_year_leads_to_its_neighbours_that_have_events(client):
    for year in (1961, 1964, 1970):
        make_event(year=year)

    context = client.get("/en/history/1964/").context

    assert (context["previous_year"], context["next_year"]) == (1961, 1970)


def test_an_event_shows_the_figures_it_tells(client):
    event = make_event()
    event.figures.create(kind="groups", value=1592, at_least=True)
    event.figures.create(kind="released", value=520, period="year")

    page = client.get("/en/history/1961/").content.decode()

    assert "<dt>groups</dt><dd>1,592+</dd>" in page
    assert "<dt>prisoners released, in the year</dt><dd>520</dd>" in page


def test_headings_go_from_decade_to_year_to_event(client):
    make_event(title_en="Candle")

    page = client.get("/en/history/all/").content.decode()

    assert page.index("<h1") < page.index("<h2 id=") < page.index("<h3") < page.index("<h4")


def test_staff_story_an_event_is_written_in_the_admin_and_read_in_mongolian(admin_client, client):
    answer = admin_client.post(
        "/en/admin/timeline/timelineevent/add/",
        {
            "title_en": "A candle was lit",
            "title_mn": "Лаа асаав",
            "body_en": "<p>In a church.</p>",
            "body_mn": "<p>Сүмд.</p>",
            "year": "1961",
            "month": "12",
            "day": "10",
            "order": "0",
            "figures-TOTAL_FORMS": "1",
            "figures-INITIAL_FORMS": "0",
            "figures-0-kind": "groups",
            "figures-0-value": "70",
            "public": ["en", "mn"],
            "_publish": "1",
        },
    )
    assert answer.status_code == 302

    page = client.get("/mn/history/1961/").content.decode()

    assert "Лаа асаав" in page
    assert "<p>Сүмд.</p>" in page
    assert "12-р сарын 10" in page
    assert "<dt>бүлэг</dt><dd>70</dd>" in page
    assert "A candle was lit" not in page
