"""Loads the plain files of a folder into the database: themes, pictures, pages, three subjects.

What a file does not name stays as it is; loading a second time changes nothing.
"""

from collections import Counter
from dataclasses import dataclass
from dataclasses import field as fresh

from django.db import transaction
from django.utils import timezone

from amnesty_site.content import beside, keys, pictures
from amnesty_site.content.beside import in_utc
from amnesty_site.content.files import PICTURES, THEMES, find_files, read_about
from amnesty_site.document_import import ORIGIN
from amnesty_site.documents import letters_to_mend
from amnesty_site.yaml_files import ContentError, Mistake, Value, read
from campaigns.models import Campaign
from editorial.deeds import deed
from editorial.models import Page, Picture, Theme
from editorial.publishing import Publishable
from sections.models import Achievement, Section
from timeline.models import Decade, Figure, TimelineEvent

# The language of the files that was written second
TRANSLATION = "mn"


@dataclass
class Report:
    """How many entries of each model were created, changed, and left as they were."""

    created: Counter = fresh(default_factory=Counter)
    changed: Counter = fresh(default_factory=Counter)
    unchanged: Counter = fresh(default_factory=Counter)
    doubts: list[Mistake] = fresh(default_factory=list)  # loaded all the same
    is_frame_only: bool = False


@dataclass
class Described:
    """An entry as a file describes it; `identity` are the keys by which it is found."""

    model: type
    value: Value
    identity: list
    given: dict = fresh(default_factory=dict)  # what its place says, beside its keys
    owner: "Described | None" = None  # the section of an achievement
    row: object = None


def load_folder(folder, progress=iter):
    """Loads every file of the folder, or none: `ContentError` lists all that is wrong with them.

    Where the organisation's own document tells the history, only themes and pages of the first
    content are loaded. `progress` is given the list of entries and must yield each. Returns a
    `Report`.
    """
    about = read_about(folder)
    shelf = pictures.Shelf(folder)
    loader = Loader(about)
    loader.report.is_frame_only = document_is_shown() and not about.is_dump
    for path in find_files(folder, about, history=not loader.report.is_frame_only):
        loader.read(path, path.relative_to(folder.parent).as_posix())
    try:
        loader.store_pictures(shelf)  # before the transaction: it takes seconds
        with transaction.atomic(), deed(note="load_content"):
            for described in progress(loader.entries):
                loader.attempt(loader.save, described)
            for row, part, is_new in loader.drafts:
                loader.attempt(loader.load_drafts, row, part, is_new)
            if loader.mistakes:
                raise ContentError(loader.mistakes)
    except BaseException:
        shelf.take_back()
        raise
    return loader.report


def document_is_shown():
    """Whether readers find the organisation's own document here, which tells the same history."""
    return TimelineEvent.objects.published().filter(origin__startswith=ORIGIN).exists()


