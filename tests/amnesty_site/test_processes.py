"""Several processes are one site: what one writes the others show, and one makes a page for all."""

import http.client
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from django.http import HttpResponse

from amnesty_site import shelf
from tests.answers import get
from tests.reader import Process

YEAR = "/en/history/1961/"
PUBLISH = """
from django.utils import timezone
from timeline.models import TimelineEvent
TimelineEvent.objects.create(year=1961, title_en="Just published", published_at=timezone.now())
"""
WITHDRAW = "TimelineEvent.objects.filter(title_en='Just published').update(published_at=None)"


def read(site):
    return "Just published" in get(site.url + YEAR).text


def test_what_another_process_publishes_shows_on_every_worker_within_a_second(own_site):
    own_site.start()
    shown = [read(own_site) for _ in range(20)]
    for code in (PUBLISH, f"from timeline.models import TimelineEvent\n{WITHDRAW}"):
        own_site.manage("shell", "--no-imports", "-c", code)
        time.sleep(1)
        shown += [read(own_site) for _ in range(20)]

    assert shown == [False] * 20 + [True] * 20 + [False] * 20


def test_a_stop_finishes_what_is_being_answered(own_site):
    own_site.start()
    connections = [
        http.client.HTTPConnection("127.0.0.1", own_site.port, timeout=20) for _ in range(8)
    ]
    for place, connection in enumerate(connections):
        connection.request("GET", f"/en/history/{1961 + place}/")  # none of them is stored
    time.sleep(0.01)

    own_site.stop()

    answers = [connection.getresponse() for connection in connections]
    pages = [answer.read().decode() for answer in answers]
    for connection in connections:
        connection.close()
    assert [answer.status for answer in answers] == [200] * 8
    assert all(page.endswith("</html>\n") for page in pages)


def test_a_thousand_readers_after_a_change_cause_one_rendering():
    made = []

    def render(environ, start_response):
        made.append(environ["PATH_INFO"])
        time.sleep(0.3)
        return HttpResponse("<p>1961 <!-- visitor line: en --></p>")

    processes = [Process(), Process()]
    for process in processes:
        process.store.application = render
        process.store.known.generation = "the same for both"
        process.store.known.ask_at = float("inf")

    def read(place):
        return processes[place % 2].reader(cookie="seen=1").get(YEAR).status

    with ThreadPoolExecutor(40) as readers:
        statuses = Counter(readers.map(read, range(1000)))

    assert (made, statuses) == ([YEAR], {200: 1000})
    for process in processes:
        process.store.background.shutdown()


def test_a_process_that_hangs_while_it_makes_a_page_does_not_keep_it_from_others(monkeypatch):
    monkeypatch.setattr(shelf, "MAKING", 0.2)
    made = []

    def make():
        with shelf.Shelf("generation", "release").lock(YEAR):
            made.append(YEAR)

    with shelf.Shelf("generation", "release").lock(YEAR):
        other = threading.Thread(target=make, daemon=True)
        other.start()
        other.join(10)
        assert made == [YEAR]
