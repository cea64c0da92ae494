"""What a form with the rich text editor needs: its words, and leave from the content policy."""

from functools import wraps
from secrets import token_urlsafe

from django import forms
from django.utils.translation import gettext_lazy as _
from js_asset import JSON, Media

# The editor styles itself with one inline style sheet, which is this one
STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"

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


def with_editor(view):
    """Gives the pages of an admin's view leave for the editor: for its style sheet, and for the
    inline import map by which it loads its modules, each with a nonce of its own."""

    @wraps(view)
    def page(model_admin, request, *args, **kwargs):
        request.csp_nonce = token_urlsafe(16)
        response = view(model_admin, request, *args, **kwargs)
        response.csp = {
            "script-src": f"'self' 'nonce-{request.csp_nonce}'",
            "style-src": f"'self' {STYLE}",
            "font-src": "'self'",  # the drawings on its buttons
        }
        return response

    return page


def editor_media(media, request):
    """The media of a form, with the words of the editor and the nonce of the answer."""
    words = {word: str(translation) for word, translation in EDITOR_WORDS.items()}
    media += forms.Media(js=[JSON(words, id="editor-words"), forms.Script("js/editor-words.js")])
    return Media.from_media(media, nonce=request.csp_nonce)
