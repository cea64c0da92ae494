"""Puts an archive in the place of the site: all of it or nothing, also when it is broken off.

Files of pictures come first, each under a name that no other picture ever had, so that the site
shows what it showed; the database follows in one transaction, and with it the restored site.
"""

import fcntl
import shutil
from contextlib import contextmanager

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader

from amnesty_site.backups import archive, pictures
from amnesty_site.backups.errors import BackupError, UnfinishedError
from amnesty_site.backups.saving import ENGINES
from editorial.picture_store import remove_strays
from editorial.searching import Searched


def restore(path, may_replace, progress=iter):
    """Restores the archive at `path`; returns its manifest and how many files it has, or None
    where `may_replace`, which is given the manifest and asked only where there is a site, says no.

    BackupError or OSError, with the site as it was, where the archive is not whole or not for
    this site; UnfinishedError where it is restored and something is left to do. `progress` is
    given the list of files and must yield each.
    """
    with alone() as folder:
        manifest, members = archive.unpack(path, folder)
        check(manifest, members)
        if connection.introspection.table_names() and not may_replace(manifest):
            return None
        engine = ENGINES[connection.vendor]
        prepared = engine.prepare(members[engine.MEMBER])
        files = [name for name in members if name.startswith(archive.MEDIA)]
        for name in progress(files):
            pictures.put(name.removeprefix(archive.MEDIA), members[name])
        engine.load(prepared)
        settle()
    return manifest, len(files)


def settle():
    """Fits the rest to the database that is there by now, and renews the content's generation."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
        ContentType.objects.clear_cache()
        Searched.objects.update(is_sent=False)  # a search server knows texts of another time
        remove_strays(set.union(*pictures.in_database()))
    except (OSError, Error) as error:
        raise UnfinishedError(
            f"The archive is in its place, but not all is tidy: {error}. Run script/manage "
            "migrate and script/manage make_renditions."
        ) from error


@contextmanager
def alone():
    """A folder for what is unpacked; nobody else restores this site meanwhile."""
    unpacked = settings.DATA_DIR / "restoring"
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "restore.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError("This site is just being restored by somebody else.") from error
        shutil.rmtree(unpacked, ignore_errors=True)
        unpacked.mkdir(mode=0o700)
        try:
            yield unpacked
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)


def check(manifest, members):
    """Refuses an archive that this site cannot be made from."""
    engine = manifest["engine"]
    if engine != connection.vendor:
        where = "with an empty database of its own kind as DATABASE_URL"
        raise BackupError(
            f"The archive has a database of {engine} and this site uses {connection.vendor}. "
            f"Restore it {where}, then take it here with script/manage move_database."
        )
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest["migrations"]) - known):
        raise BackupError(
            f"A newer release of this site made the archive ({newer[0]} is unknown here). Upgrade "
            "the site, then restore."
        )
    if ENGINES[engine].MEMBER not in members:
        raise BackupError("The archive has no database.")
