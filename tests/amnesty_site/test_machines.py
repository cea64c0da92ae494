"""Two machines with a disk each, one PostgreSQL, one Redis and one bucket are one site."""

import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.amnesty_site.test_uploads import MAKE
from tests.answers import get
from tests.bucket import contents
from tests.factories import picture_bytes
from tests.redis import needs_redis, running_redis
from tests.server import make_site
from tests.typist import Typist

pytestmark = [pytest.mark.postgresql, needs_redis]

YEAR = "/en/history/1961/"
PUBLISH = """
from django.utils import timezone
from timeline.models import TimelineEvent
TimelineEvent.objects.create(year=1961, title_en="{}", published_at=timezone.now())
"""
WITHDRAW = """
from editorial.pictures import Picture
from editorial.withdrawing import withdraw
withdraw(Picture.objects.get())
"""
FIRST_PAGE = "/en/admin/"


@pytest.fixture(scope="module")
def redis():
    with running_redis() as redis:
        yield redis


@pytest.fixture(scope="module")
def machines(tmp_path_factory, ready, store, redis):
    folder = tmp_path_factory.mktemp("machines")
    one = make_site(folder / "one", like=ready)
    database = one.environment["DATABASE_URL"]
    other = make_site(folder / "other", static_from=ready, database_url=database)
    shared = {"SECRET_KEY": "k3y" * 20, "MEDIA_STORAGE": store.new_bucket()}
    shared |= {"ALLOWED_HOSTS": "127.0.0.1", "HTTPS": "no"}  # else their addresses differ
    try:
        for machine in (one, other):
            machine.environment |= {**shared, "REDIS_URL": redis.url}
            machine.start()
        one.manage("shell", "-v0", "-c", MAKE)
        yield one, other
    finally:
        one.stop()
        other.stop()


def publish(machine, title):
    machine.manage("shell", "--no-imports", "-c", PUBLISH.format(title))
    time.sleep(1)


def shown(machines, title):
    """How often it is on the page, of twenty readers of each machine."""
    return [sum(title in get(m.url + YEAR).text for _ in range(20)) for m in machines]


def test_what_one_publishes_both_show_within_a_second(machines):
    assert shown(machines, "From the first") == [0, 0]
    publish(machines[0], "From the first")
    assert shown(machines, "From the first") == [20, 20]
    publish(machines[1], "From the second")
    assert shown(machines, "From the second") == [20, 20]


def test_both_hand_out_the_same_page_under_the_same_tag(machines):
    pages = [get(m.url + "/mn/history/", {"Cookie": "seen=1"}) for m in machines]
    first, second = (page.text.split('class="visitor"')[0] for page in pages)
    assert first == second
    assert pages[0].headers["ETag"] == pages[1].headers["ETag"]

    (address,) = re.findall(r'property="og:image" content="[^"]*?(/mn/share/[^"]+)"', pages[0].text)
    pictures = [get(machine.url + address) for machine in machines]
    assert [picture.status for picture in pictures] == [200, 200]
    assert pictures[0].body == pictures[1].body


def test_visitors_of_both_are_counted_exactly(machines):
    first = get(f"{machines[0].url}/en/").number + 1

    with ThreadPoolExecutor(20) as readers:
        numbers = readers.map(lambda n: get(f"{machines[n % 2].url}/en/").number, range(200))

    assert sorted(numbers) == list(range(first, first + 200))


def test_who_signed_in_at_one_goes_on_at_the_other_and_signs_out_of_both(machines):
    one, other = machines
    typist = Typist(one)
    assert [typist.open(FIRST_PAGE, machine)[0] for machine in machines] == [200, 200]
    assert typist.send(f"{FIRST_PAGE}logout/", {}, other)[0] == 200

    assert [typist.open(FIRST_PAGE, machine)[0] for machine in machines] == [302, 302]


def test_a_picture_sent_to_one_is_shown_and_withdrawn_by_both(machines):
    one, other = machines
    assert Typist(one).upload("photo.jpg", picture_bytes()) is None
    bucket = one.environment["MEDIA_STORAGE"]
    names = list(contents(bucket))

    assert {get(f"{m.url}/media/{name}").status for name in names for m in machines} == {200}
    other.manage("shell", "-v0", "-c", WITHDRAW)
    assert {get(f"{one.url}/media/{name}").status for name in names} == {404}
    assert contents(bucket) == {}


@pytest.mark.parametrize("trouble", ["frozen", "stopped"])
def test_nobody_notices_when_redis_goes(machines, redis, trouble):
    typist, waits = Typist(machines[0]), []

    def timed(ask, *args):
        began = time.monotonic()
        answer = ask(*args)
        waits.append(time.monotonic() - began)
        return answer

    redis.signal(signal.SIGSTOP) if trouble == "frozen" else redis.stop()
    try:
        read = [timed(get, m.url + YEAR).status for _ in range(50) for m in machines]
        worked = [timed(typist.open, FIRST_PAGE, m)[0] for _ in range(5) for m in machines]
        assert typist.save(f"Saved while {trouble}") == 302
        publish(machines[0], f"Redis was {trouble}")
        assert shown(machines, f"Redis was {trouble}") == [20, 20]
    finally:
        redis.signal(signal.SIGCONT) if trouble == "frozen" else redis.start()

    assert (set(read), set(worked)) == ({200}, {200})
    assert max(waits) < 3
