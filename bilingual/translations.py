"""A translated text as the reader gets it: in their language, or in the other one and marked.

The languages of a text are columns: `title_en`, `title_mn`. An empty column is a translation
that is not there yet; what is shown then must say so (`Text.is_fallback`).
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import get_language
from modeltranslation.translator import NotRegistered, translator


# Not frozen: a page makes hundreds, and freezing each costs most of it
@dataclass(slots=True, unsafe_hash=True)
class Text:
    """A text with the language it is in; false when there is none in any language."""

    value: str
    language: str
    is_fallback: bool

    @classmethod
    def in_active_language(cls, value):
        return cls(value, get_language() or settings.LANGUAGE_CODE, is_fallback=False)

    def __str__(self):
        return self.value

    def __bool__(self):
        return bool(self.value)

    @property
    def attrs(self):
        """The `lang` attribute for the element around it, when it needs one."""
        return format_html(' lang="{}"', self.language) if self.is_fallback else ""


def languages():
    return [code for code, _name in settings.LANGUAGES]


@cache
def languages_from(first):
    """The languages, `first` before the others: a tuple."""
    return tuple(sorted(languages(), key=lambda code: code != first))


def column(field, language):
    """The name of the column that holds `field` in `language`."""
    return f"{field}_{language}"


def columns(*fields):
    """The names of the columns that hold translated fields, in every language."""
    return [column(field, language) for field in fields for language in languages()]


def in_language(obj, field, language):
    """The text of `field` in that language only; empty when it is not there."""
    return getattr(obj, column(field, language)) or ""


def translated(obj, field):
    """The text of `field` in the active language, else in the other one, as a `Text`."""
    active = get_language() or settings.LANGUAGE_CODE
    for language in languages_from(active):
        if value := in_language(obj, field, language):
            return Text(value, language, is_fallback=language != active)
    return Text("", active, is_fallback=False)


def translated_fields(model):
    """The names of the model's translated texts, in the order of the model.

    Not of what is made from them, such as a sort key.
    """
    try:
        names = translator.get_options_for_model(model).all_fields
    except NotRegistered:
        return []
    return [f.name for f in model._meta.concrete_fields if f.name in names and f.editable]


def has_text(*fields):
    """A condition: at least one of `fields` has a text, in any language."""
    condition = Q()
    for field in fields:
        for language in languages():
            name = column(field, language)
            condition |= Q(**{f"{name}__isnull": False}) & ~Q(**{name: ""})
    return condition


def lacks_translation(model, language):
    """A condition: some text of the row is in another language and not in this one."""
    condition = Q(pk__in=[])
    for field in translated_fields(model):
        name = column(field, language)
        empty = Q(**{name: ""}) | Q(**{f"{name}__isnull": True})
        condition |= empty & has_text(field)
    return condition
