"""One day of every year: its page, and its line on the home page."""

import re

import pytest
from django.utils import timezone

from tests.factories import make_event
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db


def test_a_day_shows_the_events_of_exactly_that_day(client):
    first = make_event(year=1961, month=12, day=10)
    later = make_event(year=1977, month=12, day=10)
    make_event(year=1948, month=12, day=10, published_at=None)
    make_event(year=1962, month=12)
    make_event(year=1965, month=11, day=10)
    make_event(year=1963, month=12, day=11)
    make_event(year=1964, month=12, day=10, date_text_mn="12-р сарын эхээр")

    context = client.get("/mn/history/on/12-10/").context

    assert context["years"] == [(1961, [first]), (1977, [later])]


@pytest.mark.parametrize(
    ("language", "heading", "title"),
    [("en", "<h1>10 December</h1>", "Candle"), ("mn", "<h1>12-р сарын 10</h1>", "Лаа")],
)
def test_a_day_is_read_in_both_languages(client, language, heading, title):
    make_event(month=12, day=10, title_en="Candle", title_mn="Лаа")

    page = client.get(f"/{language}/history/on/12-10/").content.decode()

    assert heading in page
    assert f'<h3 class="event__title">{title}</h3>' in page


def test_a_draft_of_a_day_is_for_staff_alone(client, admin_client):
    make_event(month=12, day=10, title_en="Not yet", published_at=None)

    assert "Not yet" not in client.get("/en/history/on/12-10/").content.decode()
    assert "Not yet" in admin_client.get("/en/history/on/12-10/").content.decode()


@pytest.mark.parametrize("path", ["/history/1961/", "/history/1960s/", "/history/all/"])
def test_an_event_of_an_exact_day_leads_to_it(client, path):
    make_event(month=12, day=10)
    make_event(month=6)
    make_event(month=7, day=1, date_text_en="About the first of July")

    page = client.get(f"/en{path}").content.decode()

    assert re.findall(r"/history/on/[^\"]*", page) == ["/history/on/12-10/"]
    assert '<a href="/en/history/on/12-10/">10 December</a>' in page


def test_a_day_leads_to_its_neighbours_across_the_turn_of_the_year(client):
    for month, day in ((3, 8), (7, 1), (12, 10)):
        make_event(month=month, day=day)

    def around(day):
        context = client.get(f"/en/history/on/{day}/").context
        return context["previous_day"], context["next_day"]

    assert around("07-01") == ((3, 8), (12, 10))
    assert around("12-10") == ((7, 1), (3, 8))
    assert around("01-01") == ((12, 10), (3, 8))


def test_a_day_without_events_says_so_and_helps(client):
    make_event(month=3, day=8)

    page = client.get("/en/history/on/02-29/").content.decode()

    assert "No event of exactly this day is known here." in page
    assert page.count('href="/en/history/on/03-08/"') == 2
    assert '<meta name="robots" content="noindex">' in page


def test_on_a_site_without_events_a_day_leads_to_no_other(client):
    assert "pager" not in client.get("/en/history/on/02-29/").content.decode()


@pytest.mark.parametrize("day", ["13-40", "02-30", "00-01", "12-00", "1-1", "12-10-1961"])
def test_what_is_no_day_is_not_found(client, day):
    assert client.get(f"/en/history/on/{day}/").status_code == 404


def test_the_home_page_tells_what_happened_on_this_day_in_ulaanbaatar(client, time_machine):
    make_event(year=1961, month=12, day=10, title_en="Candle", title_mn="")
    make_event(year=1977, month=12, day=10)
    lines = []
    for time in (
        "2026-12-09T15:59Z",
        "2026-12-09T16:00Z",
        "2026-12-10T15:59Z",
        "2026-12-10T16:00Z",
    ):
        time_machine.move_to(time, tick=False)
        TimelineEvent.objects.update(published_at=timezone.now())
        lines.append("1961: Candle</a> and 1 more event" in client.get("/en/").content.decode())
        mongolian = client.get("/mn/").content.decode()
        lines.append('1961: <span lang="en">Candle</span>' in mongolian)

    assert lines == [False, False, True, True, True, True, False, False]
