"""Loads the plain files of `content/` into the database: themes, pages and the three subjects.

A key of a file is a field of its model. A text with two languages is a mapping of `en` and `mn`.
What a file does not name stays as it is; loading a second time changes nothing.
"""

import difflib
from collections import Counter
from dataclasses import dataclass
from dataclasses import field as fresh

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from amnesty_site.document_import import ORIGIN
from amnesty_site.documents import letters_to_mend
from amnesty_site.yaml_files import ContentError, Mistake, read
from bilingual.translations import column, languages, translated_fields
from campaigns.models import Campaign
from editorial.deeds import deed
from editorial.models import Page, Theme
from editorial.publishing import Publishable
from editorial.richtext import RichTextField, from_plain
from sections.models import Achievement, Section
from timeline.models import Decade, Figure, TimelineEvent

# The language of the files that was written second
TRANSLATION = "mn"

FLAGS = {"true": True, "yes": True, "false": False, "no": False}


@dataclass
class Report:
    """How many entries of each model were created, changed, and left as they were."""

    created: Counter = fresh(default_factory=Counter)
    changed: Counter = fresh(default_factory=Counter)
    unchanged: Counter = fresh(default_factory=Counter)
    doubts: list[Mistake] = fresh(default_factory=list)  # loaded all the same


def load_folder(folder, progress=iter):
    """Loads every file of the folder, or none: `ContentError` lists all that is wrong with them.

    Where the organisation's own document tells the history, only themes and pages are loaded.
    `progress` is given the list of files and must yield each. Returns a `Report`.
    """
    loader = Loader()
    with transaction.atomic(), deed(note="load_content"):
        for path in progress(find_files(folder, history=not document_is_shown())):
            loader.load_file(path, path.relative_to(folder.parent).as_posix())
        if loader.mistakes:
            raise ContentError(loader.mistakes)
    return loader.report


def document_is_shown():
    """Whether readers find the organisation's own document here, which tells the same history."""
    return TimelineEvent.objects.published().filter(origin__startswith=ORIGIN).exists()


def find_files(folder, history):
    """The files in the order in which they build on each other; `history` is all but the frame."""
    paths = [folder / "themes.yaml", *sorted(folder.glob("pages/*.yaml"))]
    if history:
        for subject in ("timeline", "campaigns", "sections"):
            paths += sorted(folder.glob(f"{subject}/*.yaml"))
    if missing := [path for path in paths if not path.exists()]:
        raise ContentError([Mistake(str(missing[0]), 1, "this file is missing.")])
    return paths


class Loader:
    """Loads files one by one, and goes on after a mistake to find the others."""

    def __init__(self):
        self.report = Report()
        self.mistakes = []
        self.lines = {}  # where each entry was first named

    def load_file(self, path, name):
        kind = path.parent.name if path.name != "themes.yaml" else "themes"
        try:
            getattr(self, f"load_{kind}")(read(path, name))
        except ContentError as error:
            self.mistakes += error.mistakes

    def load_themes(self, root):
        for place, value in enumerate(root.items(), start=1):
            self.save(Theme, value, ["slug"], order=place)

    def load_pages(self, root):
        self.save(Page, root, ["slug"])

    def load_campaigns(self, root):
        self.save(Campaign, root, ["slug"])

    def load_timeline(self, root):
        parts = self.parts(root, "decade", "events")
        self.save(Decade, parts["decade"], ["first_year"])
        places = Counter()
        for value in parts["events"].items():
            keys = value.mapping()
            figures = keys.pop("figures", None)
            year = keys["year"].text() if "year" in keys else ""
            places[year] += 1
            event = self.save(TimelineEvent, value, ["year", "slug"], order=places[year])
            if event and figures:
                for figure in figures.items():
                    self.save(Figure, figure, ["kind"], event=event)

    def load_sections(self, root):
        parts = self.parts(root, "section", "achievements")
        section = self.save(Section, parts["section"], ["slug"])
        if section is None:
            return
        for place, value in enumerate(parts["achievements"].items(), start=1):
            self.save(Achievement, value, ["year", "slug"], section=section, order=place)

    def parts(self, root, *names):
        parts = root.mapping()
        for name in names:
            if name not in parts:
                raise root.mistake(f"{name}: this part is missing.")
        return parts

    def save(self, model, value, identity, **given):
        """Creates or changes the row that `value` describes; None when a mistake was found."""
        try:
            return self.save_row(model, value, identity, given)
        except ContentError as error:
            self.mistakes += error.mistakes
            return None

    def save_row(self, model, value, identity, given):
        keys = value.mapping()
        for name in identity:
            if name not in keys:
                raise value.mistake(f"{name}: this key is missing.")
        self.refuse_second(model, value, [keys[name].text() for name in identity])
        row = find_row(model, keys, identity, given)
        before = snapshot(row)
        themes = None
        for name, part in keys.items():
            if name == "themes" and hasattr(model, "themes"):
                themes = find_themes(part)
            else:
                set_field(row, name, part)
        for name, part in given.items():
            if name != "order" or "order" not in keys:
                setattr(row, name, part)
        if row.pk is None and isinstance(row, Publishable) and "published_at" not in keys:
            row.published_at = timezone.now()
        clean(row, value)
        self.report.doubts += doubts_about(keys)
        row.is_reviewed = False  # a translation that the file gives or changes
        self.store(row, before, themes)
        return row

    def refuse_second(self, model, value, identity):
        """Two entries of one name would silently become one. Figures are told by their events."""
        if model is Figure:
            return
        first = self.lines.setdefault((model, *identity), f"{value.file}, line {value.line}")
        if first != f"{value.file}, line {value.line}":
            raise value.mistake(f"{', '.join(identity)} stands in {first} already.")

    def store(self, row, before, themes):
        label = row._meta.verbose_name_plural
        is_new = row.pk is None
        is_changed = snapshot(row) != before
        if is_new or is_changed:
            row.save()
        if themes is not None and set(row.themes.all()) != set(themes):
            row.themes.set(themes)
            is_changed = True
        kind = "created" if is_new else "changed" if is_changed else "unchanged"
        getattr(self.report, kind)[label] += 1


