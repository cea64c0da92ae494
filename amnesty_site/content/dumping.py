"""Writes all content into a folder of plain files, of which `loading` makes the same again.

Accounts, the visitor count and the history are no content, and no name of a person who works
here is in a dump.
"""

import os
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from django.db import connection, transaction
from django.db.models import Prefetch

from amnesty_site.content import beside, keys, pictures
from amnesty_site.content.files import ABOUT, PICTURES, THEMES, strangers
from amnesty_site.yaml_files import write
from campaigns.models import Campaign
from editorial.addresses import FormerAddress
from editorial.drafts import Draft
from editorial.models import Page, Picture, Theme
from editorial.review import Translation
from sections.models import Achievement, Section
from timeline.models import Decade, Figure, TimelineEvent, tens

# In the order in which the form of a folder lists entries of one file, or needs them
ENTRIES = {
    Theme: ["order", "slug"],
    Picture: ["pk"],
    Page: ["slug"],
    Decade: ["first_year"],
    TimelineEvent: ["year", "order", "pk"],
    Campaign: ["order", "pk"],
    Section: ["slug"],
    Achievement: ["year", "order", "pk"],
}


class DumpError(Exception):
    """A sentence for whoever dumps."""


@dataclass
class Content:
    """All that is dumped, as it was at one moment."""

    rows: dict  # lists by model
    beside: dict  # by model, the key of an entry and model: lists
    files: set  # names of the stored pictures


def dump_folder(folder, progress=iter):
    """Writes all content into `folder`, which must be empty, missing or a dump; `DumpError` where
    it is not. The former dump is there until the new one is whole. `progress` is given the list
    of entries and must yield each. Returns how many entries of each model.
    """
    folder = folder.resolve()
    if foreign := strangers(folder):
        raise DumpError(
            f"{folder} has files that no dump wrote ({', '.join(foreign[:3])}). Name a new folder, "
            "or one that holds nothing but a dump."
        )
    beginning = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    try:
        content = collect()
        write_folder(beginning, content, progress)
        put_in_place(beginning, folder)
    except OSError as error:
        raise DumpError(f"{error.filename} cannot be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(beginning, ignore_errors=True)
    return {
        model._meta.verbose_name_plural: len(rows) for model, rows in content.rows.items() if rows
    }


def put_in_place(new, folder):
    """Moves a folder to its place. Killed between its steps, it leaves the old one beside it."""
    old = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def collect():
    """Reads everything in one transaction, which sees one state of the database."""
    with transaction.atomic():
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        rows = {
            model: sorted(fetch(model), key=attrgetter(*order)) for model, order in ENTRIES.items()
        }
        aside = {model: of_each_entry(model) for model in ENTRIES}
        return Content(rows, aside, Picture.objects.files())


def fetch(model):
    """A model's rows with all that their files say. A query for each kind of link they have."""
    rows = model.objects.all()
    named = keys.names(model)
    if "themes" in named:
        rows = rows.prefetch_related("themes")
    if "figures" in named:
        rows = rows.prefetch_related(Prefetch("figures", Figure.objects.order_by("pk")))
    return rows.select_related("picture") if "picture" in named else rows


def of_each_entry(model):
    """What stands beside each entry of a model: by kind and key, lists. Three queries."""
    kinds = {kind: defaultdict(list) for kind in (Translation, Draft, FormerAddress)}
    for kind, by_entry in kinds.items():
        for row in kind.objects.of_subject(model).order_by("pk"):
            by_entry[row.object_id].append(row)
    return kinds


def write_folder(folder, content, progress):
    folder.mkdir(parents=True)
    about = About(content)
    written = {row: about.write(row) for row in progress([*chain(*content.rows.values())])}
    for path, value in arrange(content.rows, written):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(write(value), encoding="utf-8", newline="\n")
    (folder / ABOUT).write_text(about.text(), encoding="utf-8", newline="\n")
    copy_pictures(content.files, folder)


def copy_pictures(names, folder):
    for name in sorted(names):
        path = folder / pictures.stored_name(pictures.name_in_files(name))
        path.parent.mkdir(exist_ok=True)
        try:
            path.write_bytes(pictures.read(name))
        except FileNotFoundError as error:
            raise DumpError(
                f"The file of the picture {name} is missing in the media folder. Put it back from "
                "a backup, or delete the picture in the admin, and dump again."
            ) from error


class About:
    """What the dump says once for all entries, and how each entry is written beside it."""

    def __init__(self, content):
        self.content = content
        rows = chain(*content.rows.values())
        times = (getattr(row, "published_at", None) for row in rows)
        self.published_at = commonest(filter(None, times))
        self.waiting_since = commonest(
            text["since"]
            for aside in content.beside.values()
            for states in aside[Translation].values()
            for state in states
            for text in state.fields.values()
            if text["since"]
        )
        self.places = Counter()

    def write(self, row):
        """One entry as a dict; call it for each in the order of its file."""
        model = type(row)
        aside = self.content.beside[model]
        translations = aside[Translation][row.pk]
        unless = {"order": self.place(row)} if model in (Theme, TimelineEvent, Achievement) else {}
        unless["published_at"] = keys.write_time(self.published_at) if self.published_at else None
        written = keys.write_entry(row, unless)
        if model is Picture:
            written = {"file": pictures.name_in_files(row.file.name)} | written
        return written | beside.write(
            row,
            translations[0] if translations else None,
            aside[Draft][row.pk],
            aside[FormerAddress][row.pk],
            self.waiting_since,
        )

    def place(self, row):
        """The place that loading would give it: the one after the entry above it in its file."""
        group = type(row), getattr(row, "section_id", None) or getattr(row, "year", None)
        expected = self.places[group] + 1
        self.places[group] = row.order
        return str(expected)

    def text(self):
        said = {}
        if self.published_at:
            said["published_at"] = keys.write_time(self.published_at)
        if self.waiting_since:
            said["waiting_since"] = beside.write_since(self.waiting_since)
        campaigns = self.content.rows[Campaign]
        if campaigns != sorted(campaigns, key=lambda row: (row.order, row.slug)):
            said["campaigns"] = [row.slug for row in campaigns]
        about = "# Written by dump_content. What entries do not say themselves stands here once.\n"
        return about + write(said)


def commonest(values):
    """The value that occurs most often, the first in order of several; None of none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def arrange(rows, written):
    """The files of a dump: pairs of a path and what stands there."""
    yield THEMES, [written[row] for row in rows[Theme]]
    if rows[Picture]:
        yield PICTURES, [written[row] for row in rows[Picture]]
    for row in rows[Page]:
        yield f"pages/{row.slug}.yaml", written[row]
    yield from arrange_timeline(rows, written)
    for row in rows[Campaign]:
        yield f"campaigns/{row.slug}.yaml", written[row]
    achievements = defaultdict(list)
    for row in rows[Achievement]:
        achievements[row.section_id].append(written[row])
    for row in rows[Section]:
        parts = {"section": written[row], "achievements": achievements[row.pk]}
        yield f"sections/{row.slug}.yaml", parts


def arrange_timeline(rows, written):
    """A file for each decade, also for one that only its events tell of."""
    firsts = [decade.first_year for decade in rows[Decade]]
    files = {decade.first_year: {"decade": written[decade]} for decade in rows[Decade]}
    for event in rows[TimelineEvent]:
        first = max((first for first in firsts if first <= event.year), default=tens(event.year))
        files.setdefault(first, {}).setdefault("events", []).append(written[event])
    for first, parts in sorted(files.items()):
        yield f"timeline/{first}s.yaml", parts | {"events": parts.get("events", [])}
