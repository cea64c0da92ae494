"""How a key of a file is a field of its model, both ways.

A text with two languages is a mapping of `en` and `mn`; a picture and a section are named as
their own files name them. What a file does not name is what a new entry has anyway.
"""

import difflib
from functools import cache
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from amnesty_site.content import pictures
from amnesty_site.yaml_files import ContentError, Mistake
from bilingual.translations import column, columns, in_language, languages, translated_fields
from editorial import values
from editorial.models import Picture, Theme
from editorial.richtext import RichTextField, cleaned, from_plain, to_paragraphs

FLAGS = {"true": True, "yes": True, "false": False, "no": False}

# The place of keys in a file; the others stand between these, in the order of the model
FIRST = [
    *("year", "slug", "first_year", "published_at", "source_language", "year_confirmed", "kind"),
    *("order", "featured", "figures", "month", "day", "date_text", "themes", "picture", "drawing"),
]
LAST = ["staff_note", "origin"]

# What an entry shows by standing where it does
PLACED = {"section", "event"}
# What a person looks for in each entry, even where it is as in a new one
ALWAYS = {"kind"}


@cache
def names(model):
    """The keys of a model's entries, in the order of a file."""
    texts = translated_fields(model)
    fields = [
        field.name
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if (field.editable or field.name == "origin")
        and not field.primary_key
        and not hasattr(field, "translated_field")
        and not isinstance(field, models.FileField)  # such an entry is named by its file
    ]
    found = [*fields, *getattr(model, "parts", {})]
    between = [name for name in found if name not in [*FIRST, *LAST]]
    return [name for name in [*FIRST, *between, *LAST] if name in {*found, *texts}]


def row_named(model, part):
    """The row that a file names: a picture by its file, a theme or section by its address."""
    text = part.text().strip()
    key, wanted = ("file", pictures.stored_name(text)) if model is Picture else ("slug", text)
    if row := model.objects.filter(**{key: wanted}).first():
        return row
    name = model._meta.verbose_name
    raise part.mistake(f"{name}: there is no {text[:80]} here. Write one that its own file names.")


def name_of(row):
    return pictures.name_in_files(row.file.name) if isinstance(row, Picture) else row.slug


def set_field(row, name, part):
    """Sets one field from the file; `ContentError` when the model has no such field."""
    model = type(row)
    if name not in names(model):
        near = difflib.get_close_matches(name, names(model), n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise part.mistake(f"{name}: there is no such key here.{hint}")
    field = model._meta.get_field(name)
    if name in translated_fields(model):
        for language, text in part.mapping().items():
            if language not in languages():
                known = " and ".join(languages())
                sentence = f"{name}: {language} is not a language of this site, {known} are."
                raise text.mistake(sentence)
            setattr(row, column(name, language), read_text(field, text))
    elif field.many_to_one:
        setattr(row, name, row_named(field.related_model, part) if part.text() else None)
    else:
        setattr(row, name, read_value(field, part))


def read_value(field, part):
    """What the text of a key means for its field."""
    text = part.text().strip()
    if isinstance(field, models.BooleanField):
        if text.lower() not in FLAGS:
            raise part.mistake(f"{field.name}: write true or false.")
        return FLAGS[text.lower()]
    if not text and field.null:
        return None
    if values.is_text(field):
        return read_text(field, part)
    try:
        value = field.to_python(text)
    except ValidationError as error:
        raise part.mistake(f"{field.name}: {' '.join(error.messages)}") from error
    if isinstance(field, models.DateTimeField) and timezone.is_naive(value):
        return timezone.make_aware(value)  # a time without its zone is meant here
    return value


def read_text(field, part):
    """A text as it is stored; of a rich one, `html` is taken as it is written."""
    if isinstance(field, RichTextField):
        if isinstance(part.content, dict) and [*part.content] == ["html"]:
            return part.content["html"].text()
        return from_plain(part.text())
    return part.text().removesuffix("\n") if part.text().strip() else ""


def read_clean_text(field, part):
    """As `read_text`, for what no `full_clean` comes after."""
    text = read_text(field, part)
    return cleaned(text) if isinstance(field, RichTextField) else text


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
        named = value.mapping()
        mistakes = []
        for name, sentences in error.message_dict.items():
            plain = next((text for text in named if name in (text, *columns(text))), None)
            line = named[plain].line if plain else value.line
            prefix = "" if name == "__all__" else f"{name}: "
            mistakes.append(Mistake(value.file, line, prefix + " ".join(sentences)))
        raise ContentError(mistakes) from error


def write_entry(row, unless=()):
    """The fields of a row as a file names them: what differs from a new one's, or is not as in
    `unless`, a dict by name. Links and parts have to be fetched before."""
    unless = dict(unless)
    keys = {}
    for name in names(type(row)):
        if name in PLACED:
            continue
        written = write_field(row, name)
        if name in ALWAYS or written != (unless[name] if name in unless else usual(row, name)):
            keys[name] = written
    return keys


def usual(row, name):
    """How a key would be written of a new entry that says nothing."""
    if name == "source_language":
        return likely_source(row)
    if name in translated_fields(type(row)):
        return {}
    field = type(row)._meta.get_field(name)
    is_list = field.many_to_many or field.one_to_many
    return [] if is_list else write_value(field, field.get_default())


def likely_source(row):
    """The language that `row` would be taken to be written in if it were new."""
    texts = columns(*translated_fields(type(row)))
    return type(row)(**{name: getattr(row, name) for name in texts}).likely_source()


def write_field(row, name):
    field = type(row)._meta.get_field(name)
    if name in translated_fields(type(row)):
        return {
            language: write_text(field, text)
            for language in languages()
            if (text := in_language(row, name, language))
        }
    if field.many_to_many:
        return slugs_of(getattr(row, name).all())
    if field.one_to_many:
        return [write_entry(part) for part in getattr(row, name).all()]
    if field.many_to_one:
        related = getattr(row, name)
        return name_of(related) if related else ""
    return write_value(field, getattr(row, name))


def slugs_of(themes):
    return [theme.slug for theme in sorted(themes, key=attrgetter("order", "slug"))]


def write_value(field, value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(field, models.DateTimeField):
        return write_time(value)
    return write_text(field, value) if values.is_text(field) else str(value)


def write_time(value):
    """A time as the clock here shows it, with its zone only where that shows it twice."""
    here = timezone.localtime(value).replace(tzinfo=None)
    if timezone.make_aware(here) != value:
        return value.isoformat(" ")
    return here.isoformat(" ", "auto" if here.microsecond or here.second else "minutes")


def write_text(field, text):
    """A text with lines as a block; of a rich one its paragraphs, or where it is none, its HTML."""
    if isinstance(field, RichTextField) and text:
        if (paragraphs := to_paragraphs(text)) is None:
            return {"html": text}
        return f"{paragraphs}\n"
    return f"{text}\n" if "\n" in text else text
