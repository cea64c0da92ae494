"""Running text with the few marks the design has, clean before it is stored."""

import re
from html import unescape

from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape, strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField, create_sanitizer

from bilingual.translations import translated_fields
from editorial.editor import EXTENSIONS
from editorial.links import links_in, mistake_in
from editorial.pasted import tidy

LONGEST = 100_000  # in characters, marks included: a book of 50 pages

BLOCK = re.compile(r"<(p|h2|h3|ul|ol|blockquote)\b", re.IGNORECASE)
BLOCK_TAG = re.compile(r"<(/?)(?:p|h2|h3|ul|ol|blockquote)\b[^>]*>")
BREAK = re.compile(r"</?(p|h2|h3|ul|ol|li|blockquote|br)\b", re.IGNORECASE)  # divides words

LOOKS = 4

sanitize = create_sanitizer(EXTENSIONS)


def cleaned(html):
    """The text as it is stored: with the marks above and no others; empty where it says nothing.

    Cleaning what is clean changes nothing: of marks torn apart a second look finds more.
    """
    for _look in range(LOOKS):
        before, html = html, sanitize(tidy(html))
        if html == before:
            break
    return html if to_plain(html) else ""


class RichTextField(ProseEditorField):
    """HTML of the marks above. It is cleaned in `full_clean()`: whoever saves must call it."""

    def __init__(self, *args, **kwargs):
        kwargs["extensions"] = EXTENSIONS
        kwargs["sanitize"] = cleaned
        super().__init__(*args, **kwargs)

    def clean(self, value, model_instance):
        if self.name in translated_fields(type(model_instance)):
            return value  # what is read through it is stored, and cleaned, in its columns
        check(value or "")
        return super().clean(value or "", model_instance)

    def deconstruct(self):
        # A migration need not know the marks: they change without a change of the column.
        name, _path, args, kwargs = super().deconstruct()
        for key in ("extensions", "sanitize", "config", "preset"):
            kwargs.pop(key, None)
        return name, "editorial.richtext.RichTextField", args, kwargs


def check(html):
    """Tells what a person has to mend: a text far too long, or links that cannot lead anywhere."""
    check_length(html)
    mistakes = dict.fromkeys(mistake_in(link) for link in links_in(html))
    if sentences := list(filter(None, mistakes)):
        raise ValidationError(sentences, code="link")


def check_length(text):
    """Tells of a text that nobody typed."""
    if len(text) > LONGEST:
        told = _(
            "This text has %(length)s characters, and %(longest)s is the most. Shorten it; was "
            "more pasted than you meant?"
        )
        sizes = {"length": f"{len(text):,}", "longest": f"{LONGEST:,}"}
        raise ValidationError(told, code="max_length", params=sizes)


def from_plain(text):
    """HTML of a text whose paragraphs are divided by blank lines.

    A paragraph that begins with a block's tag (`<h2>`, `<ul>` …) stays as it is; inside others
    the marks for parts of a line (`<strong>`, `<a href>` …) may stand.
    """
    blocks = re.split(r"\n\s*\n", text.strip())
    return "".join(
        block if BLOCK.match(block) else f"<p>{' '.join(block.split())}</p>"
        for block in map(str.strip, blocks)
        if block
    )


def to_paragraphs(html):
    """The way back of `from_plain`: a text of which that makes exactly this HTML, once cleaned.

    None where there is no such text, as for words outside any paragraph.
    """
    text = "\n\n".join(map(without_tags, blocks(html)))
    return text if cleaned(from_plain(text)) == html else None


def blocks(html):
    """The outermost blocks of clean HTML; what stands between two of them keeps them together."""
    depth = begin = 0
    for tag in BLOCK_TAG.finditer(html):
        depth += -1 if tag[1] else 1
        if depth == 0 and html[tag.end() : tag.end() + 1] in ("", "<"):
            yield html[begin : tag.end()]
            begin = tag.end()
    yield from filter(None, [html[begin:]])


def without_tags(block):
    """The words of a plain paragraph; any other block as it is."""
    words = block.removeprefix("<p>").removesuffix("</p>")
    is_plain = f"<p>{' '.join(words.split())}</p>" == block and not BLOCK_TAG.search(words)
    return words if is_plain else block


def from_verbatim(text):
    """HTML of one paragraph that shows `text` exactly, whatever characters it has."""
    return f"<p>{conditional_escape(text)}</p>"


def to_plain(html):
    """The text without its marks, on one line; empty when only blanks are left."""
    text = unescape(strip_tags(BREAK.sub(r" \g<0>", html)))
    return " ".join(text.replace("\u200b", "").split())


def excerpt(html, words=12):
    """The first words of a text without its marks, for lists and labels."""
    return Truncator(to_plain(html)).words(words, truncate="…")
