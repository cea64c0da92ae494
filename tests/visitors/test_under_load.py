"""The count on the real server, with many readers at once and with a sudden death."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from tests.answers import get
from visitors.models import FIRST_TOTAL


def visit(url):
    """The number a new reader is shown; None when the answer did not come."""
    try:
        answer = get(f"{url}/en/campaigns/")
    except (OSError, HTTPException):
        return None
    assert answer.line.startswith("You are the ")
    return answer.number


def test_three_hundred_visits_at_forty_in_parallel_are_exactly_three_hundred(own_site):
    own_site.start()
    with ThreadPoolExecutor(40) as readers:
        shown = list(readers.map(lambda _: visit(own_site.url), range(300)))

    assert sorted(shown) == list(range(887_767, 887_767 + 300))
    assert visit(own_site.url) == 887_767 + 300


def test_a_kill_loses_no_visit_that_was_shown(own_site):
    own_site.start()
    shown = []
    half = threading.Event()

    def read(_):
        shown.append(visit(own_site.url))
        if len(shown) >= 60:
            half.set()

    with ThreadPoolExecutor(20) as readers:
        readers.map(read, range(150))
        half.wait(60)
        own_site.stop(signal.SIGKILL)
    own_site.start()

    numbers = [number for number in shown if number is not None]
    assert len(numbers) >= 60
    assert len(set(numbers)) == len(numbers)
    assert visit(own_site.url) > max(numbers)


def test_a_worker_that_is_killed_loses_no_visit_and_is_replaced(own_site):
    own_site.start().wait_for_workers()  # else the one that is killed may be alone
    shown, enough = [], threading.Event()

    def read(_):
        shown.append(visit(own_site.url))
        if len(shown) == 100:
            enough.set()

    with ThreadPoolExecutor(20) as readers:
        readers.map(read, range(600))
        enough.wait(60)
        killed = own_site.workers()[0]
        os.kill(killed, signal.SIGKILL)

    numbers = [number for number in shown if number is not None]
    assert len(numbers) > 500
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < visit(own_site.url) <= FIRST_TOTAL + 601
    until = time.monotonic() + 20
    while killed in own_site.workers() or len(own_site.workers()) < 2:
        assert time.monotonic() < until, "the worker was not replaced"
        time.sleep(0.1)
