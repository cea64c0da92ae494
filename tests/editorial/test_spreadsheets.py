"""Entries as rows: out and in again without a difference, and cleaned like typed text."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial import drafts
from editorial.history import Version
from editorial.models import Upload
from editorial.spreadsheets import files
from editorial.spreadsheets.rows import export
from tests.desk import make_user
from tests.factories import make_event, make_theme
from tests.sheets import as_csv, as_xlsx, checked, download, event_sheet, parse_csv, table, uploaded
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


def wanted(*dicts, **given):
    """What a sheet of these rows would change, row by row."""
    return [row.wanted for row in checked(as_csv(table(dicts)), **given)]


def errors(*dicts, **given):
    return [row.errors for row in checked(as_csv(table(dicts)), **given)]


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


def test_only_the_columns_that_are_there_are_changed():
    event = make_event(title_en="Old", title_mn="Хуучин", staff_note="Kept")
    (row,) = download()

    assert wanted({"id": row["id"], "version": row["version"], "title_en": "New"}) == [
        {"title_en": "New"}
    ]
    event.refresh_from_db()
    assert event.title_en == "Old"


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("title_en", "  New \n", "New"),
        ("body_en", "First.\n\nSecond & third.", "<p>First.</p><p>Second &amp; third.</p>"),
        ("body_en", "<p>Hi<script>alert(1)</script></p>", "<p>Hi</p>"),
        ("body_en", '<p onclick="x">Hi <font color="red">you</font></p>', "<p>Hi you</p>"),
        ("body_en", "<p> </p>", ""),
        ("year", "1970.0", 1970),
        ("month", "", None),
        ("featured", "TRUE", True),
        ("featured", "тийм", True),
        ("year_confirmed", "0", False),
        ("slug", "", "event"),
    ],
)
def test_a_cell_is_cleaned_like_typed_text(column, cell, value):
    make_event(title_en="Event", month=5, slug="as-it-was")
    (row,) = download()

    (changed,) = wanted({"id": row["id"], "version": row["version"], column: cell})

    assert changed == {column: value}


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("year", "", "This field cannot be null."),
        ("year", "1850", "Ensure this value is greater than or equal to 1900."),
        ("year", "1,961", "Write a whole number, in digits alone."),
        ("year", "1961.5", "Write a whole number, in digits alone."),
        ("year", "9" * 40, "Write a whole number, in digits alone."),
        ("featured", "maybe", "Write yes or no."),
        ("themes", "arms, nonsense", "“nonsense” is not known. Write one of these: arms."),
        ("source_language", "fr", "“fr” is not known. Write one of these: en, mn."),
        (
            "slug",
            "two words",
            "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
        ),
        ("title_en", "x" * 121, "Ensure this value has at most 120 characters (it has 121)."),
    ],
)
def test_what_a_field_cannot_hold_is_told_beside_its_column(column, cell, told):
    make_theme(slug="arms")
    make_event()
    (row,) = download()

    assert errors({"id": row["id"], "version": row["version"], column: cell}) == [[(column, told)]]


def test_a_rule_of_the_entry_is_told_beside_the_row():
    make_event(month=5)
    (row,) = download()

    assert errors(row | {"day": "40"}) == [[("", "A day needs its month, and must exist in it.")]]


def test_a_row_is_one_entry_and_an_entry_one_row():
    make_event()
    (row,) = download()

    assert errors(row, row, row | {"id": "999999"}, row | {"id": "x"}) == [
        [],
        [("id", "This entry stands in row 2 already.")],
        [("id", "No entry has this id. For a new entry leave the cell empty.")],
        [("id", "No entry has this id. For a new entry leave the cell empty.")],
    ]


def test_two_new_rows_do_not_take_one_address():
    new = {"id": "", "year": "1961", "title_en": "A candle"}

    assert errors(new | {"slug": "candle"}, new | {"slug": "candle"}, new | {"slug": ""}) == [
        [],
        [("slug", "This address stands in row 2 already.")],
        [],
    ]


def test_a_row_that_others_have_changed_since_is_refused():
    event = make_event(title_en="Old")
    (row,) = download()
    user = make_user("editor", name="saran")
    event.title_en = "Theirs"
    event.save()
    Version.objects.of(event).filter(pk=Version.objects.of(event)[0].pk).update(user=user)

    (((column, told),),) = errors(row | {"title_en": "Mine"})

    assert column == "version"
    assert told.startswith("saran changed this entry on ")


def test_a_row_whose_drafts_have_changed_since_is_refused():
    event = make_event(title_en="Old")
    drafts.keep(event, {"title_en": "One"})
    (row,) = download()
    drafts.keep(TimelineEvent.objects.get(), {"title_en": "Two"})

    assert [row.state for row in checked(as_csv(table([row])))] == ["refused"]


def test_the_sheet_shows_what_is_written_and_waits():
    drafts.keep(make_event(title_en="Old"), {"title_en": "Waits"})

    assert [row["title_en"] for row in download()] == ["Waits"]


def test_a_sheet_without_versions_changes_nothing():
    make_event()
    (row,) = download()

    ((_column, told),) = errors({"id": row["id"], "title_en": "New"})[0]

    assert told.startswith("Without its “version” nobody can see")


def test_letters_that_are_not_mongolian_are_pointed_out_and_let_in():
    make_event()
    (row,) = download()

    (checked_row,) = checked(as_csv(table([row | {"title_mn": "хvний эрх"}])))

    assert (checked_row.state, checked_row.notices) == (
        "changed",
        ["Letters that are not Mongolian. Please write instead: хvний → хүний"],
    )


def test_a_status_typed_into_a_sheet_changes_nothing_and_is_told():
    make_event()
    (row,) = download()

    (checked_row,) = checked(as_csv(table([row | {"status": "draft", "title_en": "New"}])))

    assert (checked_row.wanted, checked_row.notices) == (
        {"title_en": "New"},
        ["The status is not changed by a sheet."],
    )


def test_a_formula_or_a_date_is_told_beside_its_column():
    make_event()
    (row,) = download()
    data = as_xlsx([["id", "version", "year"], [int(row["id"]), row["version"], "=1900+61"]])

    assert [row.errors for row in checked(data)] == [
        [("year", "A formula stands here. Copy the cell and paste it as a value.")]
    ]


def test_cells_beyond_the_named_columns_are_refused():
    assert errors({"id": "", "year": "1961", "title_en": "A", "": "?"}) == [
        [("", "There are cells in columns that have no name.")]
    ]


def test_new_rows_are_for_those_who_may_add():
    assert errors({"id": "", "year": "1961", "title_en": "A"}, may_add=False) == [
        [("id", "You may change entries, and not add new ones.")]
    ]


def test_a_text_longer_than_a_cell_is_left_alone():
    make_event(staff_note="x" * 40_000)
    (row,) = download()

    assert (row["staff_note"][:20], wanted(row)) == ("(longer than a cell:", [{}])


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
