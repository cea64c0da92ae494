"""Reads the organisation's old text: its history, achievements, campaign cards and notices.

The document has no marks but its blank lines, bullets and headings. What cannot be read from
them (where a gap is not the usual one, which years the achievements are of, which cards are
notices, known slips) stands in a map file; `read_map` describes it.
"""

import re
import tomllib
from calendar import monthrange
from dataclasses import dataclass, field

from bilingual.dates import LEAP_YEAR
from bilingual.mongolian import mended_words

HEADING = re.compile(r"(?:The (\d{3}0)s|(\d{3}0)-present day)")
BULLET = re.compile(r"•\s*")
VISITOR_LINE = re.compile(r"You are (?:the )?(\d[\d,]{0,14})(?:st|nd|rd|th) visitor\.?")
MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
# A date counts as the event's own only at the very beginning: "On Human Rights Day, 10 December,"
OPENING_DATE = re.compile(
    rf"(?:In|On) (?:[A-Z][\w ]+, )?(?:(early|mid|late)[ -])?(?:(\d\d?) )?({'|'.join(MONTHS)})\b"
)


MAP_KEYS = (
    *("first_year", "last_year", "year_gap", "year_gaps"),
    *("achievement_years", "section", "notices"),
)


class MapError(Exception):
    """A map file that cannot be used."""


class DocumentError(Exception):
    """A document that cannot be read, with the line that shows it."""

    def __init__(self, line, sentence):
        super().__init__(f"Line {line}: {sentence}")


@dataclass(frozen=True)
class Paragraph:
    line: int
    text: str
    year: int | None = None


@dataclass(frozen=True)
class Card:
    """A title and the text under it: a campaign, or a notice."""

    line: int
    title: str
    text: str
    language: str


@dataclass
class Document:
    decades: list[int] = field(default_factory=list)
    events: list[Paragraph] = field(default_factory=list)
    achievements: list[Paragraph] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    visitors: int | None = None

    @property
    def years(self):
        return sorted({event.year for event in self.events})


def read_map(path):
    """The exceptions of one document, from a TOML file.

    `first_year`; `year_gap`, the blank lines before a new year, and `year_gaps` of single years
    that have another; `achievement_years` and their `section`; `notices`, titles of cards; and
    `slips`, each with a `pattern` and the sentence that `say`s what is right. Raises
    `MapError`.
    """
    try:
        exceptions = tomllib.loads(path.read_text(encoding="utf-8"))
        for slip in exceptions.setdefault("slips", []):
            slip["pattern"], slip["say"] = re.compile(slip["pattern"]), str(slip["say"])
    except (OSError, ValueError, KeyError, TypeError, re.error) as error:
        raise MapError(f"{path} is no map file: {error}.") from error
    if missing := [key for key in MAP_KEYS if key not in exceptions]:
        raise MapError(f"{path} is no map file: {', '.join(missing)} is missing.")
    return exceptions


def decode(data):
    try:
        text = data.decode("utf-8-sig")
        if "\0" in text:
            line = text[: text.index("\0")].count("\n") + 1
            raise DocumentError(line, "a NUL character stands here; this is no text document.")
        return text
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DocumentError(line, "this is not UTF-8 text. Save the document as UTF-8.") from error


def blocks(text):
    """Every line that says something: its number, the blank lines before it, and its text."""
    blank = 0
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if stripped := line.strip():
            yield number, blank, stripped
            blank = 0
        else:
            blank += 1


