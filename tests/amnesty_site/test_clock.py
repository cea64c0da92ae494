"""A clock that jumps under the running server: nobody gets a fault, and time goes on from there."""

import time
from pathlib import Path

import pytest

from tests.amnesty_site.test_uploads import MAKE
from tests.answers import get
from tests.typist import Typist

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.skipif(not LIBRARY, reason="no faketime; on Debian: apt-get install faketime"),
]

FIRST_PAGE = "/en/admin/"
READ = ["/en/", "/mn/history/", "/en/history/1961/", "/en/feed.xml", "/en/history/1975/"]
SCHEDULE = """
from datetime import timedelta
from django.utils import timezone
from editorial import drafts
from timeline.models import TimelineEvent
soon, before = timezone.now() + timedelta(minutes=20), timezone.now() - timedelta(days=1)
TimelineEvent.objects.create(year=1961, title_en="An entry that comes", published_at=soon)
event = TimelineEvent.objects.create(year=1961, title_en="Before", published_at=before)
drafts.keep(event, {"title_en": "A change that comes"}, {"en"}, soon)
"""
PUBLISH = """
from datetime import timedelta
from django.utils import timezone
from timeline.models import TimelineEvent
before = timezone.now() - timedelta(days=1)
TimelineEvent.objects.create(year=1961, title_en="Just published", published_at=before)
"""


class Clock:
    """That of a site, which reads it from a file."""

    def __init__(self, site):
        self.path = site.data_dir / "clock"
        self.jump("+2h")  # so that an hour back the first content is there already
        site.environment |= {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self.path),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def jump(self, offset):
        self.path.write_text(f"{offset}\n")


@pytest.fixture
def clock(own_site):
    return Clock(own_site)


def look(site, typist):
    """What twenty readers and somebody at the desk find, when a second has passed."""
    time.sleep(2.2)
    pages = [get(site.url + path) for path in READ * 4]
    year = pages[2].text
    titles = ["An entry that comes", "A change that comes", "Just published"]
    number = pages[0].number
    assert {page.status for page in pages} == {200}
    assert [p.number for p in pages if p.line] == list(range(number, number + 16))
    return typist.open(FIRST_PAGE)[0], [title in year for title in titles]


def test_a_clock_that_jumps(own_site, clock):
    own_site.start()
    own_site.manage("shell", "-v0", "-c", MAKE)
    own_site.manage("shell", "--no-imports", "-v0", "-c", SCHEDULE)
    typist = Typist(own_site)

    assert look(own_site, typist) == (200, [False, False, False])

    clock.jump("+1h")
    own_site.manage("shell", "--no-imports", "-v0", "-c", PUBLISH)
    assert look(own_site, typist) == (200, [False, False, True])
    assert typist.save("Saved an hour ago") == 302

    clock.jump("+150m")  # across its time
    assert look(own_site, typist) == (200, [True, True, True])

    clock.jump("+2h")  # what became public stays; what has its time waits for it again
    assert look(own_site, typist) == (200, [False, True, True])

    clock.jump("+1y")
    assert look(own_site, typist) == (302, [True, True, True])
    later = Typist(own_site)
    assert later.save("Saved in a year") == 302

    clock.jump("+2h")
    assert look(own_site, later) == (200, [False, True, True])
    assert later.save("Saved today") == 302
    assert "Traceback" not in own_site.read_log()
