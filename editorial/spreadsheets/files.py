"""Spreadsheet files as rows of cells, and back: CSV and XLSX.

A cell that was read is a text, or the `Problem` that makes it unreadable. What is wrong with a
whole file is a ValidationError that says what to do.
"""

import csv
import re
from io import StringIO

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MAX_MEGABYTES = 5
MAX_ROWS = 2000
MAX_LINES, MAX_COLUMNS = 20_000, 100  # with blank ones, which a file can have without end

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# A program may run what such a cell says, however many spaces or apostrophes stand before it
FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]")
GUARD = "'"


class Problem(TextChoices):
    """Why nobody can say what a cell means."""

    FORMULA = "formula", _("A formula stands here. Copy the cell and paste it as a value.")
    DATE = "date", _("Excel made a date of this. Give the cell the format “Text”, type it again.")
    FAULT = "fault", _("Excel shows an error here, such as #REF!. Type what belongs here.")
    CONTROL = "control", _("There are invisible characters here that no text has. Type it again.")


# Out


def write_csv(rows):
    """The bytes of a CSV file; the mark at its beginning has Excel read Cyrillic letters."""
    file = StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([map(guard, row) for row in rows])
    return file.getvalue().encode("utf-8-sig")


def write_xlsx(rows):
    """The bytes of an Excel file: a number stays one, all else is marked as text."""
    # Here and not above: its library takes 18 MB of each process, and most never need it
    from editorial.spreadsheets import excel

    return excel.write(rows)


def guard(value):
    """Keeps a text from running as a formula when somebody opens the file; `unguard` undoes it."""
    return GUARD + value if isinstance(value, str) and FORMULA.match(value) else value


def unguard(text):
    return text[1:] if text.startswith(GUARD) and FORMULA.match(text) else text


# In


def read(file):
    """The rows of an uploaded file that are not blank, each as its number and a list of cells."""
    too_large = ValidationError(
        _(
            "A sheet has at most %(size)s MB and %(rows)s rows, and this one has more. Divide it "
            "into several files, each with the first row, and upload one after the other."
        )
        % {"size": MAX_MEGABYTES, "rows": f"{MAX_ROWS:,}"}
    )
    data = file.read(MAX_MEGABYTES * 1024 * 1024 + 1)
    if len(data) > MAX_MEGABYTES * 1024 * 1024:
        raise too_large
    rows = []
    for line, row in enumerate(read_xlsx(data) if is_packed(data) else read_csv(data), start=1):
        cells = [unguarded(cell) for cell in row]
        if any(cells):
            rows.append((line, cells))
        if len(rows) > MAX_ROWS + 1 or line > MAX_LINES:
            raise too_large
    if not rows:
        raise ValidationError(_("This file is empty."))
    return rows


def unguarded(cell):
    if isinstance(cell, Problem):
        return cell
    return Problem.CONTROL if CONTROL.search(cell) else unguard(cell.strip())


def is_packed(data):
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(
            _(
                "This is an old Excel file (.xls), or one with a password. Save it as “Excel "
                "Workbook (.xlsx)” without a password, and upload that file."
            )
        )
    return data.startswith(b"PK")


def read_csv(data):
    text = decode(data)
    first_line = text.partition("\n")[0]
    divider = max(",;\t", key=first_line.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=divider, strict=True)
    count = 0
    try:
        for row in rows:
            count += 1
            yield row
    except csv.Error as error:
        raise ValidationError(
            _(
                "In row %(row)s a quotation mark opens and does not close, or closes too early. "
                "Open the file in Excel and save it again, as .xlsx or as CSV UTF-8."
            )
            % {"row": count + 1}
        ) from error


def decode(data):
    is_utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # Excel's "Unicode text"
    try:
        text = data.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _(
                "The letters of this file cannot be read, for it is not in UTF-8. In Excel choose "
                "“Save As” and there “CSV UTF-8” or “Excel Workbook (.xlsx)”, and upload that file."
            )
        ) from error
    if "\0" in text:
        raise damaged()
    return text


def damaged():
    return ValidationError(
        _(
            "This file is damaged, or it is no spreadsheet. Open it in Excel, save it as “Excel "
            "Workbook (.xlsx)”, and upload that file."
        )
    )


def read_xlsx(data):
    """The rows of the first sheet."""
    from editorial.spreadsheets import excel

    return excel.read(data)
