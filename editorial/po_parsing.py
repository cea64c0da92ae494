"""Reads a PO file that somebody sent, and says at which line it is broken.

polib alone takes a text whose quotation mark is lost for one that is a letter shorter.
"""

import re
import tempfile

import polib
from django.utils.translation import gettext as _

from bilingual.languages import OWN_NAMES

TEXT_LINE = re.compile(
    r'(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?"(?:[^"\\]|\\.)*"'
)
OTHER_LINE = re.compile(r"#.*|\s*")


class PoError(Exception):
    """A file that cannot be read at all; says where and why."""

    def __init__(self, reason, line=None):
        self.reason, self.line = reason, line
        where = _("Line %(line)s") % {"line": line} if line else ""
        super().__init__(f"{where}: {reason}" if where else reason)


def parse(data):
    """The language of a file, and its entries."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PoError(
            _("This file is not in UTF-8. Save it as UTF-8, and send it again."), line
        ) from error
    lines = re.split(r"\r\n|\r|\n", text)
    for number, line in enumerate(lines, 1):
        if not (TEXT_LINE.fullmatch(line.strip()) or OTHER_LINE.fullmatch(line)) or "\0" in line:
            raise PoError(
                _("This is not a line of a PO file, or a quotation mark is lost."), number
            )
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n") as file:
        # Given a text, polib divides its lines at signs that may stand within one
        file.write("\n".join(lines))
        file.flush()
        try:
            po = polib.pofile(file.name, encoding="utf-8")
        except OSError as error:
            line = re.search(r"\(line (\d+)\)", str(error))
            raise PoError(
                _("This line stands where it must not."), line and int(line[1])
            ) from error
    language = re.split("[_@-]", po.metadata.get("Language", ""))[0]
    if language not in OWN_NAMES:
        named = (n for n, line in enumerate(lines, 1) if line.startswith('"Language:'))
        raise PoError(
            _("The head of the file must say “Language”, as %(codes)s.")
            % {"codes": ", ".join(OWN_NAMES)},
            next(named, 1),
        )
    return language, [entry for entry in po if not entry.obsolete and entry.msgid]
