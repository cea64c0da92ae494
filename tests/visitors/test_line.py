import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories import make_event
from visitors.models import FIRST_TOTAL, VisitorCount, VisitorDay, counting_connection

pytestmark = pytest.mark.django_db

HOME = "/en/"


@pytest.fixture
def counter():
    counter = counting_connection()
    yield counter
    counter.close()


def total():
    return VisitorCount.objects.total()


def test_the_first_visitor_is_the_one_after_the_old_sites(reader):
    assert reader.get(HOME).line == "You are the 887,767th visitor."


def test_the_visitor_line_is_mongolian_on_mongolian_pages(reader):
    assert reader.get("/mn/").line == "Та 887,767\u00a0дахь зочин."


def test_a_reader_is_counted_once_a_day(reader):
    first = reader.get(HOME)

    assert reader.get("/en/history/").line == "887,767 visitors so far"
    assert total() == FIRST_TOTAL + 1
    cookie = first.cookies["seen"]
    assert (cookie.value, cookie["max-age"]) == ("1", str(24 * 3600))
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_the_cookie_is_the_same_for_everybody(process):
    assert {process.reader().get(HOME).cookies["seen"].value for _ in range(3)} == {"1"}


def test_every_reader_gets_a_number_of_their_own(process):
    lines = [process.reader().get(HOME).line for _ in range(3)]

    assert lines == [
        "You are the 887,767th visitor.",
        "You are the 887,768th visitor.",
        "You are the 887,769th visitor.",
    ]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"Sec-Fetch-Site": "same-origin"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "Mozilla/5.0 (compatible; bingbot/2.0)"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"User-Agent": "WhatsApp/2.23.20.0"},
        {"Sec-Fetch-Dest": "image", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"},
        {"User-Agent": "Mozilla/5.0 (compatible; Yahoo! Slurp)"},
        {"User-Agent": "TelegramBot (like TwitterBot)"},
    ],
)
def test_who_is_no_reader_is_not_counted(reader, headers):
    answer = reader.get(HOME, **headers)

    assert answer.line == "887,766 visitors so far"
    assert "seen" not in answer.cookies
    assert total() == FIRST_TOTAL


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (Linux; Android 9; CUBOT NOTE 7) AppleWebKit/537.36"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"User-Agent": ""},
    ],
)
def test_readers_of_every_phone_are_counted(reader, headers):
    reader.get(HOME, **headers)

    assert total() == FIRST_TOTAL + 1


def test_staff_are_not_counted(reader, admin_client):
    reader.cookies["sessionid"] = admin_client.cookies["sessionid"].value

    assert reader.get(HOME).line == "887,766 visitors so far"


def test_heads_redirects_errors_and_the_admin_are_not_counted(reader):
    reader.head(HOME)
    reader.get("/")
    reader.ask("POST", HOME)
    reader.get("/en/admin/login/")
    missing = reader.get("/en/nothing/")

    assert total() == FIRST_TOTAL
    assert missing.line == "887,766 visitors so far"


def test_every_public_page_has_the_line(reader):
    make_event()
    for path in ("/en/", "/mn/history/", "/en/history/1961/", "/en/history/all/", "/mn/campaigns/"):
        assert reader.get(path).line is not None


def test_a_page_with_a_readers_number_is_kept_by_no_shared_cache(reader):
    answer = reader.get(HOME)

    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Vary"] == "Cookie, Accept-Encoding, Save-Data"
    assert answer.headers["Content-Length"] == str(len(answer.body))


READ_ONLY = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET default_transaction_read_only = on",
}


@pytest.mark.django_db(transaction=True)
def test_the_page_comes_when_the_count_cannot_be_written(process, reader, counter):
    process.store.known.counter = counter
    with counter.cursor() as cursor:
        cursor.execute(READ_ONLY[counter.vendor])

    answer = reader.get(HOME)

    assert (answer.status, answer.line) == (200, "887,766 visitors so far")
    assert "seen" not in answer.cookies


def test_migrating_and_loading_leave_the_count_alone(reader):
    reader.get(HOME)

    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)

    assert total() == FIRST_TOTAL + 1


def test_the_count_survives_the_loss_of_its_row():
    VisitorCount.objects.all().delete()

    assert VisitorCount.objects.add_visits() == FIRST_TOTAL + 1
    assert VisitorCount.objects.add_visits() == FIRST_TOTAL + 2


def visit_at(time_machine, *moments):
    """Visits at times of UTC, and what stands in the database then."""
    for moment in moments:
        time_machine.move_to(f"2026-03-{moment}Z")
        VisitorCount.objects.add_visits()
    count = VisitorCount.objects.get()
    past = VisitorDay.objects.order_by("day").values_list("day", "visits")
    return [(day.day, visits) for day, visits in [*past, (count.day, count.day_visits)]]


def test_the_visitors_of_each_day_stand_beside_the_count(time_machine):
    # Midnight in Ulaanbaatar is four in the afternoon of UTC
    moments = ["01T15:58", "01T15:59", "01T16:01", "02T16:00"]

    assert visit_at(time_machine, *moments) == [(1, 2), (2, 1), (3, 1)]


def test_a_clock_that_is_behind_loses_no_visitor_of_a_day(time_machine):
    moments = ["01T15:59:58", "01T16:00:01", "01T15:59:59", "01T16:00:02"]

    assert visit_at(time_machine, *moments) == [(1, 2), (2, 1), (2, 1)]


def test_several_visits_are_counted_at_once():
    assert [VisitorCount.objects.add_visits(n) - FIRST_TOTAL for n in (3, 1, 2)] == [3, 4, 6]
    assert VisitorCount.objects.get().day_visits == 6


def test_a_correction_is_no_visit(admin_client):
    VisitorCount.objects.add_visits()

    admin_client.post(
        "/en/admin/visitors/visitorcount/1/change/", {"new_total": "900000", "reason": "?"}
    )
    VisitorCount.objects.add_visits()

    assert VisitorCount.objects.total() == 900_001
    assert VisitorCount.objects.get().day_visits == 2


@pytest.mark.django_db(transaction=True)
def test_a_visit_is_counted_at_once_by_whichever_connection(counter):
    counted = [VisitorCount.objects.add_visits(1, by) for by in (counter, None, counter)]

    assert counted == [FIRST_TOTAL + 1, FIRST_TOTAL + 2, FIRST_TOTAL + 3]
    assert total() == FIRST_TOTAL + 3


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_waits_for_the_disk_for_staff_and_not_for_readers(process, reader):
    reader.get(HOME)

    waits = [
        by.cursor().execute("PRAGMA synchronous").fetchone()
        for by in (connection, process.store.known.counter)
    ]
    assert waits == [(2,), (1,)]  # FULL, NORMAL