def find_row(model, keys, identity, given):
    lookup = {name: keys[name].text() for name in identity}
    lookup |= {name: part for name, part in given.items() if name != "order"}
    try:
        return model.objects.filter(**lookup).first() or model()
    except ValueError as error:
        raise keys[identity[0]].mistake(f"{identity[0]}: a whole number is needed here.") from error


def snapshot(row):
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


def doubts_about(keys):
    """What looks wrong in the texts of the second language, and need not be."""
    for part in keys.values():
        text = part.content.get(TRANSLATION) if isinstance(part.content, dict) else None
        for sentence in letters_to_mend(text.text()) if text else []:
            yield Mistake(text.file, text.line, sentence)


def set_field(row, name, part):
    """Sets one field from the file; `ContentError` when the model has no such field."""
    model = type(row)
    texts = translated_fields(model)
    if name in texts:
        set_translations(row, name, part)
        return
    names = [
        f.name
        for f in model._meta.concrete_fields
        if f.editable
        and not f.primary_key
        and not hasattr(f, "translated_field")
        # A file of the site's is uploaded, which cleans it
        and not isinstance(f, models.FileField | models.ForeignKey)
    ]
    if name not in names:
        near = difflib.get_close_matches(name, [*names, *texts, "themes"], n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise part.mistake(f"{name}: there is no such key here.{hint}")
    text = part.text().strip()
    field = model._meta.get_field(name)
    if isinstance(field, models.BooleanField):
        if text.lower() not in FLAGS:
            raise part.mistake(f"{name}: write true or false.")
        setattr(row, name, FLAGS[text.lower()])
    elif not text and field.null:
        setattr(row, name, None)
    else:
        try:
            setattr(row, name, to_python(field, text))
        except ValidationError as error:
            raise part.mistake(f"{name}: {' '.join(error.messages)}") from error


def to_python(field, text):
    """The value a text stands for; a time without its zone is meant here."""
    value = field.to_python(text)
    if isinstance(field, models.DateTimeField) and timezone.is_naive(value):
        return timezone.make_aware(value)
    return value


def set_translations(row, name, part):
    for language, text in part.mapping().items():
        if language not in languages():
            known = " and ".join(languages())
            raise text.mistake(f"{name}: {language} is not a language of this site, {known} are.")
        plain = text.text().strip()
        is_rich = isinstance(type(row)._meta.get_field(name), RichTextField)
        setattr(row, column(name, language), from_plain(plain) if is_rich else plain)


def find_themes(part):
    wanted = [item.text() for item in part.items()]
    themes = list(Theme.objects.filter(slug__in=wanted))
    if unknown := set(wanted) - {theme.slug for theme in themes}:
        raise part.mistake(f"themes: {', '.join(sorted(unknown))} is not in themes.yaml.")
    return themes


def clean(row, value):
    """Cleans rich texts and holds the row against its rules; tells each field's line."""
    try:
        row.full_clean()
    except ValidationError as error:
        keys = value.mapping()
        mistakes = []
        for name, sentences in error.message_dict.items():
            plain = next((text for text in keys if name in (text, *columns_of(text))), None)
            line = keys[plain].line if plain else value.line
            prefix = "" if name == "__all__" else f"{name}: "
            mistakes.append(Mistake(value.file, line, prefix + " ".join(sentences)))
        raise ContentError(mistakes) from error


def columns_of(name):
    return [column(name, language) for language in languages()]
