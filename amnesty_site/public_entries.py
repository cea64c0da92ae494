"""What the public reads, of every subject at once: for feeds, the map of the site and open data.
They are the same for everybody, so none of this asks who is reading."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Model, Q, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.html import escape
from django.utils.text import Truncator

from bilingual.translations import column, in_language, languages
from campaigns.models import Campaign
from editorial.changes import Change
from editorial.models import Page
from editorial.richtext import RichTextField, to_plain
from editorial.years import Dated
from sections.models import Achievement, Section
from timeline.models import TimelineEvent

# What neither XML nor a program that reads it takes for a character
NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HERE = re.compile(r'(?<=\shref=")/(?!/)')


@dataclass(frozen=True)
class Subject:
    """`named_by` are the texts that make an entry, of which it has one at least; `told_by` those
    that say what it is about, the best first; `beside` is what its address needs."""

    model: type[Model]
    named_by: list[str]
    told_by: list[str]
    beside: str | None = None


SUBJECTS = {
    "event": Subject(TimelineEvent, ["title", "body"], ["body"]),
    "campaign": Subject(Campaign, ["title"], ["body", "strapline"]),
    "achievement": Subject(Achievement, ["text"], ["text"], beside="section"),
    "section": Subject(Section, ["name"], ["introduction"]),
    "page": Subject(Page, ["title"], ["body", "line"]),
}


def shown(subject):
    """The entries that anybody may read; each `told_en`, `told_mn`: when readers of that language
    last had something new in it, and None where nothing is in that language."""
    times = {f"told_{code}": told_at(subject, code) for code in languages()}
    entries = subject.model.objects.visible_to(AnonymousUser())
    return entries.select_related(subject.beside).annotate(**times)


def told_at(subject, language):
    changed = Coalesce(Change.objects.times(subject.model, language), "published_at")
    has_words = Q()
    for name in subject.named_by:
        has_words |= Q(**{f"{column(name, language)}__gt": ""})
    return Case(When(has_words, then=Greatest("published_at", changed)))


def name(subject, entry, language):
    """What a list calls an entry, in that language alone."""
    field, text = first_text(entry, subject.named_by, language)
    plain = to_plain(text) if is_rich(entry, field) else " ".join(text.split())
    short = Truncator(plain).words(20, truncate="…")
    return f"{entry.year}: {short}" if isinstance(entry, Dated) else short


def story(subject, entry, language):
    """What an entry says in that language, as HTML that is right at any address; or None."""
    field, text = first_text(entry, subject.told_by, language)
    html = text if is_rich(entry, field) else f"<p>{escape(text)}</p>"
    return from_anywhere(html) if text else None


def first_text(entry, fields, language):
    """The first of its fields that has a text in that language, and the text."""
    texts = ((field, in_language(entry, field, language)) for field in fields)
    return next(((field, text) for field, text in texts if text), (fields[0], ""))


def is_rich(entry, field):
    return isinstance(entry._meta.get_field(field), RichTextField)


def from_anywhere(html):
    """Rich text whose links to this site lead to it from elsewhere, too."""
    return HERE.sub(f"{settings.SITE_URL}/", html)


def absolute(path):
    return settings.SITE_URL + path


def visible(text):
    """A text without what is no character for programs; people see no difference."""
    return NO_CHARACTER.sub("", text)
