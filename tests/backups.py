"""What processes of a site do in the drill of backups; run by `run(site, "name", …)`."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from itertools import count, islice
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from amnesty_site.backups import restoring, saving, sqlite
from amnesty_site.backups.errors import BackupError
from editorial.history import Version
from editorial.pictures import Picture
from editorial.signing_in.models import Tries
from editorial.withdrawing import withdraw
from tests.content_world import make_small_picture
from tests.factories import make_event
from tests.server import ROOT
from tests.whole_site import make_all, tables
from timeline.models import TimelineEvent


def command(name, *arguments, place=__name__):
    words = ", ".join(repr(str(argument)) for argument in arguments)
    code = f"import {__name__}, {place}; {__name__}.tell({place}.{name}({words}))"
    return ["shell", "--no-imports", "-c", code]


def run(site, name, *arguments, place=__name__):
    """What the function of that name, in the module `place`, returns in a process of the site's."""
    return json.loads(site.manage(*command(name, *arguments, place=place)).stdout)


def begin(site, name):
    """The process itself, while it goes on."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *command(name)],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def tell(value):
    print(json.dumps(value), flush=True)  # noqa: T201


def fill():
    make_all()
    make_small_picture()


def write_on():
    """Saves an entry again and again, and tells which save is done."""
    event = TimelineEvent.objects.get(slug="later")
    for number in count(1):
        event.title_en = f"Save {number}"
        event.save()
        tell(number)


def save_slowly(folder):
    """Saves the site a page of SQLite at a time; all pictures but one are withdrawn before the
    first file is read. What is missing in the end."""

    def slowly(files):
        for picture in Picture.objects.exclude(caption_en="C"):
            withdraw(picture)
        for file in files:
            time.sleep(0.03)
            yield file

    sqlite.PAGES = 1
    return saving.save(Path(folder), 2, slowly).missing


def moment():
    """The title that `write_on` gave last, in its three places, and the pictures' files."""
    event = TimelineEvent.objects.get(slug="later")
    versions = Version.objects.of(event).order_by("pk")
    files = [picture.file.name for picture in Picture.objects.all()]
    return event.title_en, versions.last().values["title_en"], versions.count(), files


def add_and_delete():
    """The key of an entry that is there for a moment."""
    event = make_event()
    key = event.pk
    event.delete()
    return key


def spoil():
    """Writes what SQLite takes and PostgreSQL does not."""
    TimelineEvent.objects.filter(slug="later").update(staff_note="\0")


def restore_earlier(folder):
    """Takes the site back some releases, saves it, and restores that in its own place: the first
    migration that lacks before, and in the end."""
    call_command("migrate", "visitors", "0002", verbosity=0)
    call_command("migrate", "timeline", "0005", verbosity=0)
    call_command("migrate", "signing_in", "zero", verbosity=0)
    before = lacking()
    call_command("restore", saving.save(Path(folder), 1).path, yes=True, stdout=io.StringIO())
    return before, lacking()


def lacking():
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration.name for migration, _back in plan]


def passing():
    """How many are signed in, and have tried to."""
    return Session.objects.count(), Tries.objects.count()


def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def in_a_child(work):
    """Has a child of this process do work that kills it."""
    connections.close_all()
    if not (child := os.fork()):
        try:
            work()
        finally:
            os._exit(1)  # it came to an end
    _child, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it was not killed"


class Dying:
    """Asked what is in it, it ends the process."""

    __contains__ = die


def after_two(files):
    yield from islice(files, 2)
    die()


def kill_restores(archive):
    """Kills one restore after the other, each a step later; for each whether the site is as it
    was. At the end whether one that was killed when the database was there has all that a whole
    one has, and what is left lying about."""

    def restore(progress=iter):
        restoring.restore(Path(archive), lambda manifest: True, progress)

    def until(module, name):
        setattr(module, name, die)
        restore()

    def in_the_middle():
        """SQLite's own copying is killed; PostgreSQL, which does it, fails at the last line."""
        sqlite.PAGES, sqlite.WAITS = 10, Dying()
        prepare = engine.prepare
        engine.prepare = lambda path: spoiled(prepare(path))
        try:
            restore()
        except BackupError:
            die()

    def spoiled(path):
        if path.suffix == ".sql":
            path.write_text(f"{path.read_text()}SELECT 1 / 0;\n")
        return path

    def media():
        return {str(path) for path in settings.MEDIA_ROOT.rglob("*.*")}

    engine = saving.ENGINES[connection.vendor]
    places = [
        lambda: until(restoring.archive, "check_members"),
        lambda: until(restoring.pictures, "put"),
        lambda: restore(after_two),
        lambda: until(engine, "load"),
        in_the_middle,
    ]
    old, files, as_it_was = tables(), media(), []
    for work in places:
        in_a_child(work)
        as_it_was.append(tables() == old and files <= media())
    in_a_child(lambda: until(restoring, "settle"))
    new = tables()
    call_command("restore", archive, yes=True, stdout=io.StringIO())
    left = [path.name for path in settings.DATA_DIR.iterdir() if "restoring" in path.name]
    return as_it_was, new == tables() != old, left


def kill_backup(folder):
    """Kills a backup among the files: the names in the folder before, then, and after another."""

    def names():
        return sorted(path.name for path in Path(folder).iterdir())

    before = names()
    in_a_child(lambda: saving.save(Path(folder), 1, after_two))
    then = names()
    saved = saving.save(Path(folder), 1)
    return before, then, names(), saved.path.name
