"""What Mongolian grammar asks of the code: pure functions, no settings, no database.

A number's ending follows the vowels of its last spoken word (vowel harmony): one (нэг), four
(дөрөв) and nine (ес), and the tens forty (дөч) and ninety (ер), and zero (тэг) have front
vowels; every other number word has back vowels.
"""

import re
import unicodedata

NO_BREAK_SPACE = "\u00a0"

# A number in a row or of a month, as `ordinal` and `label_ordinal` write it: a regular expression
ORDINAL = r"\b\d+[ \u00a0](?:дугаар|дүгээр|дахь|дэх)\b"

DECADE_SUFFIXES = {0: "аад", 20: "оод", 40: "өөд", 90: "ээд"}  # every other decade takes -аад

YEAR_CASES = {"nominative": "он", "genitive": "оны", "dative": "онд", "ablative": "оноос"}

# MNS 5217:2012, with ö and ü written o and u as addresses need it
LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "ye", "ё": "yo", "ж": "j", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "ө": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ү": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "sh", "ъ": "i", "ы": "y", "ь": "i", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip

ALPHABET = "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя"
VOWELS = "аэиоуөүыеюя"
WORD = re.compile(r"[^\W\d_]+")
LATIN_LETTER = re.compile(r"[A-Za-z]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")

# What is typed or pasted in place of the two letters other keyboards lack (MONGOLIAN.md, 7)
OLD_LETTERS = str.maketrans("єЄѳѲθΘɵƟїЇұҰ", "өӨөӨөӨөӨүҮүҮ")
LOOK_ALIKES = str.maketrans("vVYaceopxykACEOPXKHMTB", "үҮҮасеорхукАСЕОРХКНМТВ")


SUFFIX_LIST = """
    ууд үүд нууд нүүд иуд чууд чүүд д н ын ийн ны ний гийн ы ий т ад эд од өд нд анд ыг ийг г
    аас ээс оос өөс наас нээс ноос нөөс гаас гээс гоос гөөс иас иэс иос иөс
    аар ээр оор өөр наар нээр ноор нөөр гаар гээр гоор гөөр иар иэр иор иөр
    тай тэй той гүй аа ээ оо өө гаа гээ гоо гөө даа дээ доо дөө
    ынхаа ийнхээ ынхоо ийнхөө ийнхаа
"""
# What a Russian sentence has and a Mongolian one has not; in capitals they may be initials
RUSSIAN_WORDS = set(
    re.findall(r"\w+", "и в с на не что это как для из от по при или был была было были его")
)
SUFFIXES = tuple(re.findall(r"\w+", SUFFIX_LIST))

# Plurals of another stem than the singular
PLURALS = {
    "хүмүүс": "хүн",
    "гишүүд": "гишүүн",
    "иргэд": "иргэн",
    "дүрвэгс": "дүрвэгч",
}

# How people type Mongolian on a Latin keyboard, the longest first
TYPED = """
    shch щ kh х ts ц ch ч sh ш zh ж ye е yo е yu ю ya я a а b б c ц d д e э f ф g г h х i и j ж k к
    l л m м n н o о p п r р s с t т u у v в x х y ы z з
"""
SOUNDS = list(zip(TYPED.split()[::2], TYPED.split()[1::2], strict=True))
FRONT = str.maketrans("оу", "өү")


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


def year(n, case="nominative"):
    """A year in a case: 1961 → "1961 он", "1961 оны", "1961 онд", "1961 оноос"."""
    return f"{n}{NO_BREAK_SPACE}{YEAR_CASES[case]}"


def date(day):
    """A date as the site writes it: "2015 оны 12-р сарын 3"."""
    return f"{day.year} оны {day.month}-р сарын {day.day}"


def short_date(day):
    """A date in digits: "2015.12.03"."""
    return f"{day:%Y.%m.%d}"


