"""Running text with the few marks the design has, clean before it is stored."""

import re
from html import unescape

from django.utils.html import conditional_escape, strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Heading": {"levels": [2, 3]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
}

BLOCK = re.compile(r"<(p|h2|h3|ul|ol|blockquote)\b", re.IGNORECASE)
BREAK = re.compile(r"</?(p|h2|h3|ul|ol|li|blockquote|br)\b", re.IGNORECASE)  # divides words

# What the editor's buttons and windows say; it knows these texts in English alone
EDITOR_WORDS = {
    "bold": _("bold"),
    "italic": _("italic"),
    "heading 2": _("heading 2"),
    "heading 3": _("heading 3"),
    "Heading 2": _("heading 2"),
    "Heading 3": _("heading 3"),
    "paragraph": _("paragraph"),
    "Paragraph": _("paragraph"),
    "unordered list": _("list with dots"),
    "ordered list": _("list with numbers"),
    "blockquote": _("quotation"),
    "insert link": _("insert link"),
    "remove link": _("remove link"),
    "undo": _("undo"),
    "redo": _("redo"),
    "List properties": _("kind of list"),
    "List type": _("kind of list"),
    "Decimal numbers": _("numbers"),
    "Lowercase letters": _("small letters"),
    "Uppercase letters": _("capital letters"),
    "Lowercase Roman numerals": _("small Roman numerals"),
    "Uppercase Roman numerals": _("capital Roman numerals"),
    "Bullets": _("dots"),
    "Start at": _("begin with"),
    "Edit Link": _("Link"),
    "URL": _("address"),
    "Title": _("title"),
    "Update": _("Apply"),
    "Cancel": _("Cancel"),
}


class RichTextField(ProseEditorField):
    """HTML of the marks above. It is cleaned in `full_clean()`: whoever saves must call it."""

    def __init__(self, *args, **kwargs):
        kwargs["extensions"] = EXTENSIONS
        kwargs["sanitize"] = True
        super().__init__(*args, **kwargs)

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        return value if value is None or to_plain(value) else ""

    def deconstruct(self):
        # A migration need not know the marks: they change without a change of the column.
        name, _path, args, kwargs = super().deconstruct()
        for key in ("extensions", "sanitize", "config", "preset"):
            kwargs.pop(key, None)
        return name, "editorial.richtext.RichTextField", args, kwargs


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
