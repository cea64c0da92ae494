"""The values of an entry (editorial/values.py) as the cells of a row, and back."""

import re
from difflib import get_close_matches
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from editorial import values
from editorial.richtext import BLOCK, RichTextField, from_plain, to_plain
from editorial.spreadsheets.files import CONTROL, Problem

ID, VERSION, STATUS = "id", "version", "status"
LONGEST = 16_000  # an Excel cell holds 32,767 characters and cuts what is longer
TOO_LONG = "(longer than a cell: change it in its form)"
YES = {"yes", "true", "1", "тийм"}
NO = {"no", "false", "0", "үгүй"}
NUMBER = re.compile(r"([0-9]{1,15})(\.0)?")  # as some programs write whole numbers


def is_written(field):
    """Whether a cell can say it: another row is named by its slug, and a picture has none."""
    return field is not None and (not field.is_relation or hasattr(field.related_model, "slug"))


class Sheet:
    """The columns of one subject, and what stands in them. `names` are fields in their order."""

    def __init__(self, model, names):
        fields = values.fields(model)
        self.model = model
        self.fields = {name: fields[name] for name in names if is_written(fields.get(name))}
        self.columns = [ID, VERSION, STATUS, *self.fields]

    @cached_property
    def slugs(self):
        """For each field that links to other rows, their slugs by key. A query for each field."""
        return {
            name: dict(field.related_model._default_manager.values_list("pk", "slug"))
            for name, field in self.fields.items()
            if field.is_relation
        }

    def described(self):
        """Of each column its name, what staff call it, and how its cells are written."""
        yield ID, "", _("Leave it as it is. Empty for a new entry.")
        told = _("Leave it as it is: it shows whether the entry has been changed since.")
        yield VERSION, "", told
        yield STATUS, "", _("For you to read: a sheet does not change it.")
        for name, field in self.fields.items():
            yield name, values.label(self.model, name), self.how_to_write(name, field)

    def how_to_write(self, name, field):
        if field.is_relation:
            known = ", ".join(sorted(self.slugs[name].values()))
            text = (
                _("Several with commas between: %(known)s") if field.many_to_many else "%(known)s"
            )
            return text % {"known": known}
        if field.choices:
            return ", ".join(value for value, _label in field.choices)
        if isinstance(field, RichTextField):
            return _("Plain text, or HTML such as <p>, <strong> and <a>.")
        return "yes, no" if isinstance(field, models.BooleanField) else ""

    # Out

    def cell(self, name, value):
        """A value as a cell: a text, or a whole number."""
        field = self.fields[name]
        if isinstance(value, bool):
            return "yes" if value else "no"
        if field.many_to_many:
            slugs = self.slugs[name]
            return ", ".join(sorted(slugs[key] for key in value if key in slugs))
        if field.is_relation:
            return self.slugs[name].get(value, "")
        if value is None or isinstance(value, int):
            return "" if value is None else value
        text = plain_lines(value)
        return text if len(text) <= LONGEST else TOO_LONG

    # In

    def columns_of(self, header):
        """The name of the column under each cell of the first row; "" where all is blank."""
        names = [str(cell).strip().lower() for cell in header]
        for name in names:
            if name and name not in self.columns:
                raise ValidationError(self.unknown(name))
            if name and names.count(name) > 1:
                text = _("Two columns are called “%(name)s”. Delete one of them.")
                raise ValidationError(text % {"name": name})
        if ID not in names:
            text = _(
                "The first row has to name the columns, and “id” has to be among them. Download "
                "the sheet to see how it looks; for new entries the cells under “id” stay empty."
            )
            raise ValidationError(text)
        return names

    def unknown(self, name):
        near = get_close_matches(name, self.columns, n=1)
        if near:
            text = _("There is no column “%(name)s”. Is it “%(near)s”? Correct the first row.")
            return text % {"name": name, "near": near[0]}
        text = _("There is no column “%(name)s”. There are: %(names)s.")
        return text % {"name": name, "names": ", ".join(self.columns)}

    def value(self, name, text):
        """What a cell says; ValidationError where it says nothing this field can hold."""
        field = self.fields[name]
        if field.many_to_many:
            slugs = [slug for slug in re.split(r"[,;\s]+", text) if slug]
            return sorted({self.key(name, slug) for slug in slugs})
        if field.is_relation:
            return self.key(name, text) if text else None
        if isinstance(field, models.BooleanField):
            return read_boolean(text)
        if isinstance(field, models.IntegerField):
            return read_number(text)
        if field.choices and text not in (known := [value for value, _label in field.choices]):
            raise not_known(text, known)
        if isinstance(field, RichTextField) and to_plain(text) and not BLOCK.search(text):
            return from_plain(text)
        return text

    def key(self, name, slug):
        for key, known in self.slugs[name].items():
            if known == slug:
                return key
        raise not_known(slug, sorted(self.slugs[name].values()))


def plain_lines(text):
    """A text as every file can hold it: lines end in one way, and all characters are visible."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def same(text, cell):
    """Whether a cell that came back says what it said when it went out."""
    return text == str(cell) or plain_lines(text) == str(cell)


def read_boolean(text):
    if text.lower() not in YES | NO:
        raise ValidationError(_("Write yes or no."))
    return text.lower() in YES


def read_number(text):
    if not text:
        return None
    if not (found := NUMBER.fullmatch(text)):
        raise ValidationError(_("Write a whole number, in digits alone."))
    return int(found[1])


def not_known(text, known):
    told = _("“%(text)s” is not known. Write one of these: %(known)s.")
    return ValidationError(told % {"text": text, "known": ", ".join(known)})


def as_dicts(sheet, rows):
    """What `files.read` gives, as dicts for JSON: the line, its cells by column, and problems."""
    (_line, header), *rest = rows
    names = sheet.columns_of(header)
    return [as_dict(line, names, cells) for line, cells in rest]


def as_dict(line, names, cells):
    blank = [""] * (len(names) - len(cells))
    row = {"line": line, "cells": {}, "problems": {}, "beyond": any(cells[len(names) :])}
    for name, cell in zip(names, [*cells, *blank], strict=False):
        if not name:
            row["beyond"] = row["beyond"] or bool(cell)
        elif isinstance(cell, Problem):
            row["problems"][name] = cell.value
        else:
            row["cells"][name] = cell
    return row
