"""What is written waits until a publisher approves it, each language by itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from editorial import drafts
from editorial.drafts import Draft
from editorial.values import REST
from tests.desk import Desk, fresh
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

SUBJECTS = [
    (make_event, "title"),
    (make_campaign, "title"),
    (make_section, "name"),
    (make_achievement, "figure_label"),
    (make_page, "title"),
    (make_theme, "name"),
    (make_decade, "line"),
]


@pytest.mark.parametrize(("make", "field"), SUBJECTS)
def test_a_change_by_an_editor_waits_beside_the_text_until_a_publisher_approves(make, field):
    entry = make(**{f"{field}_en": "As it was"})
    editor, publisher = Desk("editor"), Desk("publisher")

    editor.save(entry, "_hand_in", **{f"{field}_en": "As it shall be"})
    assert getattr(fresh(entry), f"{field}_en") == "As it was"
    assert [draft.values for draft in Draft.objects.handed_in()] == [
        {f"{field}_en": "As it shall be"}
    ]
    assert editor.open(entry)[f"{field}_en"] == "As it shall be"

    publisher.save(entry, "_publish")
    assert getattr(fresh(entry), f"{field}_en") == "As it shall be"
    assert list(Draft.objects.all()) == []


def test_a_button_an_editor_does_not_have_publishes_nothing():
    event = make_event(title_en="As it was")

    Desk("editor").save(event, "_publish", title_en="New", public=["en", "mn"])

    assert fresh(event).title_en == "As it was"


def test_publishing_english_never_publishes_a_mongolian_draft_nor_the_other_way():
    event = make_event(title_en="Old", title_mn="Хуучин")
    desk = Desk("publisher")
    desk.save(event, title_en="New", title_mn="Шинэ")

    desk.save(event, "_publish", public=["en"])
    row = fresh(event)
    assert (row.title_en, row.title_mn) == ("New", "Хуучин")
    assert Draft.objects.get().values == {"title_mn": "Шинэ"}

    desk.save(event, title_en="Newer")
    desk.save(event, "_publish", public=["mn"])
    row = fresh(event)
    assert (row.title_en, row.title_mn) == ("New", "Шинэ")
    assert Draft.objects.get().values == {"title_en": "Newer"}


def test_a_new_entry_can_be_published_in_one_language_and_keeps_the_other_as_a_draft():
    event = make_event(published_at=None, title_mn="Ноорог", body_mn="")

    Desk("publisher").save(event, "_publish", public=["en"])

    row = fresh(event)
    assert row.is_published
    assert (row.title_mn, row.search_text.count("ноорог")) == ("", 0)
    assert Draft.objects.get().values == {"title_mn": "Ноорог"}


def test_one_language_that_makes_no_entry_by_itself_is_refused_and_nothing_is_lost():
    event = make_event(published_at=None, title_en="", body_en="", title_mn="Лаа", body_mn="")

    answer = Desk("publisher").save(event, "_publish", public=["en"], title_mn="Гэрэл")

    assert "Write a title or a text, in one language at least." in answer.content.decode()
    assert answer.context["adminform"].form["title_mn"].value() == "Гэрэл"
    assert not fresh(event).is_published


def test_a_draft_is_edited_in_place_and_handed_in():
    event = make_event(published_at=None)

    Desk("editor").save(event, "_hand_in", title_en="Ready")

    assert fresh(event).title_en == "Ready"
    assert not fresh(event).is_published
    assert [draft.entry for draft in Draft.objects.handed_in()] == [event]


def test_a_draft_that_was_handed_in_stays_so_when_somebody_goes_on_writing():
    event = make_event(published_at=None)
    Desk("editor").save(event, "_hand_in", title_en="Ready")

    Desk("editor").save(event, title_en="Readier")

    assert [draft.entry for draft in Draft.objects.handed_in()] == [event]


def test_what_is_not_public_is_saved_at_once():
    event = make_event()

    Desk("editor").save(event, staff_note="Check the year.", year_confirmed="")

    row = fresh(event)
    assert (row.staff_note, row.year_confirmed) == ("Check the year.", False)
    assert list(Draft.objects.all()) == []


def test_themes_and_dates_wait_as_texts_do():
    old, new = make_theme(), make_theme()
    event = make_event(themes=[old], year=1961)

    Desk("editor").save(event, themes=[new.pk], year="1962")

    row = fresh(event)
    assert (row.year, list(row.themes.all())) == (1961, [old])
    assert Draft.objects.get().values == {"year": 1962, "themes": [new.pk]}

    Desk("publisher").save(event, "_publish")
    row = fresh(event)
    assert (row.year, list(row.themes.all())) == (1962, [new])


def test_themes_and_dates_that_wait_can_be_changed_again():
    event, theme = make_event(themes=[make_theme()]), make_theme()
    desk = Desk("editor")
    desk.save(event, year="1962", themes=[theme.pk])

    desk.save(event, year="1963")

    assert Draft.objects.get().values == {"year": 1963, "themes": [theme.pk]}


def test_a_change_comes_at_the_time_it_was_scheduled_for(time_machine):
    event = make_event(title_en="Old")
    at = timezone.localtime(timezone.now() + timedelta(days=1))
    when = {"publish_at_0": f"{at:%Y-%m-%d}", "publish_at_1": f"{at:%H:%M:%S}"}
    Desk("publisher").save(event, "_publish", title_en="New", **when)
    assert (fresh(event).title_en, Draft.objects.publish_due()) == ("Old", 0)

    time_machine.move_to(at + timedelta(seconds=1))

    assert Draft.objects.publish_due() == 1
    assert (fresh(event).title_en, Draft.objects.count()) == ("New", 0)


def test_a_scheduled_change_that_somebody_changes_again_has_to_be_scheduled_again():
    event = make_event(title_en="Old")
    drafts.keep(event, {"title_en": "New"}, {"en", REST}, timezone.now() + timedelta(days=1))

    Desk("editor").save(event, title_en="Newer")

    assert [(draft.values, draft.publish_at) for draft in Draft.objects.all()] == [
        ({"title_en": "Newer"}, None)
    ]


def test_a_scheduled_change_that_breaks_a_rule_by_then_waits_and_says_why():
    event, other = make_event(slug="one", year=1961), make_event(slug="two", year=1962)
    drafts.keep(event, {"year": 1962}, {REST}, timezone.now() + timedelta(hours=1))
    Draft.objects.update(publish_at=timezone.now())
    TimelineEvent.objects.filter(pk=other.pk).update(slug="one")

    Draft.objects.publish_due()

    draft = Draft.objects.get()
    assert (draft.publish_at, draft.failure) == (
        None,
        "Another event of this year has this address.",
    )
    assert fresh(event).year == 1961


def test_an_entry_taken_off_the_site_keeps_what_was_waiting():
    event = make_event(title_en="Old")
    Desk("editor").save(event, title_en="New")

    Desk("publisher").save(event, "_unpublish")

    row = fresh(event)
    assert (row.status, row.title_en, Draft.objects.count()) == ("draft", "New", 0)


def test_one_language_can_be_taken_off_the_site():
    event = make_event(title_mn="Лаа", body_mn="<p>Гэрэл.</p>")

    Desk("publisher").save(event, "_unpublish_mn")

    row = fresh(event)
    assert (row.is_published, row.title_mn, row.body_mn) == (True, "", "")
    assert Draft.objects.get().values == {"title_mn": "Лаа", "body_mn": "<p>Гэрэл.</p>"}


def test_the_last_language_is_not_taken_off_alone():
    event = make_event(title_mn="", body_mn="")

    with pytest.raises(ValidationError):
        drafts.unpublish(event, "en")


def test_what_waits_is_thrown_away_by_its_author_or_a_publisher_alone():
    event = make_event()
    author = Desk("editor", name="author")
    author.save(event, title_en="Half a thought")

    assert Desk("editor", name="other").send(event, {}, "_discard").status_code == 403
    author.send(event, {}, "_discard")

    assert list(Draft.objects.all()) == []


def test_a_deleted_entry_takes_its_drafts_along():
    event = make_event()
    Desk("editor").save(event, title_en="New")

    event.delete()

    assert list(Draft.objects.all()) == []


def test_handing_in_a_translation_leaves_an_unfinished_draft_of_the_other_language_alone():
    event = make_event()
    drafts.keep(event, {"title_en": "Half a thought"}, is_minor=True)

    drafts.keep(fresh(event), {"title_mn": "Зул"}, hand_in=True)

    assert [(draft.language, draft.is_minor) for draft in Draft.objects.handed_in()] == [
        ("mn", False)
    ]
    assert [(draft.language, draft.is_minor) for draft in Draft.objects.all()] == [
        ("en", True),
        ("mn", False),
    ]
