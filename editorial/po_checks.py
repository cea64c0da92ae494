"""What a translation that comes in a file must be: whole, in its language, true to its source.

A form of the admin has an editor that writes right HTML; a file was written by hand.
"""

import re
from collections import Counter
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django_prose_editor.config import allowlist_from_extensions

from bilingual.languages import OWN_NAMES
from bilingual.mongolian import looks_russian
from editorial.letters import foreign_letters
from editorial.richtext import BLOCK, EXTENSIONS, RichTextField, to_plain

TAGS = allowlist_from_extensions(EXTENSIONS)["tags"]
EMPTY_TAGS = {"br"}  # that nothing closes
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
OWN_LANGUAGE = re.compile(rf"^/({'|'.join(OWN_NAMES)})(?=/)")  # of an address of this site
URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”»]+[^\s<>\"“”».,;:!?)]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]\b|\{\w*\}")
WORD = re.compile(r"[^\W\d_]+")
LETTERS = {
    "en": re.compile(r"[A-Za-z\u00c0-\u024f]"),
    "mn": re.compile(r"[\u0400-\u04ff]"),
}
LONG = 40  # letters: a shorter text may be a name alone, which stays as it is


def cleaned(field, source, text, language):
    """The text as it is to be stored. ValidationError, with a sentence for each fault."""
    faults = [*marks(field, source, text), *words(source, text, language)]
    if faults:
        raise ValidationError(faults)
    if isinstance(field, models.CharField):
        text = re.sub(r"\s*\n\s*", " ", text)
    return field.clean(text.strip(), None)


# Marks


class Marks(HTMLParser):
    """The tags and links of a text, and the tag at which it is broken, if one is."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.open, self.broken = set(), [], [], ""
        self.feed(html)
        if "<" in self.rawdata:  # a tag that does not end
            self.broken = self.broken or self.rawdata[:20]
        self.close()
        if self.open:
            self.broken = self.broken or f"<{self.open[-1]}>"

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "a":
            self.links.append(OWN_LANGUAGE.sub("", dict(attrs).get("href") or ""))
        if tag not in EMPTY_TAGS:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in EMPTY_TAGS:
            self.broken = self.broken or f"</{tag}>"

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY_TAGS:
            self.open.pop()

    def handle_comment(self, data):
        self.tags.add("!--")


def marks(field, source, text):
    if not isinstance(field, RichTextField):
        if found := TAG.search(text):
            yield _("This text is plain: take out “%(tag)s”.") % {"tag": found.group()}
        return
    found = Marks(text)
    if found.broken:
        yield _("The mark-up is broken at “%(tag)s”: each tag that opens must be closed.") % {
            "tag": found.broken
        }
        return
    if foreign := sorted(found.tags - TAGS):
        yield _("There is no such mark here: %(tags)s. Those there are: %(allowed)s.") % {
            "tags": ", ".join(f"<{tag}>" for tag in foreign),
            "allowed": ", ".join(f"<{tag}>" for tag in sorted(TAGS)),
        }
    elif not BLOCK.match(text.strip()):
        yield _("This text is made of paragraphs: begin it with <p> and end it with </p>.")
    yield from missing_and_added(
        Marks(source).links,
        found.links,
        _("A link of the source is missing: %(what)s."),
        _("This link is not in the source: %(what)s."),
    )


def missing_and_added(wanted, has, missing, added):
    """The two sentences, of what only one of two texts has."""
    for sentence, these, those in ((missing, wanted, has), (added, has, wanted)):
        if only := Counter(these) - Counter(those):
            yield sentence % {"what": ", ".join(only.elements())}


# Words


def words(source, text, language):
    source, text = to_plain(source), to_plain(text)
    yield from missing_and_added(
        fixed(source),
        fixed(text),
        _("What must stay as it is in the source is missing: %(what)s."),
        _("This is not in the source: %(what)s."),
    )
    source, text = (URL.sub(" ", PLACEHOLDER.sub(" ", each)) for each in (source, text))
    if text == source and count(WORD, text) > LONG:
        yield _("This is the source, not a translation.")
    elif not is_in(language, source, text):
        yield _("This is not written in the language of the file: %(language)s.") % {
            "language": OWN_NAMES[language]
        }
    elif language == "mn" and (foreign := foreign_letters([text])):
        yield foreign
    elif language == "mn" and looks_russian(text):
        yield _("This looks like Russian, not Mongolian.")


def fixed(text):
    """What a translation leaves as it is: placeholders, and addresses written out."""
    return PLACEHOLDER.findall(text) + URL.findall(text)


def count(pattern, text):
    """How many letters the matches of a pattern have."""
    return sum(map(len, pattern.findall(text)))


def is_in(language, source, text):
    """Whether most letters are those of the language. Names that stand so in the source do not
    count in a short text, as a title may be little else."""
    if count(WORD, text) <= LONG:
        known = set(WORD.findall(source))
        text = " ".join(word for word in WORD.findall(text) if word not in known)
    return 2 * count(LETTERS[language], text) >= count(WORD, text)
