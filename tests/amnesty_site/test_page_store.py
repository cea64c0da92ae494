"""A page is made once, is never wrong, and nothing but pages is kept."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from amnesty_site.page_store import cached_encodings
from campaigns.models import Campaign
from editorial.models import Page, Theme
from tests.factories import make_achievement, make_campaign, make_event, make_page, make_theme
from tests.reader import Process
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db

YEAR = "/en/history/1961/"


@pytest.fixture
def event():
    return make_event(title_en="An appeal", year=1961)


def paths_kept(process):
    return sorted(
        {path + (f"?{query}" if query else "") for path, query, _ in process.store.shelf.pages}
    )


def publish(**fields):
    return make_event(year=1961, **fields)


def test_a_page_once_made_takes_neither_django_nor_the_database(
    process, reader, event, django_assert_num_queries
):
    first = reader.get(YEAR)
    process.store.application = None

    with django_assert_num_queries(0):
        again = reader.get(YEAR)

    assert again.text == first.text.replace(
        "You are the <b>887,767th</b> visitor.", "<b>887,767</b> visitors so far"
    )


CHANGES = {
    "publishing": lambda e: publish(title_en="Something new"),
    "saving": lambda e: TimelineEvent.objects.get().save(),
    "a queryset": lambda e: TimelineEvent.objects.update(title_en="Something new"),
    "unpublishing": lambda e: TimelineEvent.objects.update(published_at=None),
    "deleting": lambda e: e.delete(),
    "a theme more": lambda e: e.themes.add(make_theme(slug="torture")),
    "a new address": lambda e: TimelineEvent.objects.update(slug="something-new"),
    "a figure": lambda e: e.figures.create(kind="groups", value=70),
    "SQL": lambda e: connection.cursor().execute(
        "UPDATE timeline_timelineevent SET title_en = 'x'"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_shows_on_every_process(process, event, change):
    other = Process()
    readers = [process.reader(cookie="seen=1"), other.reader(cookie="seen=1")]
    before = [reader.get(YEAR).text for reader in readers]
    kept = [one.store.shelf for one in (process, other)]

    CHANGES[change](event)
    process.notices()
    other.notices()
    after = [reader.get(YEAR).text for reader in readers]

    assert after[0] == after[1]
    assert (after[0] != before[0]) == (change != "saving")
    assert all(one.store.shelf is not old for one, old in zip((process, other), kept, strict=True))
    other.store.background.shutdown()


def test_a_subject_of_every_kind_makes_pages_anew(process, reader):
    changes = [
        lambda: make_campaign(title_en="A campaign"),
        lambda: Campaign.objects.update(title_en="Another"),
        lambda: make_achievement(),
        lambda: make_page(slug="about"),
        lambda: Page.objects.update(line_en="A line"),
        lambda: make_theme(slug="arms"),
        lambda: Theme.objects.update(name_en="Weapons"),
    ]
    shelves = []
    for change in changes:
        change()
        process.notices()
        reader.get("/en/")
        shelves.append(process.store.shelf)

    assert len(set(shelves)) == len(changes)


def test_counting_a_visitor_makes_no_page_anew(process, event):
    process.notices()
    process.reader().get(YEAR)
    shelf = process.store.shelf

    process.notices()
    process.reader().get(YEAR)

    assert process.store.shelf is shelf


def test_an_entry_whose_time_has_come_shows_by_itself(process, reader, event, time_machine):
    time_machine.move_to("2026-03-01T00:00Z", tick=False)
    publish(title_en="At noon", published_at=timezone.now() + timedelta(hours=12))
    before = reader.get(YEAR).text
    time_machine.move_to("2026-03-01T12:00:01Z", tick=False)
    process.notices()

    after = reader.get(YEAR).text

    assert ("At noon" in before, "At noon" in after) == (False, True)


def test_a_notice_that_was_not_checked_in_time_leaves_the_home_page_by_itself(
    process, reader, time_machine
):
    time_machine.move_to("2026-03-01T15:59Z", tick=False)  # a minute to midnight in Ulaanbaatar
    make_campaign(title_en="Beware", kind="notice", check_by="2026-03-01", slug="beware")
    paths = ("/en/", "/en/campaigns/beware/")
    before = [reader.get(path).text for path in paths]
    time_machine.move_to("2026-03-01T16:00Z", tick=False)
    process.notices()

    after = [reader.get(path).text for path in paths]

    assert ["Beware" in text for text in (*before, *after)] == [True, True, False, True]
    assert ["has not been checked" in text for text in (*before, *after)] == [False] * 3 + [True]


def test_a_page_made_from_older_content_is_not_kept_as_newer(process, reader, event):
    render = process.store.application

    def change_meanwhile(environ, start_response):
        response = render(environ, start_response)
        TimelineEvent.objects.update(title_en="Changed meanwhile")
        process.store.application = render
        return response

    process.store.application = change_meanwhile
    reader.get(YEAR)
    process.notices()

    assert "Changed meanwhile" in reader.get(YEAR).text


def test_staff_see_drafts_and_nobody_else_does(process, event, admin_client):
    publish(title_en="A draft", published_at=None)
    staff, reader = process.reader(), process.reader()
    staff.cookies[settings.SESSION_COOKIE_NAME] = admin_client.cookies["sessionid"].value

    seen = [one.get(YEAR).text for one in (staff, reader, staff)]

    assert ["A draft" in text for text in seen] == [True, False, True]


def test_staff_see_what_they_changed_at_once(process, event, admin_client):
    staff = process.reader()
    staff.cookies[settings.SESSION_COOKIE_NAME] = admin_client.cookies["sessionid"].value
    process.reader().get(YEAR)

    TimelineEvent.objects.update(title_en="Changed just now")

    assert "Changed just now" in staff.get(YEAR).text


def test_only_whole_public_pages_are_kept(process, reader, event):
    for url in (
        YEAR,
        "/",
        "/en/nothing/",
        "/en/history/1950/",
        "/en/history/year/?y=61",
        "/en/admin/login/",
        "/en/manifest.webmanifest",
        "/static/css/base.css",
        "/media/nothing.jpg",
        "/en/history/1961",
    ):
        reader.get(url)
    reader.head("/en/history/")
    reader.ask("POST", "/en/campaigns/")

    assert paths_kept(process) == ["/en/history/", YEAR]


def test_nothing_anybody_writes_in_an_address_adds_a_page(process, reader, event):
    event.themes.add(make_theme(slug="torture"))
    wanted = reader.get(YEAR).text.replace("You are the <b>887,767th</b> visitor.", "")
    for number in range(300):
        text = reader.get(f"{YEAR}?fbclid={number}&theme={number}").text
        assert text.replace("<b>887,767</b> visitors so far", "") == wanted
        reader.get(f"/en/history/1960s/?theme=x{number}")
        reader.get(f"/en/history/1960s/?theme=torture&utm_source={number}&theme=torture")
        reader.get(f"/en/{number}/")
    reader.get("/en/history/1960s/?" + "&".join(f"a{n}=1" for n in range(3000)))

    assert paths_kept(process) == ["/en/history/1960s/", "/en/history/1960s/?theme=torture", YEAR]
    assert len(list(process.store.shelf.folder.iterdir())) == 3
    assert len(list((settings.PAGES_ROOT / "locks").iterdir())) <= 64


def test_a_long_request_is_answered_and_not_remembered(settings, event):
    settings.ALLOWED_HOSTS = [".example.org"]
    process, long = Process(), "x" * 100_000
    reader = process.reader(cookie="seen=1", host=f"{long}.example.org")
    cached_encodings.cache_clear()
    answers = [
        reader.get(f"{YEAR}?utm_source={long}", accept_encoding=f"gzip, {long}{number}").status
        for number in range(3)
    ]

    assert answers == [200, 200, 200]
    assert (process.store.known.answers, process.store.hosts) == ({}, set())
    assert cached_encodings.cache_info().currsize == 1
    process.store.background.shutdown()


def test_no_reader_leaves_anything_in_a_page(process, event):
    plain = process.reader(cookie="seen=1").get(YEAR).text
    other = Process()
    odd = other.reader(
        cookie="seen=1; name=canary; csrftoken=canary",
        **{"User-Agent": "canary", "Accept-Language": "mn", "Referer": "https://canary.example/"},
        **{"X-Forwarded-Host": "canary.example", "X-Forwarded-For": "canary"},
    )

    assert odd.get(f"{YEAR}?utm_source=canary").text == plain
    other.store.background.shutdown()


def test_a_host_that_is_not_ours_gets_no_page(reader, event):
    reader.get(YEAR)

    assert reader.get(YEAR, host="evil.example").status == 400
    assert reader.get(YEAR, host="").status == 400


def test_a_production_site_sends_readers_to_https_from_stored_pages_too(
    settings, process, reader, event
):
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    process = Process()
    safe = process.reader(**{"X-Forwarded-Proto": "https"}).get(YEAR)
    bare = process.reader().get(YEAR)

    assert (safe.status, bare.status) == (200, 301)
    assert bare.headers["Location"] == f"https://testserver{YEAR}"
    process.store.background.shutdown()
