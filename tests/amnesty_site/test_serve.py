"""`manage.py serve`, which `script/server` ends in."""

import signal
from concurrent.futures import ThreadPoolExecutor

from tests.answers import get


def test_an_empty_folder_becomes_a_site_with_content(empty_site):
    empty_site.start()

    assert "1961" in get(f"{empty_site.url}/mn/history/").text
    log = empty_site.read_log()
    assert f"The site is at {empty_site.url}/" in log
    assert "createsuperuser" in log


def test_a_start_after_one_that_made_all_ready_makes_nothing_again(own_site):
    own_site.start()

    log = own_site.read_log()
    for long_step in ("Collecting", "Bringing the database", "Loading"):
        assert long_step not in log


def test_an_interrupt_stops_it_cleanly(own_site):
    process = own_site.start().process
    own_site.wait_for_workers()  # one that is only just beginning says what cut it off

    own_site.stop(signal.SIGINT)

    assert process.returncode == 0
    assert "Traceback" not in own_site.read_log()


def test_a_database_that_does_not_answer_is_named(own_site):
    own_site.environment["DATABASE_URL"] = "postgres://nobody@127.0.0.1:1/site"

    result = own_site.manage("serve", check=False)

    assert result.returncode == 1
    assert result.stderr.startswith("CommandError: The database does not answer: ")


def test_an_address_in_use_is_named_before_anything_is_made(site, own_site):
    own_site.environment["PORT"] = str(site.port)

    result = own_site.manage("serve", check=False)

    assert result.stderr == (
        f"CommandError: Cannot listen on 127.0.0.1, port {site.port}: Address already in use.\n"
    )


def test_two_first_starts_at_once_both_succeed(empty_site):
    with ThreadPoolExecutor(2) as starts:
        prepare = ("serve", "--prepare-only")
        results = list(starts.map(lambda _: empty_site.manage(*prepare, check=False), range(2)))

    assert [(result.returncode, result.stderr) for result in results] == [(0, ""), (0, "")]
    assert sum("Loading the first content" in result.stdout for result in results) == 1


def test_a_migration_of_entries_can_be_taken_back_and_is_made_again(own_site):
    """What is done after each migration does not ask for columns that are gone."""
    own_site.manage("migrate", "timeline", "0003", "--verbosity=0")

    assert own_site.manage("serve", "--prepare-only").stdout == "Bringing the database up to date\n"
