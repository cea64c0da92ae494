"""Under /mn/ the admin speaks Mongolian, also where Django itself speaks English."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.utils.html import strip_tags
from django.utils.translation import override

from tests.factories import make_campaign, make_event, make_theme

pytestmark = pytest.mark.django_db

ENGLISH = re.compile(r"\b[A-Za-z][a-z]{3,}\b")
# What the tests write themselves, keys of a keyboard, programs, and a term that stands in brackets
TYPED = {"staff", "theme", "themes", "event", "admin", "Control", "Command", "salt"}
TYPED |= {"Excel", "Poedit", "Word", "Aegis", "FreeOTP", "Google", "Authenticator"}
PAGES = [
    "",
    "auth/user/add/",
    "auth/user/1/change/",
    "auth/user/1/password/",
    "auth/group/add/",
    "auth/user/",
    "timeline/timelineevent/",
    "campaigns/campaign/",
    "timeline/timelineevent/add/",
    "campaigns/campaign/add/",
    "sections/achievement/add/",
    "editorial/theme/add/",
    "editorial/picture/",
    "editorial/picture/add/",
    "editorial/translation/files/",
    "password_change/",
    "second-factor/",
    "admin/logentry/",
    "handbook/",
]


def english_words(page):
    """Words in Latin letters among what a reader sees or hears, names of the languages apart."""
    body = re.sub(r"(?s)<head>.*?</head>|<(script|style)\b.*?</\1>", " ", page)
    body = re.sub(r'(?s)<a class="lang-switch".*?</a>|<kbd>.*?</kbd>', " ", body)
    body = re.sub(r'<p class="of-paper">.*?</p>', " ", body)  # the address, for print
    spoken = " ".join(re.findall(r'(?:title|alt|aria-label|placeholder)="([^"]*)"', body))
    words = set(ENGLISH.findall(unescape(strip_tags(body) + " " + spoken)))
    return words - TYPED - {"English"}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_the_admin_has_english_words(client, path):
    user = User.objects.create_superuser("staff", password="a long password", pk=1)
    client.force_login(user)
    make_event(), make_campaign()

    page = client.get(f"/mn/admin/{path}").content.decode()

    assert english_words(page) == set()


def test_the_history_names_fields_in_the_readers_language(admin_client):
    event = make_event(title_en="Old", year=1962)
    form = admin_client.get(f"/en/admin/timeline/timelineevent/{event.pk}/change/")
    fields = form.context["adminform"].form.initial
    data = {name: value for name, value in fields.items() if value is not None}
    data |= {"title_en": "New", "title_mn": "Шинэ"}
    data |= {f"figures-{key}": "0" for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    data["themes"] = [make_theme().pk]
    admin_client.post(f"/en/admin/timeline/timelineevent/{event.pk}/change/", data)

    told = {}
    for language in ("en", "mn"):
        with override(language):
            told[language] = LogEntry.objects.get().get_change_message()
    assert told["en"] == "Changed title and themes."
    assert ENGLISH.findall(told["mn"]) == []


def test_deleting_names_the_links_that_go_with_an_entry(admin_client):
    event = make_event(themes=[make_theme(name_mn="Эрүү шүүлт")])

    page = admin_client.get(f"/mn/admin/timeline/timelineevent/{event.pk}/delete/")

    assert english_words(page.content.decode()) == set()
    assert "Эрүү шүүлт" in page.content.decode()
