"""What Mongolian grammar asks of the code: pure functions, no settings, no database.

A number's ending follows the vowels of its last spoken word (vowel harmony): one (нэг), four
(дөрөв) and nine (ес), and the tens forty (дөч) and ninety (ер), and zero (тэг) have front
vowels; every other number word has back vowels.
"""

import re
import unicodedata

NO_BREAK_SPACE = "\u00a0"

DECADE_SUFFIXES = {0: "аад", 20: "оод", 40: "өөд", 90: "ээд"}  # every other decade takes -аад

# MNS 5217:2012, with ö and ü written o and u as addresses need it
LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "ye", "ё": "yo", "ж": "j", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "ө": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ү": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "sh", "ъ": "i", "ы": "y", "ь": "i", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip


def has_front_vowels(n):
    """Whether the last spoken word of the whole number `n` has front vowels."""
    if n == 0:
        return True
    if n % 10:
        return n % 10 in (1, 4, 9)
    return n % 100 in (40, 90)


def ordinal(n):
    """`n` as the n-th counted thing: 887766 → "887,766 дахь", 1 → "1 дэх"."""
    return f"{n:,}{NO_BREAK_SPACE}{'дэх' if has_front_vowels(n) else 'дахь'}"


def label_ordinal(n):
    """`n` as a label or serial number, never grouped: 12 → "12 дугаар", 14 → "14 дүгээр"."""
    return f"{n}{NO_BREAK_SPACE}{'дүгээр' if has_front_vowels(n) else 'дугаар'}"


def month(n):
    """The n-th month, as the site writes it: 12 → "12-р сар"."""
    return f"{n}-р сар"


def decade(year):
    """The decade that begins in `year`: 1960 → "1960-аад он", 1990 → "1990-ээд он"."""
    return f"{year}-{DECADE_SUFFIXES.get(year % 100, 'аад')} он"


def slug(text):
    """`text` for an address, in MNS 5217:2012: "Хүний эрх" → "khunii-erkh".

    Empty when nothing in `text` is a letter or a digit of the Latin or Cyrillic alphabet.
    """
    composed = unicodedata.normalize("NFC", text).casefold()
    latin = "".join(LATIN.get(letter, letter) for letter in composed)
    ascii_only = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def fold(text):
    """`text` without differences of case and of Unicode composition, for comparing only."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
