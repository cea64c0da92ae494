"""Sheets for tests: files as people have them, and the rows of what the site hands out."""

from csv import reader, writer
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib.admin.utils import flatten_fieldsets
from openpyxl import Workbook

from editorial.spreadsheets import files
from editorial.spreadsheets.cells import Sheet, as_dicts
from editorial.spreadsheets.rows import check, export
from timeline.admin import TimelineEventAdmin
from timeline.models import TimelineEvent

EVENTS = "/en/admin/timeline/timelineevent/sheet/"
ACHIEVEMENTS = "/en/admin/sections/achievement/sheet/"
NEW = {"id": "", "version": "", "year": "1961", "title_en": "A candle", "themes": ""}


def event_sheet():
    return Sheet(TimelineEvent, flatten_fieldsets(TimelineEventAdmin.fieldsets))


def download():
    """Events as a sheet shows them: a list of dicts by column."""
    header, *rows = export(event_sheet(), TimelineEvent.objects.order_by("pk"))
    return [dict(zip(header, map(str, row), strict=True)) for row in rows]


def as_csv(rows, encoding="utf-8-sig", divider=","):
    file = StringIO()
    writer(file, delimiter=divider).writerows(rows)
    return file.getvalue().encode(encoding)


def as_xlsx(rows, change=lambda sheet: None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    change(book.active)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def table(dicts):
    """A list of dicts by column as the rows of a file."""
    return [list(dicts[0]), *(list(row.values()) for row in dicts)]


def packed(members):
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def read(data):
    return files.read(BytesIO(data))


def uploaded(data):
    """A file as it is kept between its upload and the decision."""
    return as_dicts(event_sheet(), read(data))


def checked(data, **given):
    return check(event_sheet(), uploaded(data), **given)


def parse_csv(data):
    return list(reader(StringIO(data.decode("utf-8-sig"), newline="")))


# Of the admin, for a `tests.desk.Desk`


def fetch(desk, kind="csv", address=EVENTS, **query):
    """The rows of a downloaded CSV file, as dicts by column."""
    answer = desk.client.get(f"{address}file.{kind}", query)
    assert answer.status_code == 200
    header, *rows = parse_csv(answer.content)
    return [dict(zip(header, row, strict=True)) for row in rows]


def send(desk, data, address=EVENTS, name="sheet.csv"):
    """Uploads a file; the answer is the preview, or the form with what is wrong."""
    file = BytesIO(data)
    file.name = name
    return desk.client.post(address, {"file": file}, follow=True)


def decide(desk, answer, button="_keep"):
    return desk.client.post(answer.request["PATH_INFO"], {button: "1"}, follow=True)


def take_over(desk, rows, button="_keep", address=EVENTS):
    return decide(desk, send(desk, as_csv(table(rows)), address), button)
