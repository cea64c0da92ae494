"""Every word of every page says which language it is in."""

import re
from html.parser import HTMLParser

import pytest
from django.utils import timezone

from bilingual.translations import column, translated_fields
from campaigns.models import Campaign
from editorial.models import Page, Theme
from sections.models import Achievement, Section
from timeline.models import Decade, TimelineEvent

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r"https?://\S+")
NONE = ""  # of what is for programs
VOID = {"br", "hr", "img", "input", "link", "meta", "source"}
WORDS = {"en": re.compile(r"[A-Za-z]{2,}"), "mn": re.compile(r"[\u0400-\u04ff]{2,}")}
READ_ALOUD = ["alt", "aria-label", "title", "placeholder"]
ENGLISH = {"body": "<p>First.</p><p>Second.</p>", "asks": "This\nThat", "other": "Text"}
MONGOLIAN = {"body": "<p>Нэг.</p><p>Хоёр.</p>", "asks": "Энэ\nТэр", "other": "Үг"}
TEXTS = {"en": ENGLISH, "mn": MONGOLIAN}


class Reader(HTMLParser):
    """Collects the links of a page, and its texts with the language each is said to be in."""

    def __init__(self, page):
        super().__init__()
        self.open, self.texts, self.links = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        language = attrs.get("lang", self.open[-1][1] if self.open else None)
        self.texts += [(language, attrs[name]) for name in READ_ALOUD if attrs.get(name)]
        if attrs.get("translate") == "no" or tag == "script":
            language = NONE
        if tag == "meta" and attrs.get("name") == "description":
            self.texts.append((language, attrs["content"]))
        if tag == "a":
            self.links.append(attrs["href"].partition("#")[0].partition("?")[0])
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag):
        while self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        self.texts.append((self.open[-1][1] if self.open else None, data.strip()))


def mislabelled(texts):
    return [
        (language, text)
        for language, text in texts
        for code, words in WORDS.items()
        if language not in (code, NONE) and words.search(ADDRESS.sub("", text))
    ]


@pytest.fixture
def content():
    """Each subject in English alone and in Mongolian alone."""
    for number, language in enumerate(["en", "mn"]):
        theme = write(Theme, language, slug=f"theme-{language}")
        write(Decade, language, first_year=1960 + 10 * number)
        for year in (1961, 1971):
            write(TimelineEvent, language, theme=theme, year=year, featured=True)
            write(TimelineEvent, language, leave=["title"], theme=theme, year=year)
        write(Campaign, language, theme=theme, drawing="letters", retired=True)
        write(Page, language, slug=["about", "privacy"][number])
        section = write(Section, language, slug=f"in-{language}")
        given = {"section": section, "year": 2015, "figure": 7, "highlight": 1}
        write(Achievement, language, theme=theme, **given)


def write(model, language, *, theme=None, leave=(), **given):
    """A published row whose texts, but for those to leave out, are in one language alone."""
    for field in set(translated_fields(model)) - set(leave):
        given[column(field, language)] = TEXTS[language].get(field, TEXTS[language]["other"])
    if hasattr(model, "published_at"):
        given["published_at"] = timezone.now()
    row = model.objects.create(**given)
    if theme:
        row.themes.add(theme)
    return row


@pytest.mark.parametrize("language", ["en", "mn"])
def test_every_text_of_a_page_says_its_language(client, content, language):
    waiting, seen, wrong = [f"/{language}/"], set(), {}
    while waiting:
        path = waiting.pop()
        seen.add(path)
        reader = Reader(client.get(path).content.decode())
        if found := mislabelled(reader.texts):
            wrong[path] = found
        links = {link for link in reader.links if re.fullmatch(rf"/{language}/.*/", link)}
        links.discard(f"/{language}/data/")  # names of formats and keys are in no language
        waiting += links - seen - set(waiting)

    assert wrong == {}
    assert len(seen) > 15