class Loader:
    """Loads entries one by one, and goes on after a mistake to find the others."""

    def __init__(self, about):
        # One time for all that says none, so that a dump can say it once
        now = timezone.now()
        self.published_at = about.published_at or now
        self.waiting_since = about.waiting_since or in_utc(now)
        self.report = Report()
        self.mistakes = []
        self.entries = []
        self.drafts = []  # saved last: they may name any entry
        self.lines = {}  # where each entry was first named

    def attempt(self, work, *arguments):
        try:
            work(*arguments)
        except ContentError as error:
            self.mistakes += error.mistakes

    def read(self, path, name):
        kinds = {THEMES: "themes", PICTURES: "pictures"}
        describe = getattr(self, f"describe_{kinds.get(path.name, path.parent.name)}")
        self.attempt(lambda: self.entries.extend(describe(read(path, name))))

    def describe_themes(self, root):
        yield from in_order(Described(Theme, value, ["slug"]) for value in root.items())

    def describe_pictures(self, root):
        for value in root.items():
            yield Described(Picture, value, ["file"])

    def describe_pages(self, root):
        yield Described(Page, root, ["slug"])

    def describe_campaigns(self, root):
        yield Described(Campaign, root, ["slug"])

    def describe_timeline(self, root):
        parts = parts_of(root, "decade", "events", may_lack="decade")
        if "decade" in parts:
            yield Described(Decade, parts["decade"], ["first_year"])
        events = [
            Described(TimelineEvent, value, ["year", "slug"]) for value in parts["events"].items()
        ]
        yield from in_order(events, of_each="year")

    def describe_sections(self, root):
        parts = parts_of(root, "section", "achievements")
        section = Described(Section, parts["section"], ["slug"])
        yield section
        yield from in_order(
            Described(Achievement, value, ["year", "slug"], owner=section)
            for value in parts["achievements"].items()
        )

    def store_pictures(self, shelf):
        known = len(self.mistakes)
        for described in self.entries:
            if described.model is Picture:
                self.attempt(self.store_picture, shelf, described)
        if self.mistakes[known:]:
            raise ContentError(self.mistakes)

    def store_picture(self, shelf, described):
        """Stores the files that a picture and what waits for it name; remembers its size."""
        keys_of_it = described.value.mapping()
        if "file" not in keys_of_it:
            raise described.value.mistake("file: this key is missing.")
        probe = Picture()
        for name in {"focal_x", "focal_y"} & keys_of_it.keys():
            keys.set_field(probe, name, keys_of_it[name])
        if size := shelf.store(keys_of_it["file"], probe.focal):
            described.given |= dict(zip(("width", "height"), size, strict=True))
        for part in beside.files_of_drafts(keys_of_it.get("drafts")):
            shelf.store(part, probe.focal)

    def save(self, described):
        """Creates or changes the row that the file describes."""
        value = described.value
        if described.owner:
            if described.owner.row is None:
                return  # what is wrong with the section is told already
            described.given["section"] = described.owner.row
        named = value.mapping()
        for name in described.identity:
            if name not in named:
                raise value.mistake(f"{name}: this key is missing.")
        self.refuse_second(described, [named[name].text() for name in described.identity])
        row = find_row(described, named)
        is_new, before = row.pk is None, snapshot(row)
        apart = keys_apart(described.model)
        for name, part in named.items():
            if name not in apart:
                keys.set_field(row, name, part)
        for name, part in described.given.items():
            if name != "order" or "order" not in named:
                setattr(row, name, part)
        if is_new and isinstance(row, Publishable) and "published_at" not in named:
            row.published_at = self.published_at
        themes = keys.find_themes(named["themes"]) if "themes" in named else None
        keys.clean(row, value)
        self.report.doubts += doubts_about(named)
        row.is_reviewed = False  # a translation that the file gives or changes
        self.store(row, snapshot(row) != before, themes, named)
        described.row = row
        for figure in named["figures"].items() if "figures" in named else ():
            self.save(Described(Figure, figure, ["kind"], {"event": row}))
        if is_new and described.model is not Figure:
            beside.load_translation(row, named.get("translation"), self.waiting_since)
        if "drafts" in named:
            self.drafts.append((row, named["drafts"], is_new))

    def refuse_second(self, described, identity):
        """Two entries of one name would silently become one. Figures are told by their events."""
        if described.model is Figure:
            return
        place = f"{described.value.file}, line {described.value.line}"
        first = self.lines.setdefault((described.model, *identity), place)
        if first != place:
            raise described.value.mistake(f"{', '.join(identity)} stands in {first} already.")

    def store(self, row, is_changed, themes, named):
        label = row._meta.verbose_name_plural
        is_new = row.pk is None
        if is_new or is_changed:
            said = row.source_language if "source_language" in named else None
            row.save()
            if said and row.source_language != said:  # a new entry is taken for what it looks like
                row.source_language = said
                row.save()
        if themes is not None and set(row.themes.all()) != set(themes):
            row.themes.set(themes)
            is_changed = True
        if "former_addresses" in named:
            is_changed |= beside.load_addresses(row, named["former_addresses"])
        kind = "created" if is_new else "changed" if is_changed else "unchanged"
        getattr(self.report, kind)[label] += 1

    def load_drafts(self, row, part, is_new):
        self.report.doubts += beside.load_drafts(row, part, is_new)


def parts_of(root, *names, may_lack=None):
    parts = root.mapping()
    for name in names:
        if name not in parts and name != may_lack:
            raise root.mistake(f"{name}: this part is missing.")
    for name, part in parts.items():
        if name not in names:
            raise part.mistake(f"{name}: there is no such part here, only {' and '.join(names)}.")
    return parts


def in_order(entries, of_each=None):
    """The entries, each with the place after the one above it, or the place that it says itself;
    with `of_each`, the places are counted for each value of that key."""
    last = Counter()
    for described in entries:
        named = described.value.mapping()
        group = named[of_each].text() if of_each in named else ""
        place = named["order"].text() if "order" in named else ""
        last[group] = int(place) if place.isdecimal() else last[group] + 1
        described.given["order"] = last[group]
        yield described


def keys_apart(model):
    """The keys of a model's entries that are no columns of its row."""
    links = [name for name in ("themes", "figures") if name in keys.names(model)]
    of_all = [] if model is Figure else beside.NAMES
    return [*links, *of_all, *(["file"] if model is Picture else [])]


def find_row(described, named):
    model, identity, given = described.model, described.identity, described.given
    lookup = {name: named[name].text() for name in identity}
    lookup |= {name: part for name, part in given.items() if name in keys.PLACED}
    if model is Figure:
        lookup["period"] = named["period"].text() if "period" in named else ""
    if model is Picture:
        lookup = {"file": pictures.stored_name(lookup["file"])}
    new = model(file=lookup["file"]) if model is Picture else model()
    try:
        return model.objects.filter(**lookup).first() or new
    except ValueError as error:
        name = identity[0]
        raise named[name].mistake(f"{name}: a whole number is needed here.") from error


def snapshot(row):
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


def doubts_about(named):
    """What looks wrong in the texts of the second language, and need not be."""
    for part in named.values():
        text = part.content.get(TRANSLATION) if isinstance(part.content, dict) else None
        if text and isinstance(text.content, str):
            for sentence in letters_to_mend(text.text()):
                yield Mistake(text.file, text.line, sentence)
