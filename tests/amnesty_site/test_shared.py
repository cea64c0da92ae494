"""What machines share through a real Redis, and that none of them needs it."""

import signal
import threading
import time
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured

from amnesty_site import environment, shared
from amnesty_site.environment import make_cache
from amnesty_site.last_known import ASK_EVERY, LastKnown
from amnesty_site.shared import PATIENCE, Shared
from editorial.generation import GenerationManager
from tests.redis import needs_redis, running_redis
from visitors.models import VisitorCountManager

pytestmark = [pytest.mark.postgresql, needs_redis]

POSTGRESQL = {"ENGINE": "django.db.backends.postgresql", "NAME": "site"}


@pytest.fixture(scope="module")
def server():
    with running_redis() as server:
        yield server


@pytest.fixture
def redis(server, settings, monkeypatch):
    """The server, with nothing in it, as that of the running test's site."""
    server.client.flushall()
    monkeypatch.setattr(shared, "line", shared.Redialling())
    settings.REDIS_URL = server.url
    settings.CACHES = {"default": make_cache(server.url, POSTGRESQL, "key")}
    yield server
    server.signal(signal.SIGCONT)


@pytest.fixture
def database(monkeypatch):
    """Says `said`, and how often it was asked; `busy` keeps it from answering while it is set."""
    database = SimpleNamespace(said=["g", 1], asked=0, busy=threading.Lock())

    def current(manager):
        database.asked += 1
        said = database.said[0]
        with database.busy:
            return said

    monkeypatch.setattr(GenerationManager, "current", current)
    monkeypatch.setattr(VisitorCountManager, "total", lambda manager: database.said[1])
    return database


@pytest.fixture
def processes(redis, tmp_path):
    """What five processes of different machines know."""
    return [LastKnown(tmp_path / f"{place}", "release") for place in range(5)]


def known_to(processes):
    for process in processes:
        process.refresh()
    return {(process.generation, process.total) for process in processes}


def wait_for(database, asked):
    until = time.monotonic() + 5
    while database.asked < asked:
        assert time.monotonic() < until
        time.sleep(0.01)


def wait_until(due):
    assert due - time.monotonic() < 1
    time.sleep(max(0, due - time.monotonic()) + 0.01)


def test_one_process_asks_the_database_for_all(processes, database):
    assert known_to(processes) == {("g", 1)}
    assert known_to(processes) == {("g", 1)}
    assert database.asked == 1

    database.said = ["h", 2]
    wait_until(max(process.ask_at for process in processes))

    assert known_to(processes) == {("h", 2)}
    assert database.asked == 2


def test_what_is_told_holds_no_longer_than_what_was_asked(processes, database):
    began = time.monotonic()
    with database.busy:
        asking = threading.Thread(target=processes[0].refresh)
        asking.start()
        time.sleep(ASK_EVERY / 2)
    asking.join()
    known_to(processes)

    assert max(process.ask_at for process in processes[1:]) <= began + ASK_EVERY + 0.05


def test_nobody_waits_long_for_who_asks(processes, database):
    first, second, *_others = processes
    second.generation, second.total = "before", 0
    second.ask_at = time.monotonic()
    with database.busy:
        asking = threading.Thread(target=first.refresh, daemon=True)
        asking.start()
        wait_for(database, 1)
        second.refresh()
        assert (second.generation, database.asked) == ("before", 1)
        wait_until(second.ask_at + 0.25)
        asks_itself = threading.Thread(target=second.refresh, daemon=True)
        asks_itself.start()
        wait_for(database, 2)
    asking.join(), asks_itself.join()

    assert (second.generation, database.asked) == ("g", 2)


def test_who_tells_too_late_tells_nothing(redis):
    slow, quick, other = (Shared(0.1) for _ in range(3))
    turn = slow.turn()
    time.sleep(0.15)
    assert quick.turn().token  # which is for who asks after that
    slow.tell(turn, "old", 1)

    assert other.turn()[::2] == (None, None)


def test_what_a_frozen_redis_hears_afterwards_is_forgotten(redis):
    one, other = Shared(0.3), Shared(0.3)
    turn = one.turn()
    redis.signal(signal.SIGSTOP)
    one.tell(turn, "old", 1)  # it waits in the connection
    time.sleep(0.3)
    redis.signal(signal.SIGCONT)
    time.sleep(0.05)
    shared.line.rests_until = 0

    assert other.turn().answer is None


def test_an_answer_that_would_hold_too_long_is_none(redis):
    """As one is when the clock of Redis goes back."""
    one = Shared(0.3)
    one.tell(one.turn(), "g", 1)
    redis.client.pexpire(one.key, 3_600_000)

    assert one.turn() is None
    assert one.turn().token


def test_the_number_of_visitors_does_not_go_back(processes, database, monkeypatch):
    one, other = processes[:2]
    known_to([one])
    monkeypatch.setattr(VisitorCountManager, "add_visits", lambda manager, number, connection: 7)
    other.generation = "g"
    assert other.add_visit() == 7
    other.refresh()
    assert other.total == 7

    database.said = ["g", 3]  # somebody has set it back
    wait_until(other.ask_at)
    assert known_to([other]) == {("g", 3)}


@pytest.mark.parametrize("trouble", ["stopped", "frozen", "emptied"])
def test_without_redis_each_asks_the_database(processes, database, redis, trouble):
    known_to(processes)
    {"stopped": redis.stop, "frozen": lambda: redis.signal(signal.SIGSTOP)}.get(
        trouble, redis.client.flushall
    )()
    database.said = ["h", 2]
    wait_until(max(process.ask_at for process in processes))
    began = time.monotonic()

    try:
        assert known_to(processes) == {("h", 2)}
        assert time.monotonic() - began < 5 * PATIENCE
        assert database.asked == (2 if trouble == "emptied" else 6)
    finally:
        if trouble == "stopped":
            redis.start()


def test_the_cache_is_for_all_and_for_a_minute_at_most(redis):
    cache = caches.create_connection("default")
    cache.set("session", {"user": 1}, 3600)
    cache.set("number", 1, None)

    assert caches.create_connection("default").get("session") == {"user": 1}
    assert cache.incr("number") == 2
    assert [0 < redis.client.ttl(key) <= 60 for key in redis.client.scan_iter()] == [True] * 2


def test_the_cache_of_a_redis_that_hangs_is_empty_and_costs_one_wait(redis, caplog):
    cache = caches.create_connection("default")
    cache.set("session", "kept")
    redis.signal(signal.SIGSTOP)
    began = time.monotonic()

    for _ in range(50):
        assert cache.get("session", "none") == "none"
        cache.set("session", "new")
        assert (cache.delete("session"), cache.get_many(["session"])) == (False, {})
        assert (cache.has_key("session"), cache.add("session", 1)) == (False, True)
    with pytest.raises(ValueError, match="not found"):
        cache.incr("number")

    assert time.monotonic() - began < 3 * PATIENCE
    told = [record.getMessage() for record in caplog.records]
    assert [text.startswith("Redis does not answer") for text in told] == [True]


def test_another_site_on_the_same_redis_finds_nothing(redis, settings):
    caches.create_connection("default").set("session", "kept")
    settings.CACHES = {"default": make_cache(redis.url, POSTGRESQL, "another key")}

    assert caches.create_connection("default").get("session") is None


def test_a_start_without_the_package_of_redis_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match="script/bootstrap requirements"):
        make_cache("rediss://:word@redis.example:6380/1", POSTGRESQL, "key")
