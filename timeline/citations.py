"""An event as an entry of a bibliography, for BibTeX and what reads it."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LANGUAGES = {"en": "english", "mn": "mongolian"}  # as BibLaTeX calls them

# A brace by its name, as BibTeX counts braces even behind a backslash
COMMANDS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "#$%&_"},
    }
)


def bibtex(event):
    """The entry in the active language. Its year is that of publishing here; a draft has none."""
    fields = {
        "author": f"{{{escape(_('Amnesty International Mongolia'))}}}",
        "title": f"{{{escape(event.heading)}}}",
        "year": published_in(event),
        "howpublished": escape(_("The history of the movement")),
        "note": escape(event.date),
        "url": settings.SITE_URL + event.get_absolute_url(),
        "langid": LANGUAGES[event.heading.language],
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{amnesty-{event.anchor}-{get_language()},\n{lines}}}\n"


def published_in(event):
    """The year in which the public could first read it here, or None."""
    return timezone.localtime(event.published_at).year if event.published_at else None


def escape(text):
    """`text` on one line, for a field in braces; its letters stay as they are."""
    return " ".join(str(text).split()).translate(COMMANDS)
