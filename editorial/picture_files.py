"""What becomes of an uploaded picture: cleaned of all but its pixels, and made ready for pages.

The work is done by processes of their own (picture_worker.py), one at a time on a machine.
"""

import fcntl
import json
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 20 * 1024 * 1024
SECONDS = {"clean": 10, "clean_once": 10, "renditions": 30}

# Of a process's four threads two always stay free for readers
places = threading.BoundedSemaphore(2)

# What people send that is no JPEG, PNG or WebP, by its first bytes
OTHERS = [
    (0, b"GIF8", "GIF"),
    (4, b"ftypavi", "AVIF"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftyphev", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"BM", "BMP"),
    (0, b"%PDF", "PDF"),
    (0, b"%!PS", "EPS"),
    (0, b"<svg", "SVG"),
    (0, b"<?xml", "SVG"),
]

SENTENCES = {
    "pixels": _("This picture has more than 60 million pixels. Save it smaller and try again."),
    "webp": _("This WebP picture is too large to be read here. Save it as JPEG and try again."),
    "frames": _("This picture moves, and is too large for that. Save one still picture as JPEG."),
    "broken": _("This picture is damaged, or only a part of it is here. Send the file again."),
    "unknown": _(
        "This file is no JPEG, PNG or WebP picture. Open it in a program for pictures, save it as "
        "JPEG and try again."
    ),
    "slow": _("This picture takes too long to read. Save it as JPEG and try again."),
}


@dataclass
class Cleaned:
    data: bytes  # JPEG
    width: int
    height: int


@dataclass
class Rendition:
    slot: str
    width: int
    height: int
    suffix: str
    data: bytes


def clean(file):
    """The picture in an uploaded file. ValidationError, for people, where it cannot be taken;
    OSError where the disk had no room for it."""
    if getattr(file, "is_lost", False):
        raise OSError("no room for the upload")
    if file.size > MAX_BYTES:
        raise ValidationError(_("This file is larger than 20 MB. Save the picture smaller."))
    if not file.size:
        raise ValidationError(_("This file is empty. Choose it again."))
    file.seek(0)
    return clean_data("clean", file.read())


def clean_once(data):
    """As `clean`, of bytes; those of a picture cleaned before stay what they are."""
    return clean_data("clean_once", data)


def clean_data(job, data):
    if name := other_format(data):
        text = _("This is a %(format)s file. Save the picture as JPEG and try again.")
        raise ValidationError(text % {"format": name})
    (about, content), *_others = run(job, data)
    return Cleaned(content, about["width"], about["height"])


def other_format(data):
    start = data[:64].lstrip()
    return next(
        (name for at, mark, name in OTHERS if start[at:].lower().startswith(mark.lower())), None
    )


def renditions(data, focal):
    """What pages show of a cleaned picture: a list of `Rendition`. `focal` is (x, y), 0 to 1."""
    return [
        Rendition(**{name: part for name, part in about.items() if name != "bytes"}, data=content)
        for about, content in run("renditions", data, *map(str, focal))
    ]


def run(job, data, *numbers):
    """Has a process do one job: a list of dicts and bytes. ValidationError where it refuses."""
    command = [sys.executable, "-m", "editorial.picture_worker", job, *numbers]
    with a_place(), one_at_a_time():
        try:
            done = subprocess.run(
                command,
                input=data,
                capture_output=True,
                timeout=SECONDS[job],
                cwd=settings.BASE_DIR,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ValidationError(SENTENCES["slow"]) from error
    if done.returncode:
        raise ValidationError(SENTENCES["broken"])
    head, _line, rest = done.stdout.partition(b"\n")
    made = []
    for about in json.loads(head):
        if "refused" in about:
            raise ValidationError(SENTENCES[about["refused"]])
        made.append((about, rest[: about["bytes"]]))
        rest = rest[about["bytes"] :]
    return made


@contextmanager
def a_place():
    """Refuses at once where others wait already, so that threads stay free for readers."""
    if not places.acquire(blocking=False):
        raise ValidationError(
            _("Other pictures are being made ready just now. Try again in half a minute.")
        )
    try:
        yield
    finally:
        places.release()


@contextmanager
def one_at_a_time():
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "pictures.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
