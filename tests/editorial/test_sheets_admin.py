"""Staff download a sheet, change it and upload it: all of it is taken over, or nothing."""

import pytest
from django.contrib.admin.models import LogEntry

from editorial import drafts
from editorial.drafts import Draft
from editorial.history import Version
from editorial.models import Upload
from sections.models import Achievement
from tests.desk import Desk
from tests.factories import make_achievement, make_event, make_section, make_theme
from tests.sheets import ACHIEVEMENTS, NEW, as_csv, decide, fetch, send, table, take_over
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db


def test_an_editors_changes_wait_and_new_entries_are_drafts():
    event, theme = make_event(title_en="Old", staff_note=""), make_theme(slug="arms")
    editor = Desk("editor")
    (row,) = fetch(editor)

    take_over(editor, [row | {"title_en": "New", "staff_note": "At once"}])
    take_over(editor, [NEW | {"themes": "arms"}])

    event.refresh_from_db()
    added = TimelineEvent.objects.exclude(pk=event.pk).get()
    assert (event.title_en, event.staff_note) == ("Old", "At once")
    assert [draft.values for draft in Draft.objects.all()] == [{"title_en": "New"}]
    assert (added.status, added.slug, [*added.themes.all()]) == ("draft", "a-candle", [theme])


def test_an_editor_hands_a_sheet_in_and_publishes_none():
    event = make_event(title_en="Old")
    editor = Desk("editor")
    (row,) = fetch(editor)
    preview = send(editor, as_csv(table([row | {"title_en": "New"}])))

    assert decide(editor, preview, "_publish").status_code == 403
    decide(editor, preview, "_hand_in")

    event.refresh_from_db()
    assert event.title_en == "Old"
    assert [draft.entry for draft in Draft.objects.handed_in()] == [event]


def test_a_publisher_publishes_what_the_sheet_changes_and_nothing_else_that_waits():
    event = make_event(title_en="Old", title_mn="Хуучин")
    drafts.keep(event, {"title_mn": "Хүлээж буй"})
    publisher = Desk("publisher")
    (row,) = fetch(publisher)

    take_over(publisher, [row | {"title_en": "New"}, dict.fromkeys(row, "") | NEW], "_publish")

    event.refresh_from_db()
    added = TimelineEvent.objects.exclude(pk=event.pk).get()
    assert (event.title_en, event.title_mn, added.status) == ("New", "Хуучин", "published")
    assert [draft.values for draft in Draft.objects.all()] == [{"title_mn": "Хүлээж буй"}]


def test_a_publisher_may_keep_a_sheet_as_drafts():
    event = make_event(title_en="Old")
    publisher = Desk("publisher")
    (row,) = fetch(publisher)

    take_over(publisher, [row | {"title_en": "New"}])

    event.refresh_from_db()
    assert (event.title_en, Draft.objects.get().values) == ("Old", {"title_en": "New"})


def test_the_history_says_who_took_a_sheet_over():
    event = make_event(title_en="Old")
    publisher = Desk("publisher", name="saran")
    (row,) = fetch(publisher)

    take_over(publisher, [row | {"title_en": "New"}], "_publish")

    newest = Version.objects.of(event)[0]
    assert (newest.user, newest.note) == (publisher.user, "spreadsheet")
    assert [(entry.object_id, entry.get_change_message()) for entry in LogEntry.objects.all()] == [
        (str(event.pk), "Spreadsheet.")
    ]


def test_one_wrong_row_stops_all():
    make_event(title_en="Old")
    publisher = Desk("publisher")
    (row,) = fetch(publisher)
    preview = send(publisher, as_csv(table([row | {"title_en": "New"}, row | {"id": "999"}])))

    page = preview.content.decode()
    assert "1 row has an error, so nothing is written." in page
    assert "No entry has this id." in page
    assert "_publish" not in page
    assert decide(publisher, preview, "_publish").status_code == 422
    assert TimelineEvent.objects.get().title_en == "Old"


def test_what_breaks_a_rule_only_when_it_is_written_stops_all():
    first, second = make_event(year=1961, slug="one"), make_event(year=1962, slug="one")
    publisher = Desk("publisher")
    rows = [row | {"year": "1970"} for row in fetch(publisher)]

    answer = take_over(publisher, rows, "_publish")

    assert "Another event of this year has this address." in answer.content.decode()
    assert [event.year for event in TimelineEvent.objects.order_by("pk")] == [1961, 1962]
    assert [first.pk, second.pk] == [int(row["id"]) for row in rows]
    assert Upload.objects.count() == 1


def test_somebody_elses_change_after_the_preview_stops_all():
    event = make_event(title_en="Old")
    publisher = Desk("publisher")
    (row,) = fetch(publisher)
    preview = send(publisher, as_csv(table([row | {"title_en": "New"}])))
    Desk("publisher", name="bold").save(event, "_publish", title_en="Theirs", public=["en"])

    answer = decide(publisher, preview, "_publish")

    assert "bold changed this entry on" in answer.content.decode()
    assert TimelineEvent.objects.get().title_en == "Theirs"


def test_the_preview_shows_what_changes_word_by_word_and_writes_nothing():
    make_event(title_en="The old title")
    make_event(title_en="Another")
    publisher = Desk("publisher")
    row, other = fetch(publisher)

    page = send(publisher, as_csv(table([row | {"title_en": "The new title"}, other])))

    html = page.content.decode()
    assert "The <del>old</del> <ins>new</ins> title" in html
    assert "1 row changes nothing" in html
    assert not Draft.objects.exists()


def test_an_uploaded_text_is_text_on_the_preview():
    answer = send(
        Desk("publisher"), as_csv(table([NEW | {"title_en": "<script>alert(1)</script>"}]))
    )

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_achievements_come_and_go_with_their_section_and_kind():
    section = make_section(slug="mongolia")
    make_achievement(section=section, kind="law", figure=12)
    publisher = Desk("publisher")
    (row,) = fetch(publisher, address=ACHIEVEMENTS)
    assert (row["section"], row["kind"], row["figure"]) == ("mongolia", "law", "12")

    take_over(
        publisher,
        [row | {"figure": "13"}, row | {"id": "", "version": "", "status": "", "slug": ""}],
        "_publish",
        ACHIEVEMENTS,
    )

    rows = Achievement.objects.order_by("pk").values_list("section", "kind", "figure", "slug")
    assert list(rows) == [
        (section.pk, "law", 13, row["slug"]),
        (section.pk, "law", 12, f"{row['slug']}-2"),
    ]
