"""PO files go out with what there is to translate, and come in with what has changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial import drafts
from editorial.drafts import Draft
from editorial.entries import subjects
from editorial.history import Version
from editorial.po_files import read_po
from tests.desk import fresh, make_user, states
from tests.factories import make_event, make_one_of_each, make_page
from tests.po import counts, edited, exported, find, read

pytestmark = pytest.mark.django_db

RICH = '<p>See <a href="/en/about/">this</a>.</p>'


@pytest.fixture
def event():
    return make_event(title_en="A candle", title_mn="Лаа", body_en="<p>It burns.</p>", body_mn="")


# Out


def test_a_file_has_each_text_with_its_translation_and_what_to_know_of_it(event):
    po = exported()

    texts = [(text.msgctxt, text.msgid, text.msgstr, text.flags, text.comment) for text in po]
    address = f"http://testserver/en/history/1961/#{event.anchor}"
    assert texts == [
        (
            f"timeline.timelineevent:{event.pk}:title",
            "A candle",
            "Лаа",
            [],
            "Event: 1961: A candle\nTitle\nShort and plain: up to 60 letters.\n"
            f"At most 120 characters.\n{address}",
        ),
        (
            f"timeline.timelineevent:{event.pk}:body",
            "<p>It burns.</p>",
            "",
            [],
            "Event: 1961: A candle\nText\nUp to 90 words; more is two events.\n" + address,
        ),
    ]
    told = ("Language", "X-Source-Language", "Content-Type")
    assert [po.metadata[name] for name in told] == ["mn", "en", "text/plain; charset=UTF-8"]


def test_a_file_has_the_texts_of_its_direction_alone(event):
    ours = make_event(title_en="", body_en="", title_mn="Гал", body_mn="")

    assert [text.msgid for text in exported("en")] == ["A candle", "<p>It burns.</p>"]
    assert [(text.msgctxt, text.msgid) for text in exported("mn")] == [
        (f"timeline.timelineevent:{ours.pk}:title", "Гал")
    ]


def test_what_is_out_of_date_is_marked_with_what_it_was_made_from(event):
    event.title_en = "A torch"
    event.save()

    text = find(exported(), event, "title")
    assert (text.msgid, text.flags, text.previous_msgid) == ("A torch", ["fuzzy"], "A candle")


def test_a_file_has_what_is_being_written_and_says_so(event):
    drafts.keep(event, {"title_mn": "Зул"})

    text = find(exported(), event, "title")
    assert text.msgstr == "Зул"
    assert text.comment.endswith("This translation waits for a publisher.")


def test_more_entries_ask_the_database_no_more_often(event):
    with CaptureQueriesContext(
        connection,
    ) as one:
        exported()
    make_event(), make_event()
    with CaptureQueriesContext(connection) as three:
        exported()

    assert len(three) == len(one)


# In


@pytest.mark.parametrize("source", ["en", "mn"])
def test_a_file_that_nobody_changed_writes_nothing(source):
    make_one_of_each(event={"body_en": "<p>“One” & 2\r\n</p>", "title_mn": "Гарчиг\u2028хоёр"})
    make_page("home", title_en="Two\nlines", title_mn="Хоёр\nмөр")
    waiting = make_event(source_language=source)
    drafts.keep(waiting, {f"title_{'mn' if source == 'en' else 'en'}": "Something else"})
    for model in subjects():
        model._default_manager.update(source_language=source)
    po = exported(source)

    with CaptureQueriesContext(connection) as queries:
        report = read(po)

    asked = {query["sql"].split()[0] for query in queries}
    assert (counts(report), asked) == ((0, len(po), 0), {"SELECT"})


def test_unchanged_texts_ask_the_database_no_more_often_when_there_are_more(event):
    with CaptureQueriesContext(connection) as one:
        read(exported())
    make_event(), make_event()
    with CaptureQueriesContext(connection) as three:
        read(exported())

    assert len(three) == len(one)


def test_a_changed_text_waits_for_a_publisher_and_the_others_stay(event):
    po = edited(event, body="<p>Шатаж байна.</p>")
    user = make_user("translator")

    report = read_po(str(po).encode(), subjects(), user)

    row, draft = fresh(event), Draft.objects.get()
    assert (counts(report), report.entries) == ((1, 1, 0), [event])
    assert (row.title_mn, row.body_mn) == ("Лаа", "")
    assert (draft.language, draft.values) == ("mn", {"body_mn": "<p>Шатаж байна.</p>"})
    assert (draft.author, draft.is_reviewed, draft.handed_in_at is None) == (user, False, False)


def test_a_text_from_a_file_is_unchecked_when_it_is_published(event):
    read(edited(event, body="<p>Шатаж байна.</p>"))

    drafts.keep(fresh(event), {}, {"mn"})

    assert fresh(event).body_mn == "<p>Шатаж байна.</p>"
    assert states(event) == {"title": "right", "body": "unreviewed"}
    assert "Nobody has checked" in find(exported(), event, "body").comment


def test_a_text_from_a_file_is_unchecked_when_it_is_published_at_a_time(event):
    read(edited(event, body="<p>Шатаж байна.</p>"))
    drafts.keep(fresh(event), {}, {"mn"}, at=timezone.now())

    Draft.objects.publish_due()

    assert states(event) == {"title": "right", "body": "unreviewed"}


def test_a_draft_takes_new_texts_at_once_in_one_version():
    event = make_event(published_at=None, title_mn="", body_mn="")

    read(edited(event, title="Лаа", body="<p>Шатаж байна.</p>"))

    row = fresh(event)
    assert (row.title_mn, row.body_mn) == ("Лаа", "<p>Шатаж байна.</p>")
    assert states(event) == {"title": "unreviewed", "body": "unreviewed"}
    assert [version.note for version in Version.objects.of(event)] == ["PO file", ""]
    assert list(Draft.objects.all()) == []


def test_an_english_translation_comes_in_the_same_way():
    event = make_event(title_en="", body_en="", title_mn="Лаа", body_mn="")

    read(edited(event, "mn", title="A candle"))

    assert [draft.values for draft in Draft.objects.all()] == [{"title_en": "A candle"}]


def test_an_empty_translation_deletes_nothing(event):
    report = read(edited(event, title=""))

    assert (counts(report), fresh(event).title_mn) == ((0, 2, 0), "Лаа")


def test_a_link_may_lead_to_the_same_page_in_the_other_language_and_names_may_stay():
    event = make_event(title_en="Stop the Torture Trade", title_mn="", body_en=RICH, body_mn="")
    title = "«Stop the Torture Trade» кампанит ажил"

    report = read(
        edited(
            event,
            title=title,
            body=RICH.replace("/en/", "/mn/").replace("See", "Үз").replace("this", "үүнийг"),
        )
    )

    assert counts(report) == (2, 0, 0)
