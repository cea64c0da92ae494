"""What is out of date in the other language, text by text, however the change came."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from editorial import drafts
from editorial.review import State, Translation
from editorial.values import REST
from tests.desk import Desk, states
from tests.factories import make_campaign, make_event, make_theme
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(title_en="A candle", title_mn="Лаа", body_en="<p>It burns.</p>", body_mn="")


def in_the_admin(event, **texts):
    Desk("publisher").save(event, "_publish", **texts)


def in_a_shell(event, **texts):
    row = TimelineEvent.objects.get(pk=event.pk)
    for name, text in texts.items():
        setattr(row, name, text)
    row.save()


def by_approval(event, **texts):
    row = TimelineEvent.objects.get(pk=event.pk)
    drafts.keep(row, texts)
    drafts.keep(TimelineEvent.objects.get(pk=event.pk), {}, {"en", "mn", REST})


PATHS = [in_the_admin, in_a_shell, by_approval]


def test_a_new_entry_says_what_it_lacks(event):
    translation = Translation.objects.for_entry(event)

    assert states(event) == {"title": "right", "body": "missing"}
    assert (translation.right, translation.missing) == (1, 1)
    assert translation.waiting_since is not None


@pytest.mark.parametrize("change", PATHS)
def test_a_changed_text_makes_its_translation_stale_and_leaves_it_public(event, change):
    change(event, title_en="A torch")

    event.refresh_from_db()
    text = Translation.objects.for_entry(event).fields["title"]
    assert (text["state"], text["source"], event.title_mn) == ("stale", "A candle", "Лаа")


@pytest.mark.parametrize("change", PATHS)
def test_a_new_translation_is_right_for_the_text_as_it_is(event, change):
    change(event, title_en="A torch")
    change(event, title_mn="Бамбар")

    assert states(event) == {"title": "right", "body": "missing"}


@pytest.mark.parametrize("change", PATHS)
@pytest.mark.parametrize("title", ["A candle.", "a candle", "A  candle"])
def test_a_comma_or_a_capital_is_no_change(event, change, title):
    change(event, title_en=title)

    assert states(event) == {"title": "right", "body": "missing"}


def test_a_spelling_is_no_change_when_the_editor_says_so(event):
    Desk("publisher").save(event, "_publish", title_en="A kandle", minor_edit="on")

    assert states(event)["title"] == "right"


def test_what_a_small_correction_waited_for_is_still_one_when_it_is_approved(event):
    Desk("editor").save(event, "_hand_in", title_en="A kandle", minor_edit="on")
    Desk("publisher").save(event, "_publish")

    event.refresh_from_db()
    assert (event.title_en, states(event)["title"]) == ("A kandle", "right")


def test_a_small_correction_does_not_make_right_what_was_stale(event):
    in_a_shell(event, title_en="A torch")
    Desk("publisher").save(event, "_publish", title_en="A tortch", minor_edit="on")

    text = Translation.objects.for_entry(event).fields["title"]
    assert (text["state"], text["source"]) == ("stale", "A candle")


def test_a_text_that_becomes_again_what_was_translated_is_right_again(event):
    in_a_shell(event, title_en="A torch")
    in_a_shell(event, title_en="A candle")

    assert states(event)["title"] == "right"


def test_a_link_that_leads_elsewhere_is_a_change():
    event = make_event(body_en='<p><a href="/en/about/">It</a></p>', body_mn="<p>Энэ</p>")

    in_a_shell(event, body_en='<p><a href="/en/contact/">It</a></p>')

    assert states(event)["body"] == "stale"


def test_order_themes_pictures_and_status_change_nothing(event):
    before = Translation.objects.for_entry(event).fields
    campaign = make_campaign()
    its = Translation.objects.for_entry(campaign).fields

    in_a_shell(event, order=5, year=1970, published_at=None, staff_note="Note")
    event.themes.add(make_theme())
    campaign.drawing = "flame"
    campaign.save()

    assert Translation.objects.for_entry(event).fields == before
    assert Translation.objects.for_entry(campaign).fields == its


def test_an_entry_written_in_mongolian_is_translated_to_english():
    event = make_event(title_en="", body_en="", title_mn="Лаа", body_mn="")

    translation = Translation.objects.for_entry(event)
    assert (event.source_language, translation.language) == ("mn", "en")
    assert states(event) == {"title": "missing"}


def test_loading_files_makes_stale_what_only_they_changed_in_the_source(tmp_path, settings):
    folder = tmp_path / "content"
    folder.mkdir()
    text = "- slug: arms\n  name:\n    en: {}\n    mn: Зэвсэг\n"
    (folder / "themes.yaml").write_text(text.format("Arms"))
    call_command("load_content", folder, verbosity=0)
    theme = type(make_theme()).objects.get(slug="arms")
    assert states(theme) == {"name": "unreviewed"}
    Translation.objects.for_entry(theme).approve()

    (folder / "themes.yaml").write_text(text.format("Weapons"))
    call_command("load_content", folder, verbosity=0)

    assert states(theme) == {"name": "stale"}


def test_still_right_clears_the_mark(event):
    in_a_shell(event, title_en="A torch")
    translation = Translation.objects.for_entry(event)

    assert translation.approve(["title"]) == 1

    text = Translation.objects.for_entry(event).fields["title"]
    assert (text["state"], text["source"]) == (State.RIGHT, "A torch")


def test_a_stale_translation_keeps_the_time_it_became_so(event, time_machine):
    in_a_shell(event, title_en="A torch")
    since = Translation.objects.for_entry(event).fields["title"]["since"]
    time_machine.move_to(timezone.now() + timedelta(hours=1))

    in_a_shell(event, title_en="A lamp")

    assert Translation.objects.for_entry(event).fields["title"]["since"] == since
