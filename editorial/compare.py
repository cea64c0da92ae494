"""Two texts, compared word by word."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join, mark_safe

from bilingual.mongolian import fold
from editorial.richtext import to_plain

WORD = re.compile(r"\s*\S+")
LETTERS = re.compile(r"[^\W_]+")
ADDRESS = re.compile(r'href="[^"]*"')


def differences(old, new):
    """The words of two plain texts in order, as pairs of "=", "-" or "+" and a text."""
    old, new = WORD.findall(old), WORD.findall(new)
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield "=", "".join(old[a:b])
            continue
        if a < b:
            yield "-", "".join(old[a:b])
        if c < d:
            yield "+", "".join(new[c:d])


def marked(old, new):
    """The differences of two plain texts as HTML: what went in `<del>`, what came in `<ins>`."""
    tags = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    pieces = (
        # Spaces stand outside the marks, so that two marks side by side stay two words
        (text[: len(text) - len(text.lstrip())], format_html(tags[kind], text.lstrip()))
        for kind, text in differences(old, new)
    )
    return format_html_join("", "{}{}", pieces) if old or new else mark_safe("")


def same_words(old, new):
    """Whether two texts differ in their marks, signs, spaces and capitals alone."""
    return words(old) == words(new)


def words(html):
    """What a text says: its words, and where its links lead."""
    return LETTERS.findall(fold(to_plain(html))), ADDRESS.findall(html)
