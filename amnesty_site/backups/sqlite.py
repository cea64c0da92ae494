"""An SQLite database out of a site that runs and back into it, by SQLite's own online backup."""

import sqlite3
from contextlib import closing, contextmanager
from time import monotonic

from django.db import connection

from amnesty_site.backups.errors import BackupError
from amnesty_site.backups.migrating import migrate

MEMBER = "database.sqlite3"
PAGES = 250  # of each step, a megabyte
PATIENCE = 30  # seconds for other writers to make room
WAITS = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def snapshot():
    """Within it this process reads one state of the database, however much others write; yields
    what copies that state: a function of a path, and of the tables whose rows stay out."""
    connection.ensure_connection()
    database = connection.connection
    database.execute("BEGIN")  # Django's own would keep others from writing
    try:
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the state is of now
        yield copy
    finally:
        database.rollback()


def copy(path, without):
    with closing(sqlite3.connect(path)) as made:
        connection.connection.backup(made, pages=PAGES)
        for table in without:
            made.execute(f"DELETE FROM {table}")
        made.commit()
        made.execute("PRAGMA journal_mode = DELETE")
        made.execute("VACUUM")  # deleted rows are still to be read in a file until then


def prepare(path):
    """Brings a copy up to date, in a folder of its own. BackupError where it cannot be."""
    with closing(sqlite3.connect(path)) as database:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError("The database in the archive is damaged.")
    folder = path.with_name("updating")
    folder.mkdir()
    updated = path.replace(folder / "site.sqlite3")
    migrate(DATA_DIR=str(folder), DATABASE_URL=None)
    return updated


def load(path):
    """Puts a whole database in the place of the site's, in one transaction: who reads meanwhile
    sees one or the other, and so does who comes after a kill."""
    until = monotonic() + PATIENCE

    def wait(status, remaining, total):
        if status in WAITS and monotonic() > until:
            raise BackupError("Somebody has been writing to the database for too long. Try again.")

    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as database:
        database.backup(connection.connection, pages=PAGES, progress=wait)