def official_date(day):
    """A date as laws write it: "2015 оны 12 дугаар сарын 3-ны өдөр"."""
    genitive = "ний" if has_front_vowels(day.day) else "ны"
    return f"{day.year} оны {label_ordinal(day.month)} сарын {day.day}-{genitive} өдөр"


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
    """`text` for comparing only: no difference of case, composition, or look-alike letters.

    Old fonts drew ө and ү in the places of є and ї, and phones type v and Y for ү; Latin
    letters that look Cyrillic are taken so only inside a word that has Cyrillic ones.
    Ө and о, ү and у stay apart: they are different words.
    """
    mended = WORD.sub(mend, unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", mended.casefold())


def mend(word):
    """A found word in Mongolian letters; one that has none but Latin letters stays."""
    letters = word.group().translate(OLD_LETTERS)
    return letters.translate(LOOK_ALIKES) if CYRILLIC.search(letters) else letters


def mended_words(text):
    """The words of `text` that mix in letters of Latin or of old fonts, each with what to write.

    A dict: "хvний" → "хүний", "єдєр" → "өдөр". Words all in Latin letters are foreign names.
    A Latin letter that looks like no Cyrillic one stays in the second.
    """
    mended = {word.group(): mend(word) for word in WORD.finditer(text)}
    return {
        word: right
        for word, right in mended.items()
        if right != word or (CYRILLIC.search(word) and LATIN_LETTER.search(word))
    }


def looks_russian(text):
    """Whether a Cyrillic text is Russian and not Mongolian, as far as a simple rule can tell: it
    has two words that only Russian has, and neither ө nor ү. A short text may be either."""
    return not re.search("[өүӨҮ]", text) and len(RUSSIAN_WORDS & {*WORD.findall(text)}) > 1


def sort_key(text):
    """A key that sorts `text` as a Mongolian dictionary does, in any collation.

    Six hexadecimal digits a character: signs and digits first, then the 35 letters with Ө after
    О and Ү after У, then all other letters.
    """
    return "".join(f"{rank(character):06x}" for character in fold(text))


def rank(character):
    place = ALPHABET.find(character)
    if place >= 0:
        return 0x400 + place
    return ord(character) if not character.isalpha() else 0x1000 + ord(character)


# Search: MONGOLIAN.md, section 8. Suffixes stack up and swallow the vowels of the stem, so words
# are compared by their consonants, and a query is tried with its suffixes taken off.


def skeleton(word):
    """The first syllable with a short vowel, and the consonants after it: хоригдол → хоргдл."""
    letters = re.sub("[ьъй]", "", word)
    found = re.match(f"([^{VOWELS}]*)([{VOWELS}]?)[{VOWELS}]*", letters)
    return found[1] + found[2] + re.sub(f"[{VOWELS}]", "", letters[found.end() :])


def singular(word):
    """`word` with the stem its singular has, where the plural has another: хүмүүсийн → хүнийн."""
    for plural, stem in PLURALS.items():
        if word.startswith(plural):
            ending = word.removeprefix(plural)
            return stem + ("д" if ending == "т" else ending)  # the dative, as each has it
    return word


def without_suffixes(word):
    """`word` with up to three suffixes taken off in every way there is: a set of words.

    None has fewer than two letters, or no vowel.
    """
    forms = layer = {word}
    for _ in range(3):
        layer = {stem for form in layer for stem in stems(form)}
        forms = forms | layer
    return forms


def stems(word):
    for suffix in SUFFIXES:
        stem = word.removesuffix(suffix)
        # The dative is т after these consonants alone: сургалт is no form of сургаль
        if suffix == "т" and not stem.endswith(("г", "р", "с")):
            continue
        if stem != word and len(stem) >= 2 and re.search(f"[{VOWELS}]", stem):
            yield stem


def from_latin(word):
    """What a word typed in Latin letters may be in Mongolian ones: "hunii" → {"хуний", "хүний"}.

    Latin keyboards lack ө and ү: o and u stand for them in words with front vowels, which only a
    reader of the language can tell. Empty where a letter has no sound in Mongolian.
    """
    if re.search("[^a-z]|[qw]", word):
        return set()
    letters = re.sub("(?<![aeiou])v(?![aeiou])", "u", word)  # typed for ү
    for latin, cyrillic in SOUNDS:
        letters = letters.replace(latin, cyrillic)
    letters = re.sub("(?<=[аоуэиеёюя])и", "й", letters)
    return {letters, letters.translate(FRONT)}
