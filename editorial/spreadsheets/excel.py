"""Excel files as rows of cells, and back."""

import re
from io import BytesIO
from math import isfinite
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.datetime import to_excel

from editorial.spreadsheets.files import MAX_COLUMNS, Problem, damaged, guard

MAX_UNPACKED = 30_000_000  # bytes; a small file may unpack to any size
LAST_NUMBER_AS_DATE = 3000  # Excel's number for a day of 1908; any later date was meant as one

ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff])_")  # how XLSX writes some characters
TO_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')


def write(rows):
    """The bytes of an Excel file: a number stays one, all else is marked as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([make_cell(sheet, value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def make_cell(sheet, value):
    if isinstance(value, int):
        return value
    cell = WriteOnlyCell(sheet, TO_ESCAPE.sub("_x005F_", guard(value)))
    cell.data_type = "s"  # else "#N/A" would become an error
    cell.number_format = "@"
    return cell


def read(data):
    """The rows of the first sheet."""
    try:
        archive = ZipFile(BytesIO(data))
        sizes = [member.file_size for member in archive.infolist()]
    except BadZipFile as error:
        raise damaged() from error
    if "content.xml" in archive.namelist():
        raise ValidationError(
            _(
                "This is an OpenDocument file (.ods). Save it as “Excel Workbook (.xlsx)” and "
                "upload that file."
            )
        )
    if sum(sizes) > MAX_UNPACKED:
        raise ValidationError(
            _(
                "This file is very large when it is unpacked. Copy the rows you need into a new "
                "sheet, save that and upload it."
            )
        )
    try:
        book = load_workbook(BytesIO(data), read_only=True)
        sheet = book.worksheets[0]
        merged = MERGED.findall(archive.read(sheet._worksheet_path))
        sheet.reset_dimensions()  # what a file says of its own size is often wrong
    except Exception as error:  # a file made by anybody breaks the reader in any way
        raise damaged() from error
    if merged:
        raise ValidationError(
            _(
                "Cells are merged in this sheet: %(cells)s. Choose “Unmerge Cells” for them, write "
                "into each what belongs there, and upload the file again."
            )
            % {"cells": ", ".join(cells.decode() for cells in merged[:5])}
        )
    rows = sheet.iter_rows(max_col=MAX_COLUMNS)
    while True:
        try:
            row = [read_cell(cell, book.epoch) for cell in next(rows)]
        except StopIteration:
            return
        except Exception as error:
            raise damaged() from error
        yield row


def read_cell(cell, epoch):
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        return Problem.FORMULA if cell.data_type == "f" else Problem.FAULT
    if cell.data_type == "d":  # 1961 in a cell with the format of a date is 14 May 1905
        value = to_excel(value, epoch)
        if value > LAST_NUMBER_AS_DATE:
            return Problem.DATE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if isfinite(value) and value.is_integer() else repr(value)
    return ESCAPED.sub(lambda code: chr(int(code[1], 16)), str(value))
