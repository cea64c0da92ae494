"""What a page that is rendered afresh asks of the database, however much there is in it."""

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.utils import timezone

from tests.amnesty_site.test_pages import PAGES
from tests.factories import make_decade, make_event, make_one_of_each
from timeline.models import Figure, TimelineEvent

pytestmark = pytest.mark.django_db

QUERIES = {
    "/": 7,
    "/history/": 4,
    "/history/1960s/": 6,
    "/history/1961/": 5,
    "/history/1961/candle/cite/": 1,
    "/history/all/": 4,
    "/history/on/12-10/": 4,
    "/campaigns/": 1,
    "/campaigns/torture/": 4,
    "/sections/mongolia/": 2,
    "/sections/mongolia/2015/": 4,
    "/themes/arms/": 4,
    "/about/": 1,
    "/data/": 0,
}


@pytest.fixture(autouse=True)
def theme():
    theme = make_one_of_each(
        event={"month": 12, "day": 10, "slug": "candle"}, achievement={"figure": 1, "highlight": 1}
    )
    make_decade(1970)
    return theme


def add_events(count, theme):
    """More events, of all years from 1961 on, each with a theme and a figure."""
    there = TimelineEvent.objects.count()
    texts = {"title_en": "Event", "body_en": "<p>What happened.</p>", "month": 4, "day": 28}
    TimelineEvent.objects.bulk_create(
        TimelineEvent(year=1961 + n % 53, slug=f"{n}", published_at=timezone.now(), **texts)
        for n in range(there, there + count)
    )
    added = TimelineEvent.objects.order_by("-pk")[:count]
    themed = TimelineEvent.themes.through
    themed.objects.bulk_create(themed(timelineevent=event, theme=theme) for event in added)
    Figure.objects.bulk_create(Figure(event=event, kind="groups", value=70) for event in added)
    with connection.cursor() as cursor:  # else PostgreSQL may plan for the empty tables it knew
        cursor.execute("ANALYZE")


def test_every_public_page_has_its_number():
    assert list(QUERIES) == PAGES


def test_every_page_asks_as_much_for_one_event_as_for_thousands(
    client, theme, django_assert_num_queries
):
    for total in (1, 130, 13_000):
        add_events(total - TimelineEvent.objects.count(), theme)
        for path, queries in QUERIES.items():
            with django_assert_num_queries(queries, info=f"{path} with {total} events"):
                assert client.get(f"/en{path}").status_code == 200


@pytest.mark.parametrize(
    ("path", "events"),
    [("/history/1961/", 3), ("/history/1960s/", 27), ("/history/all/", 159), ("/about/", 0)],
)
def test_a_page_loads_the_events_it_shows_and_no_others(client, theme, path, events):
    add_events(3 * 53 - 1, theme)  # three of each year
    loaded = []

    def note(instance, **kwargs):
        loaded.append(instance)

    post_init.connect(note, sender=TimelineEvent)
    try:
        page = client.get(f"/en{path}").content.decode()
    finally:
        post_init.disconnect(note, sender=TimelineEvent)

    assert page.count('<li class="event') == len(loaded) == events


def test_a_page_is_right_at_once_after_a_change(client, theme):
    event = make_event(year=1961, title_en="As it was", themes=[theme])
    before = [client.get(f"/en/history/{path}/").content.decode() for path in ("1961", "all")]

    event.title_en = "As it is"
    event.save()
    theme.name_en = "Weapons"
    theme.save()

    after = [client.get(f"/en/history/{path}/").content.decode() for path in ("1961", "all")]
    assert all("As it was" in page and ">Weapons</a>" not in page for page in before)
    assert all("As it is" in page and ">Weapons</a>" in page for page in after)
