"""The page where translators take files and give them back."""

import polib
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from editorial.drafts import Draft
from editorial.po_files import make_po
from editorial.review import Translation
from tests.desk import Desk
from tests.factories import make_event, make_page
from tests.po import edited, exported, first_line
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db

ADDRESS = reverse("admin:editorial_translation_files")


@pytest.fixture
def event():
    return make_event(title_en="A candle", title_mn="Лаа", body_en="<p>It burns.</p>", body_mn="")


def send(desk, po):
    file = SimpleUploadedFile("mn.po", str(po).encode())
    return desk.client.post(ADDRESS, {"file": file})


@pytest.mark.parametrize("role", ["translator", "editor", "publisher"])
def test_whoever_translates_finds_the_files_from_the_list(role):
    desk = Desk(role)

    page = desk.client.get(reverse("admin:editorial_translation_changelist")).content.decode()

    assert f'<a href="{ADDRESS}">Files for translators</a>' in page
    assert desk.client.get(ADDRESS).status_code == 200


def test_an_administrator_who_does_not_translate_gets_no_file_and_sends_none(event):
    desk = Desk("administrator")

    assert desk.client.get(ADDRESS).status_code == 403
    assert desk.client.get(ADDRESS, {"subject": "", "direction": "en-mn"}).status_code == 403
    assert send(desk, edited(event, title="Зул")).status_code == 403
    assert list(Draft.objects.all()) == []


@time_machine.travel("2026-11-24 12:00+0800", tick=False)
def test_a_file_is_named_after_what_it_holds(event):
    make_page()
    desk = Desk("translator")

    whole = desk.client.get(ADDRESS, {"subject": "", "direction": "en-mn"})
    events = desk.client.get(ADDRESS, {"subject": "timeline.timelineevent", "direction": "mn-en"})

    assert whole["Content-Disposition"] == (
        'attachment; filename="amnesty-mongolia-en-mn-2026-11-24.po"'
    )
    assert whole.content.decode() == str(exported())
    assert events["Content-Disposition"] == (
        'attachment; filename="amnesty-mongolia-timelineevent-mn-en-2026-11-24.po"'
    )
    assert events.content.decode() == str(make_po([TimelineEvent], "mn"))


def test_a_subject_or_a_direction_that_is_none_gives_no_file():
    answer = Desk("translator").client.get(ADDRESS, {"subject": "x", "direction": "en-en"})

    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert {*answer.context["download"].errors} == {"subject", "direction"}


def test_the_page_tells_what_went_in_and_what_was_refused_and_why(event):
    po = edited(event, title="A flame", body="<p>Шатаж байна.</p>")
    desk = Desk("translator")

    page = send(desk, po)

    report, translation = page.context["report"], Translation.objects.for_entry(event)
    assert (report.texts, report.unchanged, report.entries) == (1, 0, [event])
    assert [str(refusal) for refusal in report.refused] == [
        f"Line {first_line(po, event, 'title')}, 1961: A candle (title): "
        "This is not written in the language of the file: Монгол."
    ]
    address = reverse("admin:editorial_translation_change", args=[translation.pk])
    assert f'<a href="{address}">1961: A candle</a>' in page.content.decode()
    draft = Draft.objects.get()
    assert (draft.author, draft.values) == (desk.user, {"body_mn": "<p>Шатаж байна.</p>"})


def test_the_reasons_are_in_the_readers_language(event):
    address = ADDRESS.replace("/en/", "/mn/")
    file = SimpleUploadedFile("mn.po", str(edited(event, title="A flame")).encode())

    page = Desk("translator").client.post(address, {"file": file})

    assert page.context["report"].refused[0].reasons == ["Файлын хэлээр бичээгүй байна: Монгол."]


def test_a_file_that_cannot_be_read_or_is_too_large_is_told_at_its_field():
    desk = Desk("translator")

    assert send(desk, "").context["upload"].errors == {"file": ["The submitted file is empty."]}
    assert send(desk, "Dear all,").context["upload"].errors == {
        "file": ["Line 1: This is not a line of a PO file, or a quotation mark is lost."]
    }
    assert send(desk, "#" * 5_000_001).context["upload"].errors == {
        "file": ["This file is larger than 5 MB. Take one subject at a time."]
    }


def test_a_file_of_the_page_can_be_sent_back_as_it_is(event):
    desk = Desk("translator")
    file = desk.client.get(ADDRESS, {"subject": "", "direction": "en-mn"}).content.decode()

    report = send(desk, file).context["report"]

    assert (report.texts, report.unchanged, report.refused) == (0, len(polib.pofile(file)), [])