class Reader:
    """Goes down the document once: history, achievements from the first bullet on, cards."""

    def __init__(self, text, exceptions):
        self.exceptions = exceptions
        self.document = Document()
        self.lines = list(blocks(text))
        self.last_line = text.count("\n") + 1

    def read(self):
        if not self.lines:
            raise DocumentError(1, "the document is empty.")
        number, _blank, text = self.lines[0]
        if not HEADING.fullmatch(text):
            raise DocumentError(
                number, "the history should begin here with its first decade, such as “The 1960s”."
            )
        place = self.read_history()
        place = self.read_achievements(place)
        self.read_cards(place)
        return self.document

    def read_history(self):
        year = self.exceptions["first_year"] - 1
        begins_year = False
        for place, (number, blank, text) in enumerate(self.lines):
            if BULLET.match(text):
                if begins_year or not self.document.events:
                    raise DocumentError(number, "achievements begin here, but no event is above.")
                return place
            if heading := HEADING.fullmatch(text):
                self.begin_decade(number, int(heading[1] or heading[2]), year + 1)
                begins_year = True
                continue
            if begins_year or self.is_year_gap(number, blank, year + 1):
                year += 1
                begins_year = False
            self.check_year(number, year)
            self.document.events.append(Paragraph(number, text, year))
        raise DocumentError(
            self.last_line, "the document ends before the achievements, which begin with “•”."
        )

    def is_year_gap(self, number, blank, next_year):
        usual = self.exceptions["year_gap"]
        gap = self.exceptions["year_gaps"].get(str(next_year), usual)
        if blank == gap:
            return True
        if blank > 1:
            raise DocumentError(
                number,
                f"{blank} blank lines stand above this one. One begins an event and {gap} begin "
                f"the year {next_year}; correct the gap, or name it in the map file.",
            )
        return False

    def begin_decade(self, number, decade, next_year):
        if not decade <= next_year < decade + 10:
            raise DocumentError(
                number,
                f"the {decade}s begin here, but counted from {self.exceptions['first_year']} the "
                f"next year is {next_year}. A gap between two years is missing or too many above.",
            )
        self.document.decades.append(decade)

    def check_year(self, number, year):
        last = self.exceptions["last_year"]
        if year > last:
            raise DocumentError(
                number, f"a year after {last} begins here, the last in the map file."
            )

    def read_achievements(self, place):
        years = self.exceptions["achievement_years"]
        group = 0
        while place < len(self.lines) and BULLET.match(self.lines[place][2]):
            number, blank, text = self.lines[place]
            if self.document.achievements and blank > 1:
                group += 1
            if group >= len(years):
                raise DocumentError(
                    number, f"a group of achievements begins here, but the map names {len(years)}."
                )
            text = BULLET.sub("", text, count=1)
            if not text:
                raise DocumentError(number, "nothing follows this bullet.")
            self.document.achievements.append(Paragraph(number, text, years[group]))
            place += 1
        return place

    def read_cards(self, place):
        lines = self.lines[place:]
        while len(lines) > 1 and not VISITOR_LINE.fullmatch(lines[0][2]):
            (number, _blank, title), (_number, _blank, text) = lines[:2]
            if VISITOR_LINE.fullmatch(text):
                raise DocumentError(number, f"the text under “{title}” is missing.")
            self.document.cards.append(Card(number, title, text, language_of(text)))
            lines = lines[2:]
        visitors = VISITOR_LINE.fullmatch(lines[0][2]) if lines else None
        if not visitors:
            raise DocumentError(
                self.last_line, "the visitor line that ends the document is missing; is it whole?"
            )
        if len(lines) > 1:
            raise DocumentError(lines[1][0], "nothing should follow the visitor line.")
        self.document.visitors = int(visitors[1].replace(",", ""))


def read_document(data, exceptions):
    """The `Document` in the bytes of a file; `DocumentError` says where it cannot be read."""
    return Reader(decode(data), exceptions).read()


def language_of(text):
    cyrillic = len(re.findall(r"[\u0400-\u04ff]", text))
    return "mn" if cyrillic > len(re.findall(r"[A-Za-z]", text)) else "en"


def opening_date(text):
    """The month, day and vague wording a paragraph opens with, where it does."""
    found = OPENING_DATE.match(text)
    if not found:
        return None, None, ""
    vague, day, month = found.groups()
    number = MONTHS.index(month) + 1
    if day and not 1 <= int(day) <= monthrange(LEAP_YEAR, number)[1]:
        return None, None, ""
    return number, int(day) if day else None, f"{vague} {month}" if vague else ""


def slips_in(text, exceptions):
    """What is known to be wrong in a text, in sentences for staff."""
    known = [
        f"“{found.group().strip()}”: {slip['say']}"
        for slip in exceptions["slips"]
        if (found := re.search(slip["pattern"], text))
    ]
    return [*known, *letters_to_mend(text)]


def letters_to_mend(text):
    """Words that an old font or a foreign keyboard left wrong, in sentences for staff."""
    return [
        f"“{word}”: letters that are not Mongolian; write “{right}”."
        for word, right in mended_words(text).items()
    ]
