"""A site moves from SQLite to PostgreSQL and back, and is the same to the last row."""

import json

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
        return server.url.replace("/postgres", f"/{name}").replace(f"/{name}:", "/postgres:")

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


def test_a_site_moves_there_and_back_and_is_the_same(first, database, tmp_path):
    second = Folder(tmp_path / "second", database("second"))
    third = Folder(tmp_path / "third", f"sqlite:///{tmp_path / 'third.sqlite3'}")

    told = first.manage("move_database", second.site.environment["DATABASE_URL"]).stdout
    second.manage("move_database", third.site.environment["DATABASE_URL"])

    here = everything(first)
    assert everything(second) == here
    assert everything(third) == here
    assert told.startswith(f"moved and compared: {moved(here)} rows. Set DATABASE_URL to the other")
    # Nobody gets the history of an entry that is gone
    newest = run(first, "add_and_delete")
    assert (run(second, "add_and_delete"), run(third, "add_and_delete")) == (newest, newest)
