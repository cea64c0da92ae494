"""The pages where staff download and upload sheets: who gets there, and what they are told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from editorial.models import Upload
from tests.desk import Desk
from tests.factories import make_event
from tests.sheets import EVENTS, NEW, as_csv, decide, fetch, read, send, table
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("id,titel_en", "There is no column “titel_en”. Is it “title_en”? Correct the first row."),
        ("id,nonsense", "There is no column “nonsense”. There are: id, version, status, title_en,"),
        ("id,year,year", "Two columns are called “year”. Delete one of them."),
        ("year,title_en", "“id” has to be among them."),
        ("<b>,id", "There is no column “&lt;b&gt;”."),
    ],
)
def test_a_wrong_first_row_is_told_with_what_to_write(header, told):
    answer = send(Desk("editor"), header.encode())

    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_a_wrong_file_is_told_in_the_language_of_the_page():
    address = EVENTS.replace("/en/", "/mn/")

    answer = send(Desk("editor"), "id,title_mn\n,Хний эрх".encode("cp1251"), address)

    assert answer.status_code == 422
    assert "файл UTF-8 кодчилолтой биш" in answer.content.decode()


def test_no_file_is_told():
    answer = Desk("editor").client.post(EVENTS, {})

    assert (answer.status_code, "This field is required." in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("role", "sees", "uploads"),
    [("translator", 200, 403), ("administrator", 200, 403), ("editor", 200, 422), ("", 403, 403)],
)
def test_who_may_see_downloads_and_who_may_change_uploads(role, sees, uploads):
    desk = Desk(*[role] if role else [])
    mine = Upload.objects.keep(desk.user, TimelineEvent, [])

    assert desk.client.get(EVENTS).status_code == sees
    assert desk.client.get(f"{EVENTS}file.csv").status_code == sees
    assert desk.client.post(EVENTS, {}).status_code == uploads
    preview = desk.client.get(f"{EVENTS}{mine.pk}/").status_code
    assert preview == (403 if uploads == 403 else 200)


def test_an_upload_is_for_whoever_uploaded_it_and_for_once():
    saran, bold = Desk("publisher", name="saran"), Desk("publisher", name="bold")
    preview = send(saran, as_csv(table([NEW])))

    assert "Upload it again." in decide(bold, preview).content.decode()
    assert TimelineEvent.objects.count() == 0
    decide(saran, preview)
    assert "Upload it again." in decide(saran, preview).content.decode()
    assert TimelineEvent.objects.count() == 1


def test_an_upload_belongs_to_its_subject():
    desk = Desk("publisher")
    preview = send(desk, as_csv(table([NEW])))

    answer = desk.client.get(
        preview.request["PATH_INFO"].replace("timeline/timelineevent", "sections/achievement")
    )

    assert answer.status_code == 302


def test_sheets_that_nobody_came_back_for_are_thrown_away():
    desk = Desk("editor")
    old = Upload.objects.keep(desk.user, TimelineEvent, [])
    Upload.objects.update(created=timezone.now() - timedelta(days=1, minutes=1))

    send(desk, as_csv(table([NEW])))

    assert [upload.pk > old.pk for upload in Upload.objects.all()] == [True]


def test_the_list_leads_to_the_sheet_and_its_filters_come_along():
    make_event(year=1961), make_event(year=1962)
    desk = Desk("translator")

    page = desk.client.get("/en/admin/timeline/timelineevent/?year=1962").content.decode()
    assert f'href="{EVENTS}?_changelist_filters=year%3D1962"' in page
    sheet = desk.client.get(EVENTS, {"_changelist_filters": "year=1962"}).content.decode()
    assert 'href="file.csv?_changelist_filters=year%3D1962"' in sheet

    assert [row["year"] for row in fetch(desk, _changelist_filters="year=1962")] == ["1962"]
    assert [row["year"] for row in fetch(desk)] == ["1961", "1962"]


def test_a_filter_that_is_none_and_a_kind_of_file_that_is_none_are_not_found():
    desk = Desk("editor")

    assert desk.client.get(f"{EVENTS}file.csv?_changelist_filters=nosuch%3D1").status_code == 404
    assert desk.client.get(f"{EVENTS}file.pdf").status_code == 404


def test_an_excel_file_goes_out_and_in_through_the_browser():
    event = make_event(title_en="=1+1", title_mn="Өдөр")
    publisher = Desk("publisher")
    data = publisher.client.get(f"{EVENTS}file.xlsx").content

    assert read(data)[1][1][3:5] == ["=1+1", "Өдөр"]
    page = send(publisher, data, name="sheet.xlsx").content.decode()
    assert "This sheet changes nothing." in page
    assert str(event.pk) not in page.partition("1 row changes nothing")[0].partition("<ol")[2]


@pytest.mark.parametrize("subject", ["timeline_timelineevent", "sections_achievement"])
def test_the_page_names_every_column(subject):
    page = Desk("editor").client.get(reverse(f"admin:{subject}_sheet")).content.decode()

    for name in ("id", "version", "status", "year", "themes", "staff_note"):
        assert f"<code>{name}</code>" in page
