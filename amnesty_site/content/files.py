"""Which files a folder of content has, and in which order they build on each other."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from django.db import models

from amnesty_site.content import keys
from amnesty_site.content.beside import in_utc
from amnesty_site.yaml_files import ContentError, Mistake, read

ABOUT = "dump.yaml"
THEMES, PICTURES = "themes.yaml", "pictures.yaml"
SUBJECTS = ("timeline", "campaigns", "sections")

# All that a dump may hold
FORM = re.compile(
    r"(dump|themes|pictures)\.yaml|(pages|timeline|campaigns|sections)/[\w-]+\.yaml"
    r"|pictures/[\w-]+\.jpg",
    re.ASCII,
)


@dataclass
class About:
    """What a dump says once for all its entries; of other folders nothing is said."""

    is_dump: bool = False
    published_at: datetime | None = None  # where an entry does not say it
    waiting_since: str | None = None  # where a translation does not say it, as it is stored
    campaigns: list = field(default_factory=list)  # their order, where their files' is another


def read_about(folder):
    path = folder / ABOUT
    if not path.exists():
        return About()
    about = About(is_dump=True)
    for name, part in read(path, f"{folder.name}/{ABOUT}").mapping().items():
        if name == "campaigns":
            about.campaigns = [item.text() for item in part.items()]
        elif name == "published_at":
            about.published_at = read_time(part)
        elif name == "waiting_since":
            about.waiting_since = in_utc(read_time(part))
        else:
            raise part.mistake(f"{name}: there is no such key here.")
    return about


def read_time(part):
    return keys.read_value(models.DateTimeField(), part)


def find_files(folder, about, history):
    """The files in the order in which they build on each other; `history` is all but the frame."""
    paths = [folder / THEMES, *sorted(folder.glob(PICTURES)), *sorted(folder.glob("pages/*.yaml"))]
    for subject in SUBJECTS if history else ():
        found = sorted(folder.glob(f"{subject}/*.yaml"), key=attrgetter("stem"))
        if subject == "campaigns":
            found.sort(key=lambda path: place_in(about.campaigns, path.stem))
        paths += found
    if missing := [path for path in paths if not path.exists()]:
        raise ContentError([Mistake(str(missing[0]), 1, "this file is missing.")])
    return paths


def place_in(order, name):
    return order.index(name) if name in order else len(order)


def strangers(folder):
    """The names of files in a folder that no dump has written there, as a list."""
    found = [path for path in folder.rglob("*") if not path.is_dir()]
    names = sorted(path.relative_to(folder).as_posix() for path in found)
    is_dump = ABOUT in names
    return [name for name in names if not (is_dump and FORM.fullmatch(name))]
