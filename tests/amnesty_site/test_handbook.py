"""The handbook of the admin: what it quotes, shows and links to is there, in both languages."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.utils.translation import gettext, override
from PIL import Image

from editorial.roles import Role
from tests.desk import Desk

pytestmark = pytest.mark.django_db

PICTURES = settings.BASE_DIR / "static" / "handbook"
MOST_BYTES = 40_000


def handbook(language, *roles):
    page = Desk(*roles).client.get(f"/{language}/admin/handbook/").content.decode()
    return re.search(r'(?s)<div class="handbook">.*<!-- END Content -->', page)[0]


@pytest.mark.parametrize("roles", [[], *[[role] for role in Role.values]])
@pytest.mark.parametrize("language", ["en", "mn"])
def test_everybody_who_works_here_reads_it_from_every_page(language, roles):
    client = Desk(*roles).client

    linked = re.findall(
        r'href="(.*?/handbook/)"', client.get(f"/{language}/admin/").content.decode()
    )

    assert linked == [f"/{language}/admin/handbook/"] * 2  # in the header, and on the first page
    assert client.get(linked[0]).status_code == 200


def test_nobody_else_reads_it(client, django_user_model):
    answer = client.get("/mn/admin/handbook/")
    assert (answer.status_code, answer.url) == (302, "/mn/admin/login/?next=/mn/admin/handbook/")

    client.force_login(django_user_model.objects.create_user("reader"))
    assert client.get("/mn/admin/handbook/").status_code == 302


def test_its_chapters_are_the_same_in_both_languages():
    chapters = {code: re.findall(r'<section id="(.*?)"', handbook(code)) for code in ("en", "mn")}

    assert chapters["en"] == chapters["mn"]
    assert len(set(chapters["en"])) == 18


@pytest.mark.parametrize("language", ["en", "mn"])
def test_its_contents_lead_to_every_chapter(language):
    text = handbook(language)

    listed = re.findall(r'<li><a href="#(.*?)">(.*?)</a>', text)

    assert listed == re.findall(r'<section id="(.*?)">\s*<h2.*?>(.*?)</h2>', text)


@pytest.mark.parametrize("language", ["en", "mn"])
def test_its_links_lead_somewhere(language):
    text = handbook(language)

    targets = {link for link in re.findall(r'href="(.*?)"', text) if not link.startswith("#")}

    assert targets == set(re.findall(r'src="(.*?)"', text))


@pytest.mark.parametrize("language", ["en", "mn"])
def test_its_pictures_are_all_there_and_light_and_as_large_as_it_says(language):
    marked_up = re.findall(
        rf'<img src="/static/handbook/{language}/(.*?)" width="(\d+)" height="(\d+)" alt="(.+?)"',
        handbook(language),
    )

    made = {file.name: size(file) for file in (PICTURES / language).iterdir()}
    assert {name: (int(width), int(height)) for name, width, height, _ in marked_up} == made
    assert len(marked_up) == handbook(language).count("<img") == len(made)
    heavy = [file for file in PICTURES.rglob("*") if file.stat().st_size > MOST_BYTES]
    assert heavy == []


def size(file):
    with Image.open(file) as picture:
        return picture.size


def test_the_words_it_quotes_are_those_of_the_screens():
    """A word that left the screens has no translation; one that changed is not in the other."""
    quoted = {code: quoted_words(handbook(code)) for code in ("en", "mn")}

    translations = {word: translations_of(word) for word in quoted["en"]}

    assert [word for word, found in translations.items() if not found & quoted["mn"]] == []
    assert quoted["mn"] - set().union(*translations.values()) == set()


def quoted_words(text):
    return {first_up(unescape(word)) for word in re.findall(r'<b class="word">(.*?)</b>', text)}


def translations_of(word):
    """How the screens say it in Mongolian, where labels begin with a small letter in the code."""
    with override("mn"):
        forms = {word, word[:1].lower() + word[1:]}
        return {first_up(gettext(form)) for form in forms if gettext(form) != form}


def first_up(word):
    return word[:1].upper() + word[1:]
