"""Which files belong to the pictures in the database, and how they get back into the storage."""

from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage

from amnesty_site.backups.errors import BackupError
from amnesty_site.files import write_whole
from editorial.picture_store import is_whole, names_in
from editorial.pictures import Picture


def in_database():
    """The names of all originals and of all folders, as two sets. Reads the database alone."""
    return Picture.objects.files() - {""}, Picture.objects.folders() - {""}


def in_storage(originals, folders):
    """The names of all files to keep; and of the folders those that lack some by now."""
    names, lacking = set(originals), set()
    for folder in folders:
        inside = names_in(folder)
        names |= {f"{folder}/{name}" for name in inside}
        if not is_whole(inside):
            lacking.add(folder)
    return names, lacking


def put(name, path):
    """Stores a file under its own name. A name is never given to another picture, so that the
    site may go on showing what it shows."""
    if not isinstance(default_storage, FileSystemStorage):
        with path.open("rb") as file:
            default_storage.save(name, File(file))
        return
    try:
        target = Path(default_storage.path(name))
    except SuspiciousFileOperation as error:
        raise BackupError(f"The archive has a file where none can be: {name[:80]}.") from error
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, path.read_bytes())
