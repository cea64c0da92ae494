"""Points out letters that only look Mongolian."""

from django.utils.translation import gettext as _

from bilingual.mongolian import mended_words
from editorial.richtext import to_plain


def foreign_letters(texts):
    """Names words with letters of another alphabet or an old font, and how to write them; ""
    where there are none."""
    mended = mended_words(" ".join(map(to_plain, texts)))
    if not mended:
        return ""
    text = _("Letters that are not Mongolian. Please write instead: %(words)s")
    return text % {"words": ", ".join(f"{word} → {right}" for word, right in mended.items())}
