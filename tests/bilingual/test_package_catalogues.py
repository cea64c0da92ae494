"""What the installed packages say to staff and readers is Mongolian too, and grammatical."""

import itertools
import json
import re
from pathlib import Path

import django
import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.test import RequestFactory
from django.utils import translation
from django.views.i18n import JSONCatalog

OWN, FOR_PACKAGES = (Path(folder) / "mn" / "LC_MESSAGES" for folder in settings.LOCALE_PATHS)

# The same in both languages: punctuation, and names of protocols
SAME = {"…", ":", ":?.!", ", ", "%(truncated_text)s…", "IPv4", "IPv6"}

PLACEHOLDER = r"(?:%\(\w+\)[a-z]|%[a-z]|\{\w*\})[”\"']?(?:</\w+>)?"
# What must follow the vowels or the last letter of a word, and so of one that is known
ENDINGS = (
    "г д н т ыг ийг ы ий ын ийн ны ний гийн аас ээс оос өөс аар ээр оор өөр тай тэй той "
    "уу үү руу рүү луу лүү дахь дэх дугаар дүгээр"
)
GLUED = re.compile(
    rf"{PLACEHOLDER}(?:[а-яөү]|\s*[-\u2011]\s*(?!р\b)[а-яөү]|\s+(?:{'|'.join(ENDINGS.split())})\b)"
)


def package_texts(domain):
    """The texts in the catalogues that Django and the installed packages bring along.

    Django lists all of its own in its English catalogues; the rich text editor has none of
    those, so any language serves. modeltranslation has no catalogue: its one text, "None", is
    the admin's too.
    """
    installed = [Path(app.path) for app in apps.get_app_configs()]
    folders = [folder for folder in installed if folder.parent != settings.BASE_DIR]
    found = {}
    for folder in [Path(django.__file__).parent / "conf", *folders]:
        sources = [folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"]
        if not sources[0].exists():
            sources = folder.glob(f"locale/*/LC_MESSAGES/{domain}.po")
        for source in sources:
            found |= {key(e): e for e in polib.pofile(str(source)) if not e.obsolete}
    return found


def key(entry):
    return entry.msgctxt, entry.msgid


def in_mongolian(entry):
    """The text as pages show it: one, or one for a single thing and one for several."""
    if entry.msgid_plural:
        counts = (1, 2)
        return [translation.ngettext(entry.msgid, entry.msgid_plural, n) for n in counts]
    if entry.msgctxt:
        return [translation.pgettext(entry.msgctxt, entry.msgid)]
    return [translation.gettext(entry.msgid)]


def in_scripts(entries):
    """The same texts as the admin's scripts, and with them the editor's, get them."""
    view = JSONCatalog.as_view(packages=["django.contrib.admin"])
    catalogue = json.loads(view(RequestFactory().get("/")).content)["catalog"]
    for entry in entries:
        said = catalogue.get("\x04".join(filter(None, key(entry))), entry.msgid)
        yield entry, [said] if isinstance(said, str) else said


@pytest.fixture
def mongolian():
    with translation.override("mn"):
        yield


@pytest.mark.usefixtures("mongolian")
def test_every_text_of_the_packages_is_said_in_mongolian():
    entries = package_texts("django").values()
    left = {e.msgid for e in entries if {e.msgid, e.msgid_plural} & set(in_mongolian(e))}

    assert len(entries) > 600
    assert left == SAME


@pytest.mark.usefixtures("mongolian")
def test_every_text_of_the_packages_scripts_is_said_in_mongolian():
    entries = package_texts("djangojs").values()
    left = [entry.msgid for entry, said in in_scripts(entries) if entry.msgid in said]

    assert len(entries) > 90
    assert left == []


@pytest.mark.usefixtures("mongolian")
def test_no_mongolian_text_hangs_an_ending_on_a_word_it_does_not_know():
    own = polib.pofile(str(OWN / "django.po"))
    said = [in_mongolian(entry) for entry in [*package_texts("django").values(), *own]]
    said += [texts for _entry, texts in in_scripts(package_texts("djangojs").values())]

    assert [text for text in itertools.chain(*said) if GLUED.search(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "%(name)s-г сонго",
        "%(name)s -ээр",
        "“%(name)s”-ийг устгах",
        "<b>{name}</b>-ийн",
        "{name}д",
        "%(count)s ээс",
        "%s руу",
        "%(directory)s ийн жагсаалт",
        "%d дахь",
    ],
)
def test_an_ending_on_an_unknown_word_is_noticed(text):
    assert GLUED.search(text)


@pytest.mark.parametrize(
    "text", ["%(n)s бичлэг", "Засах: %s", "%s нэмэх", "%(a)s, нууц үг", "%(n)s-р сар"]
)
def test_a_whole_word_after_an_unknown_one_is_fine(text):
    assert not GLUED.search(text)


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_catalogue_for_packages_has_no_text_of_no_package(domain):
    catalogue = polib.pofile(str(FOR_PACKAGES / f"{domain}.po"))

    assert [key(entry) for entry in catalogue if key(entry) not in package_texts(domain)] == []
    assert len(catalogue.translated_entries()) == len(catalogue)
