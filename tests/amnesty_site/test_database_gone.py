"""Reading goes on while PostgreSQL is gone, on the real server, and comes back by itself."""

import re
import signal
import threading
import time
import urllib.error
import urllib.request
from collections import Counter

import pytest

from tests.postgres import running_server
from tests.server import make_site

pytestmark = pytest.mark.postgresql

STORED = ["/en/", "/mn/history/", "/en/history/1961/", "/mn/campaigns/"]
NOT_STORED = "/mn/history/1977/"
NUMBER = re.compile(r"<b>([\d,]+)")


@pytest.fixture
def server():
    with running_server() as server:
        yield server


@pytest.fixture
def pg_site(tmp_path, site, server):
    own = make_site(tmp_path / "own", static_from=site, database_url=server.url)
    yield own
    own.stop()


def get(site, path, **headers):
    """Status, headers, page and seconds of one request."""
    began = time.monotonic()
    request = urllib.request.Request(
        site.url + path, headers={"User-Agent": "Mozilla/5.0", **headers}
    )
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        page = answer.read().decode()
    return answer.status, answer.headers, page, time.monotonic() - began


def number(page):
    return int(NUMBER.findall(page)[-1].replace(",", ""))


def store_pages(site):
    """Has every worker keep the pages and know the last number, and returns it."""
    for _ in range(20):
        for path in STORED:
            last = number(get(site, path)[2])
    time.sleep(1)
    for _ in range(30):
        get(site, "/en/", Cookie="seen=1")
    return last


def come_back(site):
    """Waits until every worker counts visits and makes pages again."""
    until, good = time.monotonic() + 10, 0
    while good < 20:
        assert time.monotonic() < until, "the site did not come back within ten seconds"
        status, headers, _page, _seconds = get(site, NOT_STORED)
        good = good + 1 if status == 200 and headers["Set-Cookie"] else 0
        time.sleep(0.05)


def test_fifty_readers_read_on_for_a_minute_without_a_database(pg_site, server):
    pg_site.start()
    last = store_pages(pg_site)
    answers, end = [], threading.Event()

    def read(place):
        while not end.is_set():
            answers.append(get(pg_site, STORED[place % len(STORED)]))
            end.wait(0.2)

    readers = [threading.Thread(target=read, args=(place,)) for place in range(50)]
    server.stop()
    for reader in readers:
        reader.start()
    missing = get(pg_site, NOT_STORED)
    end.wait(60)
    end.set()
    for reader in readers:
        reader.join()

    good = [page for status, _headers, page, _seconds in answers if status == 200]
    assert len(good) >= 0.99 * len(answers)
    assert max(seconds for *_rest, seconds in answers) < 5
    assert Counter(map(number, good)) == {last: len(good)}
    assert not any(headers["Set-Cookie"] for _status, headers, *_rest in answers)
    assert (missing[0], missing[1]["Retry-After"]) == (503, "60")
    assert '<html lang="mn">' in missing[2]
    server.start()
    come_back(pg_site)
    assert number(get(pg_site, "/en/")[2]) > last


def test_a_database_that_hangs_keeps_nobody_waiting_for_long(pg_site, server):
    pg_site.start()
    store_pages(pg_site)
    answers = []

    def read(place):
        # Ten of them want a page that is not there; nobody waits for those who wait
        for _ in range(10):
            answers.append(get(pg_site, STORED[place % 4] if place % 3 else NOT_STORED))

    readers = [threading.Thread(target=read, args=(place,)) for place in range(30)]
    server.signal(signal.SIGSTOP)
    try:
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    finally:
        server.signal(signal.SIGCONT)

    assert Counter(status for status, *_rest in answers) == {200: 200, 503: 100}
    assert max(seconds for *_rest, seconds in answers) < 5
    come_back(pg_site)


def test_a_start_without_a_database_shows_the_stored_pages(pg_site, server):
    pg_site.start()
    last = store_pages(pg_site)
    pg_site.stop()
    server.stop()

    pg_site.start()

    pages = {path: get(pg_site, path) for path in [*STORED, NOT_STORED]}
    assert {path: status for path, (status, *_rest) in pages.items()} == {
        **dict.fromkeys(STORED, 200),
        NOT_STORED: 503,
    }
    assert {number(pages[path][2]) for path in STORED} == {last}
    server.start()
    come_back(pg_site)
