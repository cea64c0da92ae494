"""Every change is kept with who made it, can be read word by word, and put back."""

import pytest
from django.utils.html import strip_tags

from editorial.deeds import deed
from editorial.drafts import Draft
from editorial.history import Version
from tests.desk import Desk, make_user
from tests.factories import (
    make_achievement,
    make_campaign,
    make_event,
    make_page,
    make_theme,
)

pytestmark = pytest.mark.django_db


def test_a_deed_leaves_one_version_with_who_did_it():
    event, theme = make_event(title_en="One"), make_theme()
    desk = Desk("publisher")

    desk.save(event, "_publish", title_en="Two", themes=[theme.pk])

    newest, first = Version.objects.of(event)
    assert (newest.user, first.user) == (desk.user, None)
    assert (first.values["title_en"], newest.values["title_en"]) == ("One", "Two")
    assert newest.values["themes"] == [theme.pk]


def test_a_save_that_changes_nothing_leaves_none():
    event = make_event()

    event.save()

    assert Version.objects.of(event).count() == 1


def test_a_save_in_a_shell_is_kept_as_well_and_a_figure_is_part_of_its_event():
    event = make_event()
    event.figures.create(kind="groups", value=70)

    with deed(note="shell"):
        event.title_en = "New"
        event.save()

    notes = [(version.note, version.values["figures"]) for version in Version.objects.of(event)]
    figure = {"kind": "groups", "value": 70, "at_least": False, "period": ""}
    assert notes == [("shell", [figure]), ("", [figure]), ("", [])]


def test_lines_as_browsers_send_them_are_no_change():
    campaign = make_campaign(asks_en="One\nTwo", retired=True, retired_reason_en="Done")

    Desk("publisher").save(campaign, "_publish", asks_en="One\r\nTwo")

    assert Version.objects.of(campaign).count() == 1


@pytest.mark.parametrize("make", [make_event, make_campaign, make_achievement, make_page])
def test_a_first_version_shows_every_kind_of_field(make):
    entry, desk = make(), Desk("translator")

    version = Version.objects.of(entry).get()

    assert desk.client.get(desk.address(entry, "version", version.pk)).status_code == 200


def test_the_history_lists_who_changed_what_and_when():
    event = make_event(title_en="One")
    desk = Desk("publisher", name="bold")
    desk.save(event, "_publish", title_en="Two", year="1962")

    answer = desk.client.get(desk.address(event, "history"))

    told = [(version.user, changed) for version, changed in answer.context["versions"]]
    assert told == [(desk.user, ["year", "title (English)"]), (None, None)]


def test_two_versions_are_compared_word_by_word_in_both_languages():
    event = make_event(title_en="A small candle", title_mn="Жижиг лаа")
    desk = Desk("publisher")
    desk.save(event, "_publish", title_en="A large candle", title_mn="Том лаа")
    newest = Version.objects.of(event).first()

    answer = desk.client.get(desk.address(event, "version", newest.pk))

    assert [(part, [html for _label, html in rows]) for part, rows in differences(answer)] == [
        ("English", ["A <del>small</del> <ins>large</ins> candle"]),
        ("Монгол", ["<del>Жижиг</del><ins>Том</ins> лаа"]),
    ]


def differences(answer):
    return [
        (part, [(str(label), html) for label, html in rows])
        for part, rows in answer.context["differences"]
    ]


def test_any_two_versions_can_be_compared():
    event = make_event(title_en="One")
    desk = Desk("publisher")
    for title in ("Two", "Three"):
        desk.save(event, "_publish", title_en=title)
    newest, _second, first = Version.objects.of(event)

    answer = desk.client.get(desk.address(event, "version", newest.pk), {"with": first.pk})

    assert [strip_tags(html) for _p, rows in differences(answer) for _l, html in rows] == [
        "OneThree"
    ]


def test_a_version_is_put_back_with_one_click_and_that_is_kept_too():
    old, new = make_theme(), make_theme()
    with deed():
        event = make_event(title_en="One", themes=[old])
    desk = Desk("publisher")
    desk.save(event, "_publish", title_en="Two", themes=[new.pk])
    first = Version.objects.of(event).last()

    desk.client.post(desk.address(event, "version", first.pk))

    event.refresh_from_db()
    newest = Version.objects.of(event).first()
    assert (event.title_en, [*event.themes.all()]) == ("One", [old])
    assert (newest.user, newest.note) == (desk.user, "an earlier version was put back")


def test_an_editor_who_puts_a_published_text_back_asks_for_it():
    event = make_event(title_en="One")
    Desk("publisher").save(event, "_publish", title_en="Two")
    first = Version.objects.of(event).last()
    editor = Desk("editor")

    editor.client.post(editor.address(event, "version", first.pk))

    event.refresh_from_db()
    assert event.title_en == "Two"
    assert Draft.objects.get().values == {"title_en": "One"}


def test_putting_back_does_not_publish_what_has_been_taken_off():
    event = make_event(title_en="One")
    desk = Desk("publisher")
    desk.save(event, "_publish", title_en="Two")
    desk.save(event, "_unpublish")

    desk.client.post(desk.address(event, "version", Version.objects.of(event).last().pk))

    event.refresh_from_db()
    assert (event.title_en, event.status) == ("One", "draft")


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_nothing_is_put_back_over_what_waits_beside_a_published_text(role):
    event = make_event(title_en="One")
    Desk("publisher").save(event, "_publish", title_en="Two")
    Desk("editor", name="saran").save(event, title_en="Half a thought")
    desk = Desk(role)

    address = desk.address(event, "version", Version.objects.of(event).last().pk)
    answer = desk.client.post(address, follow=True)

    assert "Something waits beside the published text." in answer.content.decode()
    assert Draft.objects.get().values == {"title_en": "Half a thought"}
    event.refresh_from_db()
    assert event.title_en == "Two"


def test_who_has_left_is_forgotten_and_the_version_stays():
    user = make_user("editor")
    with deed(user):
        event = make_event()

    user.delete()

    assert [version.user for version in Version.objects.of(event)] == [None]
