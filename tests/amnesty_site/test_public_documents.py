"""What is for programs: made once for everybody, told again only when it changed, and nobody is
counted or known by it."""

from math import inf

import pytest
from django.test import Client

from amnesty_site.headers import NAMES
from tests.amnesty_site.test_pages import PAGES
from tests.amnesty_site.test_queries import add_events
from tests.factories import make_event, make_one_of_each, make_page
from timeline.models import TimelineEvent
from visitors.models import VisitorCount

pytestmark = pytest.mark.django_db

# Each with its queries when it is made
DOCUMENTS = {
    "/en/feed.xml": 5,
    "/en/history.json": 5,
    "/en/data/entries.json": 12,
    "/history.csv": 4,
    "/sitemap.xml": 10,
    "/robots.txt": 0,
}
OPEN = ["/en/history.json", "/en/data/entries.json", "/history.csv"]
OTHERS = ["/en/feed.xml", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt", "/en/data/"]


@pytest.fixture(autouse=True)
def theme():
    theme = make_one_of_each(
        event={"title_en": "An appeal"}, achievement={"figure": 1, "highlight": 1}
    )
    make_page("contact")
    return theme


@pytest.mark.parametrize("path", [*DOCUMENTS, "/.well-known/security.txt"])
def test_a_document_counts_nobody_and_sets_no_cookie(path, reader):
    answer = reader.get(path)

    assert (answer.status, answer.cookies, answer.headers["Set-Cookie"]) == (200, {}, None)
    assert VisitorCount.objects.total() == 887_766
    assert b"visitor line" not in answer.body


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_is_made_once_and_then_takes_no_query(
    path, process, reader, django_assert_num_queries
):
    first = reader.get(path)
    process.store.application = None
    process.store.known.ask_at = inf  # however long this takes, the generation is asked for later

    with django_assert_num_queries(0):
        again = process.reader().get(path)

    assert again.text == first.text
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert first.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", DOCUMENTS)
def test_who_has_a_document_is_told_so_in_a_few_bytes(path, reader):
    first = reader.get(path)

    known = reader.get(path, if_none_match=first.headers["ETag"])
    head = reader.head(path)

    assert (known.status, known.body) == (304, b"")
    assert dict(known.headers) == {
        name: first.headers[name]
        for name in ("Access-Control-Allow-Origin", "Vary", "Cache-Control", "ETag", *NAMES)
        if first.headers[name]
    }
    assert (head.status, head.body, head.headers.items()) == (200, b"", first.headers.items())


@pytest.mark.parametrize("path", [*OPEN, "/en/feed.xml"])
def test_a_change_shows_in_every_document(path, process, reader):
    first = reader.get(path)
    TimelineEvent.objects.update(title_en="A toast")
    process.notices()

    after = reader.get(path, if_none_match=first.headers["ETag"])

    assert ("An appeal" in first.text, "A toast" in first.text) == (True, False)
    assert (after.status, "An appeal" in after.text, "A toast" in after.text) == (200, False, True)


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_encoding_is_the_same_document(path, process, reader):
    reader.get(path)
    process.finishes()

    answers = [reader.get(path, accept_encoding=way) for way in ("", "gzip", "gzip, br")]

    assert [a.headers["Content-Encoding"] for a in answers] == [None, "gzip", "br"]
    assert len({answer.text for answer in answers}) == 1
    assert [a.headers["Content-Length"] for a in answers] == [str(len(a.body)) for a in answers]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_staff_and_hosts_get_the_same_as_everybody(path, settings, process, reader, admin_client):
    make_event(title_en="A draft", published_at=None)
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    staff = process.reader()
    staff.cookies[settings.SESSION_COOKIE_NAME] = admin_client.cookies["sessionid"].value
    other = process.reader(host="other.example").get(path)

    assert other.text == reader.get(path).text == staff.get(path).text
    assert "A draft" not in other.text


def test_other_sites_may_read_open_data_and_nothing_else(process):
    for path in OPEN:
        answer = process.reader(origin="https://other.example").get(path)
        assert answer.headers.get_all("Access-Control-Allow-Origin") == ["*"]
        assert answer.headers["Access-Control-Allow-Credentials"] is None
    for path in [*OTHERS, *(f"/en{page}" for page in PAGES), "/en/admin/login/", "/en/nothing/"]:
        answer = process.reader(origin="https://other.example").get(path)
        assert answer.headers["Access-Control-Allow-Origin"] is None, path


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_is_read_and_not_written_to(path):
    assert [Client().post(path).status_code, Client().options(path).status_code] == [405, 405]


def test_documents_ask_as_much_for_one_event_as_for_thousands(
    client, theme, django_assert_num_queries
):
    for total in (1, 2000):
        add_events(total - TimelineEvent.objects.count(), theme)
        for path, queries in DOCUMENTS.items():
            with django_assert_num_queries(queries, info=f"{path} with {total} events"):
                assert client.get(path).status_code == 200


def test_a_large_answer_is_not_remembered_in_many_ways(process, theme):
    add_events(500, theme)
    reader = process.reader(cookie="seen=1")
    for number in range(3):
        reader.get("/en/history.json", accept_encoding=f"x{number}")
        reader.get("/robots.txt", accept_encoding=f"x{number}")

    kept = [len(body) for _status, _headers, [body] in process.store.known.answers.values()]
    assert kept == [len(reader.get("/robots.txt").body)] * 3


def test_nothing_somebody_adds_to_an_address_makes_another_document(process, reader):
    for number in range(20):
        reader.get(f"/en/history.json?x={number}")

    assert list(process.store.shelf.pages) == [("/en/history.json", "", False)]
