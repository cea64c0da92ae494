"""What a form with the rich text editor needs: its words, and leave from the content policy."""

from csp.constants import NONCE, SELF
from django import forms
from js_asset import JSON, Media

from editorial.richtext import EDITOR_WORDS

# The editor loads its modules through an inline import map, and styles itself with one inline
# style sheet; both are let in by nonce and by hash, on forms alone.
EDITOR_POLICY = {
    "script-src": [NONCE],
    "style-src": [SELF, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
}


def editor_media(media, request):
    """The media of a form, with the words of the editor and the nonce of the answer."""
    words = {word: str(translation) for word, translation in EDITOR_WORDS.items()}
    media += forms.Media(js=[JSON(words, id="editor-words"), forms.Script("js/editor-words.js")])
    return Media.from_media(media, nonce=request.csp_nonce)
