"""A preview shows what readers would see, for a day, to whoever has the link."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from editorial import preview
from editorial.drafts import Draft
from editorial.history import Version
from editorial.models import Page, Theme
from tests.desk import Desk
from tests.factories import (
    make_achievement,
    make_campaign,
    make_decade,
    make_event,
    make_page,
    make_section,
    make_theme,
)
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db


def read(address):
    return Client().get(address)


@pytest.mark.parametrize(
    ("make", "given"),
    [
        (make_event, {"title_en": "Written today"}),
        (make_campaign, {"title_en": "Written today"}),
        (make_section, {"name_en": "Written today"}),
        (make_page, {"title_en": "Written today"}),
    ],
)
def test_a_draft_of_every_subject_is_seen_by_whoever_has_the_link(make, given):
    entry = make(published_at=None, **given)

    answer = read(preview.address(entry))

    assert answer.status_code == 200
    assert "Written today" in answer.content.decode()
    assert "This is how readers would see it." in answer.content.decode()
    assert "Draft: only staff" not in answer.content.decode()
    assert read(entry.get_absolute_url()).status_code == 404


def test_a_draft_achievement_a_decade_and_a_theme_are_seen_as_well():
    achievement = make_achievement(published_at=None, text_en="Done today.")
    decade, theme = make_decade(1960, line_en="As it was"), make_theme(name_en="As it was")
    make_event(year=1961, themes=[theme])
    Desk("editor").save(decade, line_en="As it shall be")
    Desk("editor").save(theme, name_en="As it shall be")

    assert "Done today." in read(preview.address(achievement)).content.decode()
    for entry in (decade, theme):
        assert "As it shall be" in read(preview.address(entry)).content.decode()
        assert "As it shall be" not in read(entry.get_absolute_url()).content.decode()


def test_what_waits_beside_a_published_text_is_seen_and_stays_a_draft():
    event = make_event(title_en="As it was")
    Desk("editor").save(event, title_en="As it shall be", year="1962")
    before = list(TimelineEvent.objects.values()), Version.objects.count(), Draft.objects.count()

    page = read(preview.address(event)).content.decode()

    assert ("As it shall be" in page, "1962" in page) == (True, True)
    assert before == (
        list(TimelineEvent.objects.values()),
        Version.objects.count(),
        Draft.objects.count(),
    )


def test_an_old_version_is_seen():
    event = make_event(title_en="As it was")
    first = Version.objects.of(event).get()
    Desk("publisher").save(event, "_publish", title_en="As it is")

    assert "As it was" in read(preview.address(event, first)).content.decode()


def test_the_other_language_is_one_click_away():
    event = make_event(published_at=None, title_mn="Өнөөдөр бичсэн")

    page = read(preview.address(event)).content.decode()
    other = re.search(r'href="(/mn/preview/[^"]+)"', page)[1]

    assert "Өнөөдөр бичсэн" in read(other).content.decode()


def test_a_preview_is_kept_nowhere_and_found_by_nobody(reader):
    event = make_event(published_at=None)
    address = preview.address(event)

    first, second = reader.get(address), reader.get(address)

    assert "no-store" in first.headers["Cache-Control"]
    assert first.headers["X-Robots-Tag"] == "noindex"
    assert first.headers["ETag"] is None
    assert second.status == 200


def test_a_preview_ends_after_a_day(time_machine):
    address = preview.address(make_event(published_at=None))
    time_machine.move_to(timezone.now() + timedelta(hours=23))
    assert read(address).status_code == 200

    time_machine.move_to(timezone.now() + timedelta(hours=2))

    answer = read(address)
    assert answer.status_code == 410
    assert "This preview has ended" in answer.content.decode()


@pytest.mark.parametrize("change", [lambda s: s[:-3] + "/", lambda s: s.replace("-", "x", 1)])
def test_a_link_nobody_signed_leads_nowhere(change):
    address = preview.address(make_event(published_at=None))

    assert read(change(address)).status_code == 404


def test_the_link_to_what_has_been_deleted_leads_nowhere():
    event = make_event(published_at=None)
    address = preview.address(event)
    event.delete()

    assert read(address).status_code == 404


def test_a_preview_of_one_entry_shows_no_other_draft():
    event = make_event(published_at=None, year=1961)
    make_event(published_at=None, year=1961, title_en="Somebody else’s secret")

    assert "secret" not in read(preview.address(event)).content.decode()


def test_previews_speak_the_language_of_their_address():
    page = make_page(published_at=None, slug="about", title_mn="Бидний тухай")
    with translation.override("mn"):
        address = preview.address(Page.objects.get(pk=page.pk))

    text = read(address).content.decode()
    assert ("Бидний тухай" in text, '<html lang="mn"' in text) == (True, True)
    assert Theme.objects.count() == 0


def test_what_would_take_the_address_of_another_entry_is_explained():
    event = make_event(slug="one", year=1961)
    first = Version.objects.of(event).get()
    Desk("publisher").save(event, "_publish", slug="two")
    make_event(slug="one", year=1961)

    answer = read(preview.address(event, first))

    assert (answer.status_code, answer["X-Robots-Tag"]) == (409, "noindex")
    assert "Another entry has its address" in answer.content.decode()


def test_what_has_no_page_before_something_else_is_published_is_explained():
    achievement = make_achievement(section=make_section(published_at=None))
    decade = make_decade(1970)

    assert [read(preview.address(entry)).status_code for entry in (achievement, decade)] == [
        409
    ] * 2
