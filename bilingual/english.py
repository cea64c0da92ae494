"""What English grammar asks of the code."""

import re
import unicodedata
from calendar import month_name

MONTH = "|".join(month_name[1:])
# "26 June", "July 4", "Article 14": a regular expression
DATE_OR_ARTICLE = rf"\b(?:{MONTH}|[Aa]rticle) \d+|\b\d+ (?:{MONTH})\b"


def ordinal(n):
    """`n` as the n-th counted thing: 887766 → "887,766th", 1012 → "1,012th"."""
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{suffix}"


def decade(year):
    """The decade that begins in `year`: 1960 → "1960s"."""
    return f"{year}s"


# Search. A stem is what the forms of a word have in common, and need not be a word.

IRREGULAR = {"men": "man", "women": "woman", "children": "child"}
# Each with how many letters have to be left: "election" is of "elect", "nation" is not of "nat"
ENDINGS = {"ance": 5, "ment": 5, "ion": 5, "ing": 3, "ed": 3, "e": 3}


def without_accents(text):
    """ "café" → "cafe"."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def stem(word):
    """The stem of a word in small letters: tortured, torturing and tortures → tortur."""
    word = IRREGULAR.get(word, word)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending, left in ENDINGS.items():
        if word.endswith(ending) and len(word) - len(ending) >= left:
            word = word.removesuffix(ending)
            break
    return re.sub(r"([^aeiou\d])\1$", r"\1", re.sub("(?<=..)y$", "i", word))
