"""Entries go out as sheets and come in again without a difference."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial import drafts
from editorial.models import Upload
from editorial.spreadsheets import files
from editorial.spreadsheets.rows import export
from tests.desk import make_user
from tests.factories import make_event, make_theme
from tests.sheets import checked, event_sheet, parse_csv, uploaded
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db

WRITERS = [files.write_csv, files.write_xlsx]
ODD = [
    *("=1+1", "+976 9911", "-5", "@handle", "'=1", "''=1", "'quoted'", "'", '"', '""', "“”"),
    *(",", ";", "a;b", "a,b", "a\tb", "two\nlines", "two\r\nlines", "old\rMac", "a\n\nb"),
    *(" before", "after ", "\u00a0kept\u00a0", "a\u00a0b", "\u200bzero", "a\u200db"),
    *("Хүний эрх", "Өдөр ҮҮР", "єдєр", "хvний", "ё", "й", "и\u0306", "é", "e\u0301"),
    *("العربية", "עברית", "a\u202eb", "日本語", "🕯️", "👩‍👩‍👧", "𝔘", "ﬁ", "ß", "İ", "ı"),
    *("<b>bold</b>", "&amp;", "&lt;", "a & b", "a < b", "a > b", "<", "</p>", "<!-- c -->"),
    *("]]>", "<![CDATA[x]]>", "{{ x }}", "{% x %}", "%s", "%(x)s", "\\", "\\n", "/", "$1"),
    *("1961", "007", "1e5", "1,592", "0", "-0", "12%", "1/2", "2012-06-01", "5-6", "TRUE"),
    *("#N/A", "#REF!", "NULL", "None", "nan", "_x0041_", "_x000D_", "bell\x07", "esc\x1b"),
    *("id", "yes", "no", "(longer", "…", "—", "x" * 120),
]


def rows_of(write):
    return write(list(export(event_sheet(), TimelineEvent.objects.all())))


@pytest.mark.parametrize("write", WRITERS)
def test_odd_texts_go_out_and_come_back_without_a_difference(write):
    for text in ODD:
        make_event(title_en=text, title_mn="", body_en=f"<p>{text}</p>", staff_note=text)

    rows = checked(rows_of(write))

    assert [(row.line, row.errors, row.wanted) for row in rows] == [
        (line, [], {}) for line in range(2, len(ODD) + 2)
    ]


@pytest.mark.parametrize("write", WRITERS)
def test_an_unchanged_sheet_writes_nothing(write):
    theme = make_theme()
    for n in range(3):
        make_event(year=1961 + n, month=5, day=28, themes=[theme], featured=n == 0)
    drafts.keep(TimelineEvent.objects.first(), {"title_en": "Waits"})
    upload = Upload.objects.keep(make_user("publisher"), TimelineEvent, uploaded(rows_of(write)))

    with CaptureQueriesContext(connection) as queries:
        upload.take_over(event_sheet(), may_add=True, publish=True)

    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql.split("WHERE")[0] for sql in written] == [f'DELETE FROM "{Upload._meta.db_table}" ']


@pytest.mark.parametrize("write", WRITERS)
def test_every_kind_of_field_comes_in_as_it_went_out(write):
    themes = [make_theme(slug="arms"), make_theme(slug="torture")]
    event = make_event(month=5, day=28, order=3, featured=True, staff_note="?", themes=themes)
    header, row = list(export(event_sheet(), TimelineEvent.objects.all()))
    written = drafts.working_values(event)
    event.delete()

    (new,) = checked(write([header, ["", "", "", *row[3:]]]))

    assert (new.errors, new.wanted) == (
        [],
        {name: written[name] for name in event_sheet().fields if written[name] != ""},
    )


def test_the_queries_do_not_grow_with_the_rows():
    def count(rows):
        TimelineEvent.objects.all().delete()
        for _n in range(rows):
            make_event()
        data = rows_of(files.write_csv)
        with CaptureQueriesContext(connection) as queries:
            checked(data)
        return len(queries)

    assert count(1) == count(5)


def test_csv_is_what_it_says():
    make_event(title_en="=1+1", year=1961)
    header, row = parse_csv(rows_of(files.write_csv))

    assert dict(zip(header, row, strict=True))["title_en"] == "'=1+1"
    assert header[:5] == ["id", "version", "status", "title_en", "title_mn"]
