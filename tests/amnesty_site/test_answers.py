"""What a reader gets of a kept page: their encoding, their line, and nothing they have already."""

import pytest

from amnesty_site.headers import NAMES
from tests.factories import make_campaign, make_event, make_theme
from tests.reader import Process, make_environ, open_connections
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db

YEAR = "/en/history/1961/"
DECADE = "/en/history/1960s/"


@pytest.fixture
def event():
    return make_event(title_en="An appeal", year=1961)


def test_readers_who_save_data_get_their_own_pages(process, reader):
    make_campaign(slug="torture")
    url = "/en/campaigns/torture/"

    full, saving, again = reader.get(url), reader.get(url, save_data="on"), reader.get(url)

    assert ["no-pictures" in answer.text for answer in (full, saving, again)] == [
        False,
        True,
        False,
    ]


def test_a_page_the_reader_has_is_not_sent_again(process, reader, event):
    first = reader.get(YEAR)
    tag = first.headers["ETag"]

    known = reader.get(YEAR, if_none_match=f'"other", {tag}')
    newcomer = process.reader().get(YEAR, if_none_match=tag)

    assert (known.status, known.body) == (304, b"")
    assert dict(known.headers) == {
        name: first.headers[name]
        for name in ("ETag", "Cache-Control", "Vary", *NAMES)
        if first.headers[name]
    }
    # They have not been counted, so they get their number
    assert (newcomer.status, newcomer.line) == (200, "You are the 887,768th visitor.")


def test_a_page_that_changed_is_sent_again_and_one_that_did_not_is_not(process, reader, event):
    tags = [reader.get(path).headers["ETag"] for path in (YEAR, "/en/campaigns/")]
    TimelineEvent.objects.update(title_en="Changed")
    process.notices()

    statuses = [
        reader.get(path, if_none_match=tag).status
        for path, tag in zip((YEAR, "/en/campaigns/"), tags, strict=True)
    ]

    assert statuses == [200, 304]


def test_every_encoding_is_the_same_page(process, event):
    reader = process.reader(cookie="seen=1")
    reader.get(YEAR)
    process.finishes()
    answers = [reader.get(YEAR, accept_encoding=way) for way in ("", "gzip", "gzip, deflate, br")]

    assert [a.headers["Content-Encoding"] for a in answers] == [None, "gzip", "br"]
    assert len({answer.text for answer in answers}) == 1
    assert [a.headers["Content-Length"] for a in answers] == [str(len(a.body)) for a in answers]
    assert {a.headers["Vary"] for a in answers} == {"Cookie, Accept-Encoding, Save-Data"}


def test_a_head_has_the_headers_and_no_body(process, reader, event):
    whole = process.reader(cookie="seen=1").get(YEAR)
    head = process.reader(cookie="seen=1").head(YEAR)

    assert (head.status, head.body, head.headers.items()) == (200, b"", whole.headers.items())


def test_the_line_and_what_follows_are_the_last_hundred_bytes(reader, event):
    answer = reader.get(YEAR)

    assert len(answer.text.split('class="visitor"')[1].split("<span>")[1].encode()) < 110


def test_a_page_for_one_reader_alone_is_compressed_too(reader):
    answer = reader.get("/en/admin/login/", accept_encoding="gzip, br")
    missing = reader.get("/mn/nothing/", accept_encoding="gzip, br")

    assert (answer.headers["Content-Encoding"], answer.status) == ("gzip", 200)
    assert (missing.headers["Content-Encoding"], missing.status) == ("gzip", 404)
    assert missing.line == "Өнөөг хүртэл 887,766 зочин ирсэн"
    assert "csrftoken" in answer.cookies


@pytest.mark.parametrize(
    ("method", "url", "header"),
    [
        ("HEAD", DECADE, {}),
        ("GET", YEAR, {}),
        ("GET", f"{DECADE}?theme=torture", {}),
        ("GET", DECADE, {"accept_encoding": "gzip"}),
        ("GET", DECADE, {"cookie": ""}),
        ("GET", DECADE, {"host": "evil.example"}),
        ("GET", DECADE, {"if_none_match": "*"}),
        ("GET", DECADE, {"save_data": "on"}),
        ("GET", DECADE, {"x_forwarded_proto": "http"}),
    ],
)
def test_what_is_remembered_of_a_request_answers_none_that_differs(
    settings, event, method, url, header
):
    event.themes.add(make_theme(slug="torture"))
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    process = Process()
    plain = {"cookie": "seen=1", "x_forwarded_proto": "https"}

    first, again = [process.reader(**plain).get(DECADE) for _ in range(2)]
    assert len(process.store.known.answers) == 1
    other = process.reader(**plain | header).ask(method, url)
    answers = [(a.status, a.headers.items(), a.body) for a in (first, again, other)]

    assert answers[0] == answers[1] != answers[2]
    process.store.background.shutdown()


def test_a_reader_who_names_no_encoding_gets_the_page_as_it_is(process, event):
    environ = make_environ("GET", YEAR) | {"HTTP_COOKIE": "seen=1"}
    del environ["HTTP_ACCEPT_ENCODING"]

    with open_connections():
        [body] = process.store(environ, lambda status, headers: None)

    assert body == process.reader(cookie="seen=1").get(YEAR).body
