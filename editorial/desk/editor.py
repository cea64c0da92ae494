"""What a form with the rich text editor needs: its words, and leave from the content policy."""

from csp.constants import NONCE, SELF
from django import forms
from django.utils.translation import gettext_lazy as _
from js_asset import JSON, Media

# The editor loads its modules through an inline import map, and styles itself with one inline
# style sheet; both are let in by nonce and by hash, on forms alone.
EDITOR_POLICY = {
    "script-src": [NONCE],
    "style-src": [SELF, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
}


# What the editor's buttons and windows say; it knows these texts in English alone
EDITOR_WORDS = {
    "bold": _("bold"),
    "italic": _("italic"),
    "title of a work": _("title of a work"),
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


def editor_media(media, request):
    """The media of a form, with the words of the editor and the nonce of the answer."""
    words = {word: str(translation) for word, translation in EDITOR_WORDS.items()}
    media += forms.Media(js=[JSON(words, id="editor-words"), forms.Script("js/editor-words.js")])
    return Media.from_media(media, nonce=request.csp_nonce)
