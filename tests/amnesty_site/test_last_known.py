"""What a process goes by is never older than it may be, and no lock of somebody else's hides it."""

import errno
import fcntl
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from amnesty_site.last_known import WAIT, LastKnown
from amnesty_site.shelf import fingerprint_release
from editorial.generation import GenerationManager
from tests.factories import make_event
from visitors.models import FIRST_TOTAL, VisitorCountManager

YEAR = "/en/history/1961/"


def test_readers_who_come_together_after_a_quiet_time_all_see_what_is_new(monkeypatch, tmp_path):
    known = LastKnown(tmp_path / "known", "release")
    known.generation, known.ask_at = "of yesterday", time.monotonic() - 3600

    def answer_slowly(manager):
        time.sleep(0.2)
        return "of today"

    monkeypatch.setattr(GenerationManager, "current", answer_slowly)
    monkeypatch.setattr(VisitorCountManager, "total", lambda manager: 1)

    def read(_):
        known.refresh()
        return known.generation

    with ThreadPoolExecutor(20) as readers:
        assert set(readers.map(read, range(20))) == {"of today"}


@pytest.mark.django_db(transaction=True)
def test_staff_see_their_drafts_while_visits_cannot_be_counted(process, admin_client, monkeypatch):
    make_event(year=1961)
    make_event(year=1961, title_en="A draft", published_at=None)
    staff, reader = process.reader(), process.reader()
    staff.cookies[settings.SESSION_COOKIE_NAME] = admin_client.cookies["sessionid"].value

    def fail(manager, number, connection):
        raise OperationalError("database is locked")

    monkeypatch.setattr(VisitorCountManager, "add_visits", fail)

    assert reader.get(YEAR).line == "887,766 visitors so far"
    assert "A draft" in staff.get(YEAR).text


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_visitor_does_not_wait_long_for_another_process_that_counts(tmp_path):
    known, other = (LastKnown(tmp_path / "known", "release") for _ in range(2))
    known.refresh()
    with ThreadPoolExecutor() as threads:
        with other.turn:
            first = threads.submit(known.add_visit)
            time.sleep(WAIT / 2)
            second = threads.submit(known.add_visit)
            time.sleep(WAIT)
        numbers = [first.result(), second.result(), known.add_visit()]
    known.count_at = 0  # some seconds later
    numbers.append(known.add_visit())
    known.counter.close()

    assert numbers == [None, None, None, FIRST_TOTAL + 1]


def take_no_files(folder, monkeypatch):
    folder.write_text("no folder")


def take_no_locks(folder, monkeypatch):
    def refuse(descriptor, operation):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)


@pytest.mark.sqlite
@pytest.mark.parametrize("disk", [take_no_files, take_no_locks])
@pytest.mark.django_db(transaction=True)
def test_visits_are_counted_whatever_the_disk_takes(tmp_path, monkeypatch, disk):
    disk(tmp_path / "pages", monkeypatch)
    known = LastKnown(tmp_path / "pages" / "known", "release")
    known.refresh()

    assert [known.add_visit(), known.add_visit()] == [FIRST_TOTAL + 1, FIRST_TOTAL + 2]
    known.counter.close()


@pytest.mark.postgresql  # that of SQLite is in memory, and no connection to it ends
@pytest.mark.django_db(transaction=True)
def test_the_first_visitor_after_a_loss_of_the_database_is_counted(tmp_path):
    known = LastKnown(tmp_path / "known", "release")
    known.refresh()
    assert known.add_visit() == FIRST_TOTAL + 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(%s)", [known.counter.connection.info.backend_pid]
        )
    known.lose()
    known.is_reachable = True  # it is back

    assert known.add_visit() == FIRST_TOTAL + 2
    known.counter.close()


def test_what_a_process_knew_is_there_for_the_next_of_the_same_release(tmp_path):
    first, same, other = (LastKnown(tmp_path / "known", name) for name in "aab")
    first.generation, first.total = "g", 887_800
    first.write()
    for known in (same, other):
        known.read()

    assert (same.generation, same.total) == ("g", 887_800)
    assert (other.generation, other.total) == (None, None)


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b"\xff", b'{"release": "a"}'])
def test_what_was_known_and_cannot_be_read_is_forgotten(tmp_path, damaged):
    (tmp_path / "known").write_bytes(damaged)
    known = LastKnown(tmp_path / "known", "a")

    known.read()

    assert known.generation is None


def test_another_key_or_section_makes_another_release(settings):
    releases = [fingerprint_release()]
    settings.SECRET_KEY = "another"
    releases.append(fingerprint_release())
    settings.SECTION = "nepal"
    releases.append(fingerprint_release())

    assert len(set(releases)) == 3
    assert releases[-1] == fingerprint_release()
