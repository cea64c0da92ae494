"""What an entry holds, as plain values for JSON: for its history, for drafts and for files.

A dict by field name. Texts stand under the names of their columns ("title_mn"), empty ones as "";
times and dates are ISO 8601, a file is its stored name, another row its key, links to other rows
a sorted list of keys. Rows that belong to the entry alone, named in `parts` of its model, are a
list of dicts.
"""

import hashlib
import json
import re
from functools import cache

from django.contrib.admin.utils import display_for_field
from django.db import models

from bilingual.translations import column, languages, translated_fields
from editorial.richtext import RichTextField, to_plain

REST = ""  # the part of an entry that is in no language: its date, its picture, its order


@cache
def fields(model):
    """The fields of a model that staff write, by name, in the order of the model."""
    texts = translated_fields(model)
    return {
        field.name: field
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if field.editable and not field.primary_key and field.name not in texts
    }


@cache
def parts(model):
    """The part each field belongs to, by name: a language, or `REST`."""
    of_texts = {
        column(name, language): language
        for name in translated_fields(model)
        for language in languages()
    }
    return {name: of_texts.get(name, REST) for name in [*fields(model), *model.parts]}


def read(entry):
    """The values of a saved entry. A query for each kind of link or part it has."""
    values = {
        name: read_field(field, entry)
        for name, field in fields(type(entry)).items()
        if not field.many_to_many
    }
    return values | read_links(entry)


def read_field(field, entry):
    value = field.value_from_object(entry)
    if value is None or isinstance(value, bool | int):
        return "" if value is None and is_text(field) else value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value).replace("\r\n", "\n")  # as browsers send lines


def read_links(entry):
    links = {
        name: sorted(getattr(entry, name).values_list("pk", flat=True))
        for name, field in fields(type(entry)).items()
        if field.many_to_many
    }
    rows = {
        name: list(getattr(entry, name).order_by("pk").values(*names))
        for name, names in entry.parts.items()
    }
    return links | rows


def assign(entry, values):
    """Sets what `values` names on the entry, and saves nothing; `relate` sets the links."""
    for name, field in fields(type(entry)).items():
        if name in values and not field.many_to_many:
            setattr(entry, field.attname, field.to_python(values[name]))


def relate(entry, values):
    """Gives a saved entry the links and rows that `values` names; those gone since are left out."""
    for name, field in fields(type(entry)).items():
        if field.many_to_many and name in values:
            getattr(entry, name).set(field.related_model.objects.filter(pk__in=values[name]))
    for name in entry.parts:
        if name in values and values[name] != read_links(entry)[name]:
            getattr(entry, name).all().delete()
            for row in values[name]:
                getattr(entry, name).create(**row)
            entry.remember()


def differing(values, others):
    """The names under which two dicts of values say different things, in the order of `values`."""
    return [name for name in values if name in others and values[name] != others[name]]


def digest(value):
    """A short digest of a value or of a dict of them; no two that differ have the same."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def knows(model, name):
    """Whether the model still has this field: old versions may tell of others."""
    return name in parts(model)


def key(text):
    """A row's key from an address, or None: nothing else can be one."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,18}", text) else None


def is_text(field):
    return isinstance(field, models.CharField | models.TextField)


def label(model, name):
    """What staff call a field: of a text without its language, when all its columns are meant."""
    if name in model.parts:
        return model._meta.get_field(name).related_model._meta.verbose_name_plural
    return fields(model)[name].verbose_name


def shown(model, name, value):
    """A value as staff read it, as plain text."""
    if name in model.parts:
        related = model._meta.get_field(name).related_model
        rows = (related(**row) for row in value)
        return "; ".join(f"{row.label}: {row.written}" for row in rows)
    field = fields(model)[name]
    if value is None or value in ("", []):
        return ""
    if isinstance(field, RichTextField):
        return to_plain(value)
    if field.many_to_many or field.many_to_one:
        keys = value if field.many_to_many else [value]
        return ", ".join(map(str, field.related_model.objects.filter(pk__in=keys)))
    if isinstance(field, models.TextField | models.FileField):
        return value
    return str(display_for_field(field.to_python(value), field, ""))
