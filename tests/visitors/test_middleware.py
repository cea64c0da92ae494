import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories import make_event
from visitors.models import FIRST_TOTAL, VisitorCount

pytestmark = pytest.mark.django_db

HOME = "/en/"


def line(response):
    """The text of the visitor line, without its drawing and its marks."""
    page = response.content.decode()
    if 'class="visitor"' not in page:
        return None
    text = page.split('class="visitor"')[1].split("<span>")[1].split("</span>")[0]
    return text.replace("<b>", "").replace("</b>", "")


def total():
    return VisitorCount.objects.total()


def test_the_first_visitor_is_the_one_after_the_old_sites(client):
    assert line(client.get(HOME)) == "You are the 887,767th visitor."


def test_the_visitor_line_is_mongolian_on_mongolian_pages(client):
    assert line(client.get("/mn/")) == "Та 887,767\u00a0дахь зочин."


def test_a_reader_is_counted_once_a_day(client):
    first = client.get(HOME)

    assert line(client.get("/en/history/")) == "887,767 visitors so far"
    assert total() == FIRST_TOTAL + 1
    cookie = first.cookies["seen"]
    assert (cookie.value, cookie["max-age"]) == ("1", 24 * 3600)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_the_cookie_is_the_same_for_everybody(client_factory):
    assert {client_factory().get(HOME).cookies["seen"].value for _ in range(3)} == {"1"}


def test_every_reader_gets_a_number_of_their_own(client_factory):
    lines = [line(client_factory().get(HOME)) for _ in range(3)]

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
def test_who_is_no_reader_is_not_counted(client, headers):
    response = client.get(HOME, headers=headers)

    assert line(response) == "887,766 visitors so far"
    assert "seen" not in response.cookies
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
def test_readers_of_every_phone_are_counted(client, headers):
    client.get(HOME, headers=headers)

    assert total() == FIRST_TOTAL + 1


def test_staff_are_not_counted(admin_client):
    assert line(admin_client.get(HOME)) == "887,766 visitors so far"


def test_heads_redirects_errors_and_the_admin_are_not_counted(client):
    client.head(HOME)
    client.get("/")
    client.post(HOME)
    client.get("/en/admin/login/")
    missing = client.get("/en/nothing/")

    assert total() == FIRST_TOTAL
    assert line(missing) == "887,766 visitors so far"


def test_every_public_page_has_the_line(client):
    make_event()
    for path in ("/en/", "/mn/history/", "/en/history/1961/", "/en/history/all/", "/mn/campaigns/"):
        assert line(client.get(path)) is not None


def test_a_page_with_a_readers_number_is_kept_by_no_shared_cache(client):
    response = client.get(HOME)

    assert response["Cache-Control"] == "private, no-cache"
    assert "Cookie" in response["Vary"]
    assert response["Content-Length"] == str(len(response.content))


READ_ONLY = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": (
        "SET default_transaction_read_only = on",
        "SET default_transaction_read_only = off",
    ),
}


@pytest.mark.django_db(transaction=True)
def test_the_page_comes_when_the_count_cannot_be_written(client):
    close, reopen = READ_ONLY[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(close)
    try:
        response = client.get(HOME)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(reopen)

    assert response.status_code == 200
    assert line(response) is None
    assert "seen" not in response.cookies


def test_migrating_and_loading_leave_the_count_alone(client):
    client.get(HOME)

    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)

    assert total() == FIRST_TOTAL + 1


def test_the_count_survives_the_loss_of_its_row():
    VisitorCount.objects.all().delete()

    assert VisitorCount.objects.add_visit() == FIRST_TOTAL + 1
    assert VisitorCount.objects.add_visit() == FIRST_TOTAL + 2
