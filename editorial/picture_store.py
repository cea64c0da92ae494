"""The files of a picture: its original, and in a folder beside it what pages show.

Names are made here and cannot be guessed. The folder is named after the original and the focal
point, so what has been made once is found again: the admin makes it before the transaction that
needs it, as it takes seconds and a database may have one writer.
"""

import logging
import secrets
from contextlib import suppress
from datetime import timedelta
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial import picture_files
from editorial.picture_worker import KINDS, SLOTS

logger = logging.getLogger("django.editorial")

FOLDER = "pictures"
NOT_STORED = _(
    "The picture could not be stored: the disk is full, or the storage does not answer. Nothing "
    "was changed. Try again later, and tell whoever looks after the site."
)
NOT_REMOVED = _(
    "The storage does not answer, so not all is gone. Do the same again later, and tell whoever "
    "looks after the site."
)


def new_name():
    return f"{FOLDER}/{secrets.token_urlsafe(12)}.jpg"


def store(file, focal):
    """Cleans an upload and stores it with what pages show: its name, width and height.

    `focal` is in hundredths. ValidationError, with nothing left behind, where it is refused or
    cannot be stored; OSError where it has not even arrived.
    """
    cleaned, name = picture_files.clean(file), new_name()
    try:
        default_storage.save(name, ContentFile(cleaned.data))
        make(name, focal)
    except (OSError, ValidationError) as error:
        remove_if_possible(name)
        raise refusal(error) from error
    return name, cleaned.width, cleaned.height


def refusal(error):
    """What people are told when a picture could not be stored; the log has the reason."""
    if isinstance(error, ValidationError):
        return error
    logger.error("A picture could not be stored: %s", error)
    return ValidationError(NOT_STORED)


def folder_for(name, focal):
    x, y = focal
    return f"{FOLDER}/{PurePosixPath(name).stem}-{x}-{y}"


def make(name, focal):
    """Makes what pages show of a stored original, unless it is there: its folder, and by slot the
    sizes there are. OSError or ValidationError, with no folder left behind."""
    folder = folder_for(name, focal)
    names = names_in(folder)
    if not is_whole(names):
        if names:
            remove_folder(folder)
        try:
            names = list(make_anew(name, focal, folder))
        except BaseException:
            with suppress(OSError):
                remove_folder(folder)
            raise
    return folder, sizes_of(names)


def make_anew(name, focal, folder):
    with default_storage.open(name) as file:
        data = file.read()
    for rendition in picture_files.renditions(data, [part / 100 for part in focal]):
        made = f"{rendition.slot}-{rendition.width}x{rendition.height}.{rendition.suffix}"
        default_storage.save(f"{folder}/{made}", ContentFile(rendition.data))
        yield made


def is_whole(names):
    """Whether nothing is missing of a folder: a process may have ended while it wrote there."""
    sizes = sizes_of(names)
    return sizes.keys() == SLOTS.keys() and len(names) == len(KINDS) * sum(map(len, sizes.values()))


def sizes_of(names):
    """{"card": [[400, 300], …]} of names such as "card-400x300.avif"."""
    sizes = {}
    for name in names:
        slot, _dash, size = PurePosixPath(name).stem.partition("-")
        sizes.setdefault(slot, set()).add(tuple(map(int, size.split("x"))))
    return {slot: sorted(map(list, some)) for slot, some in sorted(sizes.items())}


def names_in(folder):
    return inside(folder)[1]


def inside(folder):
    """The folders and the files in a folder; none where it is not there."""
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def remove_folder(folder):
    for name in names_in(folder):
        default_storage.delete(f"{folder}/{name}")
    if folder:
        default_storage.delete(folder)


def remove(name, but=""):
    """Deletes an original and all that was made of it, but the folder `but` where that is given:
    then the original stays, too. OSError where the storage does not answer."""
    stem = PurePosixPath(name).stem
    for folder in inside(FOLDER)[0]:
        if folder.rsplit("-", 2)[0] == stem and f"{FOLDER}/{folder}" != but:
            remove_folder(f"{FOLDER}/{folder}")
    if not but and name:
        default_storage.delete(name)


def remove_if_possible(name, but=""):
    """As `remove`; what an absent storage keeps is left to `remove_strays`."""
    try:
        remove(name, but)
    except OSError as error:
        logger.error("Files of %s could not be deleted, make_renditions will: %s", name, error)


def remove_strays(known, older_than=timedelta(hours=1)):
    """Deletes originals and folders that are not in `known`, but what was stored just now: it may
    still get its row. Returns how many."""
    latest, count = timezone.now() - older_than, 0
    folders, originals = ({f"{FOLDER}/{name}" for name in names} for names in inside(FOLDER))
    for path in sorted((folders | originals) - known):
        files = [f"{path}/{name}" for name in names_in(path)] if path in folders else [path]
        if all(default_storage.get_modified_time(file) < latest for file in files):
            for file in dict.fromkeys([*files, path]):
                default_storage.delete(file)
            count += 1
    return count
