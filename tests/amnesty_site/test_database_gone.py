"""Reading goes on while PostgreSQL is gone, on the real server, and comes back by itself."""

import signal
import threading
import time
from collections import Counter

import pytest

from tests.amnesty_site.test_kills import tell
from tests.amnesty_site.test_uploads import MAKE
from tests.answers import get
from tests.postgres import running_server
from tests.server import make_site
from tests.typist import ADD_EVENT, Typist

pytestmark = pytest.mark.postgresql

STORED = ["/en/", "/mn/history/", "/en/history/1961/", "/mn/campaigns/"]
NOT_STORED = "/mn/history/1977/"
# Of the page in Mongolian that says so: what you typed is still in your browser
KEPT = "Таны бичсэн зүйл хөтчид тань хэвээр байгаа"


@pytest.fixture
def server():
    with running_server() as server:
        yield server


@pytest.fixture
def pg_site(tmp_path, ready, server):
    own = make_site(tmp_path / "own", static_from=ready, database_url=server.url)
    yield own
    own.stop()


def timed(url):
    """An answer and the seconds it took."""
    began = time.monotonic()
    answer = get(url)
    return answer, time.monotonic() - began


def store_pages(site):
    """Has every worker keep the pages and know the last number, and returns it."""
    for _ in range(20):
        for path in STORED:
            last = get(site.url + path).number
    time.sleep(1)
    for _ in range(30):
        get(f"{site.url}/en/", {"Cookie": "seen=1"})
    return last


def come_back(site):
    """Waits until every worker counts visits and makes pages again."""
    until, good = time.monotonic() + 10, 0
    while good < 20:
        assert time.monotonic() < until, "the site did not come back within ten seconds"
        answer = get(site.url + NOT_STORED)
        good = good + 1 if answer.status == 200 and answer.cookies else 0
        time.sleep(0.05)


def test_fifty_readers_read_on_for_a_minute_without_a_database(pg_site, server):
    pg_site.start()
    last = store_pages(pg_site)
    answers, end = [], threading.Event()

    def read(place):
        while not end.is_set():
            answers.append(timed(pg_site.url + STORED[place % len(STORED)]))
            end.wait(0.2)

    readers = [threading.Thread(target=read, args=(place,)) for place in range(50)]
    server.stop()
    for reader in readers:
        reader.start()
    missing = get(pg_site.url + NOT_STORED)
    end.wait(60)
    end.set()
    for reader in readers:
        reader.join()

    good = [answer for answer, _seconds in answers if answer.status == 200]
    assert len(good) >= 0.99 * len(answers)
    assert max(seconds for _answer, seconds in answers) < 5
    assert Counter(answer.number for answer in good) == {last: len(good)}
    assert not any(answer.cookies for answer in good)
    assert (missing.status, missing.headers["Retry-After"]) == (503, "60")
    assert '<html lang="mn">' in missing.text
    server.start()
    come_back(pg_site)
    assert get(f"{pg_site.url}/en/").number > last


def test_a_database_that_hangs_keeps_nobody_waiting_for_long(pg_site, server):
    pg_site.start()
    store_pages(pg_site)
    answers = []

    def read(place):
        # Ten of them want a page that is not there; nobody waits for those who wait
        for _ in range(10):
            path = STORED[place % 4] if place % 3 else NOT_STORED
            answers.append(timed(pg_site.url + path))

    readers = [threading.Thread(target=read, args=(place,)) for place in range(30)]
    server.signal(signal.SIGSTOP)
    try:
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    finally:
        server.signal(signal.SIGCONT)

    assert Counter(answer.status for answer, _seconds in answers) == {200: 200, 503: 100}
    assert max(seconds for _answer, seconds in answers) < 5
    come_back(pg_site)


def test_a_start_without_a_database_shows_the_stored_pages(pg_site, server):
    pg_site.start()
    last = store_pages(pg_site)
    pg_site.stop()
    server.stop()

    pg_site.start()

    pages = [get(pg_site.url + path) for path in [*STORED, NOT_STORED]]
    assert [page.status for page in pages] == [200, 200, 200, 200, 503]
    assert {page.number for page in pages} == {last}
    server.start()
    come_back(pg_site)


def test_who_saves_meanwhile_is_told_in_their_language_and_sends_it_again(pg_site, server):
    pg_site.manage("migrate", "-v0")
    pg_site.manage("shell", "-v0", "-c", f"{MAKE}; from tests.factories import *; make_event()")
    pg_site.start()
    typist, told = Typist(pg_site), []

    def save(title):
        began = time.monotonic()
        status, text = typist.send_event(title, path=ADD_EVENT.replace("/en/", "/mn/"))
        told.append((status, KEPT in text))
        assert time.monotonic() - began < 8
        return status == 302

    def come_back(title):
        until = time.monotonic() + 20
        while not save(title):
            assert time.monotonic() < until

    server.stop()
    for _ in range(4):
        save("Saved after a stop")
    server.start()
    come_back("Saved after a stop")
    server.signal(signal.SIGSTOP)
    try:
        for _ in range(4):
            save("Saved after a freeze")
    finally:
        server.signal(signal.SIGCONT)
    come_back("Saved after a freeze")

    assert set(told) == {(503, True), (302, False)}
    assert told.count((302, False)) == 2
    there = tell(pg_site)
    assert there.keys() == {"Saved after a stop", "Saved after a freeze"}
    assert all(event["versions"] == [True] for event in there.values())
