"""Writes the whole site into a new archive while everybody goes on working."""

import fcntl
import os
import re
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from amnesty_site.backups import pictures, postgresql, sqlite
from amnesty_site.backups.archive import MEDIA, SETTINGS, Writer, checksum, checksum_path
from amnesty_site.backups.errors import BackupError
from amnesty_site.files import write_whole

ENGINES = {"sqlite": sqlite, "postgresql": postgresql}
# Models whose rows are of the hour: nobody is to be signed in by a backup
PASSING = ["sessions.Session", "signing_in.Tries"]
# What the archive tells of the settings; of addresses neither key nor password
HARMLESS = ["ALLOWED_HOSTS", "DATA_DIR", "HOST", "HTTPS", "PORT", "SECTION"]
ADDRESSES = ["DATABASE_URL", "EMAIL_URL", "MEDIA_STORAGE", "REDIS_URL", "SEARCH_URL"]
ATTEMPTS, PAUSE = 3, 1  # seconds; a picture's files go shortly before its row does


@dataclass
class Saved:
    path: Path
    files: int  # of pictures
    missing: list  # the names of files and folders that pictures lack


def save(folder, keep, progress=iter):
    """Writes a new archive into `folder`, and then deletes all but the newest `keep` that the
    same section's site has there. BackupError or OSError, with what was there still there.
    `progress` is given the list of files and must yield each."""
    folder = folder.resolve()
    for public in (settings.MEDIA_ROOT, settings.STATIC_ROOT, settings.BASE_DIR / "static"):
        if folder.is_relative_to(public):
            raise BackupError(f"{folder} is open to all readers. Name another folder.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone_in(folder) as unfinished:
        partial = unfinished / "archive"
        with Writer(partial) as archive:
            missing, written = collect(archive, unfinished, progress)
        path = folder / f"{stem()}-{timezone.now():%Y%m%d-%H%M%S}.tar.gz"
        write_whole(checksum_path(path), f"{checksum(partial)}  {path.name}\n".encode())
        checksum_path(path).chmod(0o600)
        partial.replace(path)
        rotate(folder, keep, path)
    return Saved(path, len(written), sorted(missing))


@contextmanager
def alone_in(folder):
    """A folder for what is not finished yet. Whoever ended before its end left theirs there."""
    unfinished = folder / f".{stem()}-unfinished"
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise BackupError(f"Another backup is just being written into {folder}.") from error
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        yield unfinished
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        os.close(descriptor)


def stem():
    return f"amnesty-{settings.SECTION}"


def collect(archive, unfinished, progress):
    """Fills the archive: the names of files that pictures lack, and of those it has.

    The database comes first, then the files it names. When some of them are gone by then, as a
    picture was withdrawn or replaced, the database is taken again: the last one names no file
    that is not in the archive. No name is ever given to another picture.
    """
    engine, written = ENGINES[connection.vendor], set()
    database = unfinished / engine.MEMBER
    for attempt in range(ATTEMPTS):
        time.sleep(PAUSE if attempt else 0)
        database.unlink(missing_ok=True)
        with engine.snapshot() as copy:
            originals, folders = pictures.in_database()
            about = describe(connection)
            copy(database, passing_tables())
        names, missing = pictures.in_storage(originals, folders)
        for name in progress(sorted(names - written)):
            try:
                with default_storage.open(name) as file:
                    archive.add(MEDIA + name, file, file.size)
                written.add(name)
            except FileNotFoundError:
                missing.add(name)
        if not missing:
            break
    archive.add_json(SETTINGS, harmless_settings(os.environ))
    archive.add_path(engine.MEMBER, database)
    archive.finish(about)
    return missing, written


def describe(connection):
    """What a restore has to know before it begins."""
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "engine": connection.vendor,
        "migrations": sorted(".".join(key) for key in applied),
    }


def passing_tables():
    """Those of `PASSING` that are there: before an upgrade some may be still to come."""
    tables = {apps.get_model(label)._meta.db_table for label in PASSING}
    return sorted(tables & set(connection.introspection.table_names()))


def harmless_settings(environment):
    """The settings of the site by name, for people who build it anew; no secret is in them."""
    told = {name: environment[name] for name in HARMLESS if name in environment}
    for name in ADDRESSES:
        if address := environment.get(name):
            parts = urlsplit(address)
            host = parts.netloc.rpartition("@")[2]
            told[name] = f"{parts.scheme}://{host}{parts.path}"
    return told


def rotate(folder, keep, new):
    """Deletes the oldest archives. No other file is ever touched, nor one that people renamed."""
    form = re.compile(re.escape(stem()) + r"-\d{8}-\d{6}\.tar\.gz")
    others = sorted(path for path in folder.iterdir() if form.fullmatch(path.name) and path != new)
    for path in others[: max(0, len(others) - keep + 1)]:
        path.unlink()
        checksum_path(path).unlink(missing_ok=True)
