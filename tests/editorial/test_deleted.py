"""What somebody typed into the form of an entry that is deleted meanwhile is not lost."""

import re

import pytest
from django.utils.html import strip_tags

from editorial.review import Translation
from tests.desk import Desk, form_data
from tests.factories import make_event, make_theme
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db

ADD = "/en/admin/timeline/timelineevent/add/"


@pytest.fixture
def event():
    return make_event(title_en="A candle")


@pytest.fixture
def saran():
    return Desk("editor", name="saran")


@pytest.fixture
def bold():
    return Desk("publisher", name="bold")


def delete(desk, entry):
    desk.client.post(desk.address(entry, "delete"), {"post": "yes"})


def text(answer):
    return " ".join(strip_tags(answer.content.decode()).split())


def test_the_form_is_shown_again_with_all_that_was_typed_and_says_who_deleted_it(
    event, saran, bold
):
    theme = make_theme()
    typed = saran.open(event) | {"title_en": "A large candle", "themes": [theme.pk]}
    delete(bold, event)

    answer = saran.send(event, typed)

    form = answer.context["adminform"].form
    assert (answer.status_code, TimelineEvent.objects.count()) == (200, 0)
    assert (form["title_en"].value(), form["themes"].value()) == ("A large candle", [str(theme.pk)])
    assert re.search(
        "bold deleted this at .*, after you had opened it. What you typed is kept below. "
        "Saved once more, it becomes a new entry.",
        text(answer),
    )


def test_saved_once_more_it_becomes_a_new_entry(event, saran, bold):
    typed = saran.open(event) | {"title_en": "A large candle"}
    delete(bold, event)
    page = saran.send(event, typed)
    assert f'action="{ADD}"' in page.content.decode()

    saran.client.post(ADD, form_data(page.context) | {"_save": "1"})

    new = TimelineEvent.objects.get()
    assert (new.title_en, new.title_mn, new.status) == ("A large candle", event.title_mn, "draft")


def test_it_is_kept_as_well_when_another_button_was_pressed(event, bold):
    typed = bold.open(event) | {"title_en": "A large candle"}
    event.delete()

    answer = bold.send(event, typed, "_unpublish")

    assert answer.context["adminform"].form["title_en"].value() == "A large candle"
    assert "This was deleted after you had opened it." in text(answer)


def test_who_may_add_none_is_told_that_it_is_gone(saran, bold):
    theme = make_theme()
    typed = saran.open(theme)
    delete(bold, theme)

    answer = saran.client.post(saran.address(theme), typed, follow=True)

    assert "doesn’t exist. Perhaps it was deleted?" in text(answer)
    assert type(theme).objects.count() == 0


def test_who_deletes_what_is_deleted_makes_nothing_new(event, bold):
    event_address = bold.address(event, "delete")
    delete(bold, event)

    bold.client.post(event_address, {"post": "yes", "title_en": "A candle", "year": 1961})

    assert TimelineEvent.objects.count() == 0


def test_a_translator_is_told(event):
    desk = Desk("translator")
    address = f"/en/admin/editorial/translation/{Translation.objects.for_entry(event).pk}/change/"
    typed = form_data(desk.client.get(address).context)
    event.delete()

    answer = desk.client.post(address, typed | {"_save": "1"}, follow=True)

    assert "This entry was deleted while you translated it." in text(answer)
