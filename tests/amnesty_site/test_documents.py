"""Reading a document in the format of the organisation's own; the text here is ours."""

import pytest

from amnesty_site.documents import DocumentError, opening_date, read_document

EXCEPTIONS = {
    "first_year": 1961,
    "last_year": 1972,
    "year_gap": 3,
    "year_gaps": {"1971": 2, "1972": 1},
    "achievement_years": [2014, 2015],
    "notices": ["Open door"],
    "slips": [],
}

DOCUMENT = """The 1960s


A lamp was lit in a harbour town.

Ten people met in a kitchen.\u00a0



On 9 March the second year began.


The 1970s

The next decade came.


The year after two blank lines.
The same year goes on.

The year after one.


• We planted a tree.

•We painted a wall.


• A year later we sang.

Open door
Манай хаалга нээлттэй.

Clean rivers

Rivers belong to everybody.
You are 1234th visitor.
"""


def document(old="", new=""):
    assert old in DOCUMENT
    quiet = "".join(f"\n\n\n\nThe year {year} was quiet." for year in range(1963, 1970))
    whole = DOCUMENT.replace("second year began.", f"second year began.{quiet}")
    return whole.replace(old, new, 1).encode()


def read(*args):
    return read_document(document(*args), EXCEPTIONS)


def test_blank_lines_divide_the_years():
    made = [(event.year, event.text) for event in read().events]

    assert made[:3] == [
        (1961, "A lamp was lit in a harbour town."),
        (1961, "Ten people met in a kitchen."),
        (1962, "On 9 March the second year began."),
    ]
    assert made[-4:] == [
        (1970, "The next decade came."),
        (1971, "The year after two blank lines."),
        (1971, "The same year goes on."),
        (1972, "The year after one."),
    ]
    assert read().decades == [1960, 1970]


def test_bullets_of_both_styles_are_grouped_into_years():
    assert [(item.year, item.text) for item in read().achievements] == [
        (2014, "We planted a tree."),
        (2014, "We painted a wall."),
        (2015, "A year later we sang."),
    ]


def test_cards_know_the_language_of_their_text():
    assert [(card.title, card.text, card.language) for card in read().cards] == [
        ("Open door", "Манай хаалга нээлттэй.", "mn"),
        ("Clean rivers", "Rivers belong to everybody.", "en"),
    ]


def test_the_visitor_line_ends_the_document():
    assert read().visitors == 1234


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("The 1960s", "Recipes", "Line 1: the history should begin here"),
        ("\n\n\n\nOn 9 March", "\n\n\nOn 9 March", r"Line 9: 2 blank lines stand above"),
        ("\n\n\n\nOn 9 March", "\n\nOn 9 March", r"Line \d+: the 1970s begin here"),
        ("The 1970s", "The 1980s", r"Line \d+: the 1980s begin here"),
        ("• A year later", "• Nothing.\n\n\n• A year later", r"Line \d+: a group of achievements"),
        ("Rivers belong to everybody.\n", "", r"Line \d+: the text under “Clean rivers”"),
        ("You are 1234th visitor.\n", "", r"Line \d+: the visitor line that ends"),
        ("visitor.\n", "visitor.\nMore.\n", r"Line \d+: nothing should follow"),
        ("• We planted", "We planted", r"Line \d+: 2 blank lines"),
        (
            "The year after one.\n",
            "The year after one.\n\n\n\nAnother.\n",
            "year after 1972 begins",
        ),
    ],
)
def test_a_broken_document_is_refused_with_its_line(old, new, message):
    with pytest.raises(DocumentError, match=message):
        read(old, new)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Line 1: the document is empty"),
        (b"\n\n  \n", "Line 1: the document is empty"),
        ("The 1960s\n\nӨдөр".encode("cp1251", "replace"), "Line 3: this is not UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "Line 1: this is not UTF-8"),
        (b"The 1960s\n\nOnly this.\n", "the document ends before the achievements"),
    ],
)
def test_a_foreign_file_is_refused_with_its_line(data, message):
    with pytest.raises(DocumentError, match=message):
        read_document(data, EXCEPTIONS)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("On Lantern Day, 10 December, a lamp", (12, 10, "")),
        ("On 9 March a ship", (3, 9, "")),
        ("In January, a ship", (1, None, "")),
        ("In early June, a ship", (6, None, "early June")),
        ("A court was founded in July 1998.", (None, None, "")),
    ],
)
def test_a_date_at_the_beginning_is_the_events_own(text, date):
    assert opening_date(text) == date
