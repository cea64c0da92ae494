"""A site moves from SQLite to PostgreSQL and back, and is the same to the last row."""

from contextlib import closing

import psycopg2
import pytest

from tests.backups import run
from tests.postgres import running_server
from tests.whole_site import Folder

pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def server():
    with running_server() as server:
        yield server


@pytest.fixture(scope="module")
def database(server):
    """Makes an empty database of PostgreSQL: its address."""

    def database(name):
        connection = psycopg2.connect(server.url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        connection.close()
        return f"{server.url.rpartition('/')[0]}/{name}"

    return database


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A site with everything, on SQLite; the newest entry is gone again."""
    folder = tmp_path_factory.mktemp("first")
    first = Folder(folder, f"sqlite:///{folder / 'site.sqlite3'}")
    first.manage("migrate", "-v0")
    run(first, "fill")
    run(first, "add_and_delete")
    return first


def everything(site):
    """All but when which migration was applied, which each database knows of itself."""
    found = site.everything()
    del found["rows"]["django_migrations"]
    return found


def refusal(site, url):
    """What is told in the end of a move that fails."""
    done = site.manage("move_database", url, check=False)
    assert done.returncode == 1
    return done.stderr.strip().rpartition("\n")[2]


def test_a_site_moves_there_and_back_and_is_the_same(first, database, tmp_path):
    second = Folder(tmp_path / "second", database("second"))
    third = Folder(tmp_path / "third", f"sqlite:///{tmp_path / 'third.sqlite3'}")

    told = first.manage("move_database", second.site.environment["DATABASE_URL"]).stdout
    second.manage("move_database", third.site.environment["DATABASE_URL"])

    here = everything(first)
    assert everything(second) == here
    assert everything(third) == here
    rows = sum(map(len, here["rows"].values())) + 2  # who is signed in, or tried to
    assert told.startswith(f"moved and compared: {rows} rows. Set DATABASE_URL to the other")
    # Nobody gets the key, and with it the history, of an entry that is gone
    newest = run(first, "add_and_delete")
    assert (run(second, "add_and_delete"), run(third, "add_and_delete")) == (newest, newest)


def test_a_site_moves_into_an_empty_database_only(first, server, tmp_path):
    own = first.site.environment["DATABASE_URL"]
    assert refusal(first, own) == (
        "CommandError: The other database is not empty. Name one without any table."
    )
    assert "The other database must read sqlite:///PATH or" in refusal(first, "mysql://x/y")
    assert "The other database cannot be reached: " in refusal(first, f"{server.url}_missing")


def test_of_a_move_that_fails_nothing_is_there(first, database):
    url = database("unhappy")
    run(first, "spoil")

    assert "The other database does not take it: " in refusal(first, url)
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM timeline_timelineevent")
        assert cursor.fetchone() == (0,)
