"""Entries as rows: out and in again without a difference, and cleaned like typed text."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial import drafts
from editorial.history import Version
from tests.desk import make_user
from tests.factories import make_event, make_theme
from tests.sheets import as_csv, as_xlsx, checked, download, table
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db


def wanted(*dicts, **given):
    """What a sheet of these rows would change, row by row."""
    return [row.wanted for row in checked(as_csv(table(dicts)), **given)]


def errors(*dicts, **given):
    return [row.errors for row in checked(as_csv(table(dicts)), **given)]


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


def test_a_rule_that_one_row_keeps_is_asked_of_the_next():
    new = {"id": "", "year": "1961", "title_en": "A", "month": "5"}

    assert errors(new, new | {"month": "13"}, new) == [
        [],
        [("", "The month is a number from 1 to 12.")],
        [],
    ]


def test_lines_that_a_program_ends_its_own_way_are_no_change():
    make_event(staff_note="One\ntwo")
    (row,) = download()

    assert wanted(row | {"staff_note": "One\r\ntwo"}) == [{}]


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


def test_changed_rows_are_asked_only_about_what_they_change():
    for _n in range(5):
        make_event()
    data = as_csv(table([row | {"order": "7"} for row in download()]))

    with CaptureQueriesContext(connection) as queries:
        rows = checked(data)

    assert [row.wanted for row in rows] == [{"order": 7}] * 5
    assert len(queries) < 15
