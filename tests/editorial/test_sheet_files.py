"""Files as Excel and people make them are read, or refused with what to do."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError

from editorial.spreadsheets import files
from editorial.spreadsheets.files import Problem
from tests.sheets import as_csv, as_xlsx, packed, parse_csv, read

ROWS = [["id", "title_mn"], ["1", "Хүний эрх, өдөр бүр"], ["2", "two\nlines; “quoted”"]]
NUMBERED = list(enumerate(ROWS, start=1))
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    " =1",
    "\t=1",
    "'=1",
    "''-1",
    '=HYPERLINK("http://example.org","x")',
    "'tis",
    "'",
]


def refusal(data):
    with pytest.raises(ValidationError) as caught:
        read(data)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_a_csv_file_is_read_whatever_excel_makes_of_it(encoding, divider):
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""

    assert read(mark + as_csv(ROWS, encoding, divider)) == NUMBERED


def test_blank_rows_are_skipped_and_the_others_keep_their_numbers():
    rows = [["id"], [""], [" "], ["7"], [""]]

    assert read(as_csv(rows)) == [(1, ["id"]), (4, ["7"])]
    assert [(line, row[0]) for line, row in read(as_xlsx(rows))] == [(1, "id"), (4, "7")]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_letters_of_another_encoding_are_refused_with_how_to_save(encoding):
    assert "“CSV UTF-8” or “Excel Workbook (.xlsx)”" in refusal(
        as_csv([["id"], ["Хний эрх"]], encoding)
    )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file (.xls), or one with a password"),
        (packed({"content.xml": "", "mimetype": ""}), "OpenDocument file (.ods)"),
        (packed({"word/document.xml": ""}), "damaged"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (as_xlsx(ROWS)[:-200], "damaged"),
        (b"id\0title", "damaged"),
        ("id,title".encode("utf-16-le"), "damaged"),
        (packed({"xl/workbook.xml": b"0" * 31_000_000}), "very large when it is unpacked"),
        (b'id,title_en\n1,a\n2,"open', "In row 3 a quotation mark"),
        (as_csv([["id"], *([str(n)] for n in range(10_000))]), "at most 5 MB and 2,000 rows"),
        (as_xlsx([["id"], *([n] for n in range(2_001))]), "at most 5 MB and 2,000 rows"),
        (b"id\n" + b"x" * 5 * 1024 * 1024, "at most 5 MB and 2,000 rows"),
        (as_xlsx(ROWS, lambda sheet: sheet.merge_cells("A2:A3")), "merged in this sheet: A2:A3"),
        (as_xlsx(ROWS, lambda sheet: sheet.cell(900_000, 1, "far")), "at most 5 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data, told):
    assert told in refusal(data)


def test_two_thousand_rows_are_read():
    assert len(read(as_csv([["id"], *([str(n)] for n in range(2_000))]))) == 2_001


def test_cells_that_excel_has_changed_are_understood_or_pointed_out():
    def change(sheet):
        sheet["F1"].number_format = "yyyy-mm-dd"  # a number in a cell for dates
        sheet["G1"] = datetime(2012, 6, 1)
        sheet["J1"].data_type = "e"

    row = [1961, 1961.0, 0.5, True, "=A1+1", 1961, None, "_x0041_ a_x000D_", None, "#REF!", "x"]

    assert read(as_xlsx([row], change)) == [
        (
            1,
            [
                *("1961", "1961", "0.5", "yes", Problem.FORMULA, "1961", Problem.DATE),
                *("_x0041_ a", "", Problem.FAULT, "x"),
                *[""] * 89,
            ],
        )
    ]


def test_invisible_characters_are_pointed_out():
    assert read(b"id,b\x07c") == [(1, ["id", Problem.CONTROL])]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_runs_as_a_formula_and_each_comes_back_as_it_was(text):
    rows = [["title_en"], [text]]
    (cell,) = parse_csv(files.write_csv(rows))[1]
    assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))

    for write in (files.write_csv, files.write_xlsx):
        assert read(write(rows))[1][1][0].strip() == text.strip()


@pytest.mark.parametrize("text", ["#N/A", "12%", "1961", "007", "TRUE", "_x0041_", "2012-06-01"])
def test_excel_gets_texts_as_texts(text):
    assert read(files.write_xlsx([[text]]))[0][1][0] == text


def test_excel_sees_cyrillic_letters_in_a_csv_file():
    assert files.write_csv([["Өдөр"]]).startswith(b"\xef\xbb\xbf")


def test_a_file_that_misstates_its_own_size_is_read_whole():
    with ZipFile(BytesIO(as_xlsx(ROWS))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    members["xl/worksheets/sheet1.xml"] = sheet.replace(b'ref="A1:B3"', b'ref="A1"')
    assert members["xl/worksheets/sheet1.xml"] != sheet

    assert [(line, row[:2]) for line, row in read(packed(members))] == NUMBERED
