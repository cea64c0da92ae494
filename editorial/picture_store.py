"""The files of a picture: its original, and in a folder beside it what pages show.

Names are made here and cannot be guessed. The folder is named after the original and the focal
point, so what has been made once is found again: the admin makes it before the transaction that
needs it, as it takes seconds and a database may have one writer.
"""

import secrets
from datetime import timedelta
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial import picture_files

FOLDER = "pictures"
NOT_STORED = _(
    "The picture could not be stored: the disk is full, or the storage does not answer. Nothing "
    "was changed. Try again later, and tell whoever looks after the site."
)


def new_name():
    return f"{FOLDER}/{secrets.token_urlsafe(12)}.jpg"


def store(file, focal):
    """Cleans an upload and stores it with what pages show: its name, width and height.

    `focal` is in hundredths. ValidationError, with nothing left behind, where it is refused or
    cannot be stored.
    """
    cleaned, name = picture_files.clean(file), new_name()
    try:
        default_storage.save(name, ContentFile(cleaned.data))
        make(name, focal)
    except (OSError, ValidationError) as error:
        remove(name)
        raise refusal(error) from error
    return name, cleaned.width, cleaned.height


def refusal(error):
    """What people are told when a picture could not be stored."""
    return error if isinstance(error, ValidationError) else ValidationError(NOT_STORED)


def folder_for(name, focal):
    x, y = focal
    return f"{FOLDER}/{PurePosixPath(name).stem}-{x}-{y}"


def make(name, focal):
    """Makes what pages show of a stored original, unless it is there: its folder, and by slot the
    sizes there are. OSError or ValidationError, with no folder left behind."""
    folder = folder_for(name, focal)
    if not (names := names_in(folder)):
        with default_storage.open(name) as file:
            data = file.read()
        try:
            for rendition in picture_files.renditions(data, [part / 100 for part in focal]):
                size = f"{rendition.width}x{rendition.height}"
                names.append(f"{rendition.slot}-{size}.{rendition.suffix}")
                default_storage.save(f"{folder}/{names[-1]}", ContentFile(rendition.data))
        except BaseException:
            remove_folder(folder)
            raise
    return folder, sizes_of(names)


def sizes_of(names):
    """{"card": [[400, 300], …]} of names such as "card-400x300.avif"."""
    sizes = {}
    for name in names:
        slot, _dash, size = PurePosixPath(name).stem.partition("-")
        sizes.setdefault(slot, set()).add(tuple(map(int, size.split("x"))))
    return {slot: sorted(map(list, some)) for slot, some in sorted(sizes.items())}


def names_in(folder):
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def remove_folder(folder):
    for name in names_in(folder):
        default_storage.delete(f"{folder}/{name}")
    if folder:
        default_storage.delete(folder)


def remove(name, but=""):
    """Deletes an original and all that was made of it, but the folder `but` where that is given:
    then the original stays, too."""
    stem = PurePosixPath(name).stem
    try:
        folders = default_storage.listdir(FOLDER)[0]
    except FileNotFoundError:
        folders = []
    for folder in folders:
        if folder.rsplit("-", 2)[0] == stem and f"{FOLDER}/{folder}" != but:
            remove_folder(f"{FOLDER}/{folder}")
    if not but and name:
        default_storage.delete(name)


def remove_strays(known, older_than=timedelta(hours=1)):
    """Deletes originals that are not in `known`, with what was made of them; those just stored
    may still get their row. Returns how many."""
    latest = timezone.now() - older_than
    strays = [
        f"{FOLDER}/{name}"
        for name in names_in(FOLDER)
        if f"{FOLDER}/{name}" not in known
        and default_storage.get_modified_time(f"{FOLDER}/{name}") < latest
    ]
    for name in strays:
        remove(name)
    return len(strays)
