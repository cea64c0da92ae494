"""Words as a search compares them: each by its stem, in the alphabet that it is written in."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bilingual import english, mongolian
from bilingual.mongolian import CYRILLIC, SUFFIXES, fold

TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# A stem this long finds every word that begins with it; a shorter one its own forms alone
LONG = 4
MOST_WORDS = 6  # of a query: each costs a hundredth of a second where all of 13,000 events have it
# So common that they tell nothing: in English, and in Mongolian
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by for from had has have in is it its of on or that the to was "
        "нь ба болон энэ тэр юм бол байна байв байсан гэж гэсэн",
    )
)


def words(text):
    """The words of `text`, folded, each part of one with hyphens for itself; but a suffix that a
    hyphen joins to a name is no word: "НҮБ-ын" is "нүб"."""
    for token in TOKEN.findall(fold(text).replace("ё", "е")):
        first, *parts = token.split("-")
        yield from [first, *(part for part in parts if part not in SUFFIXES)]


@lru_cache(10_000)
def key(word):
    """What is left of a word when what its forms differ in is gone, but for their endings."""
    if CYRILLIC.search(word):
        return mongolian.skeleton(mongolian.singular(word)) or word
    return english.without_accents(word)


@lru_cache(10_000)
def stem(word):
    """The key of a word without its endings: all its forms have the same."""
    if CYRILLIC.search(word):
        return min(keys_of_forms(word), key=lambda form: (len(form), form))
    return english.stem(key(word))


def keys_of_forms(word):
    """The keys of what may be the word without its endings: a set."""
    if not CYRILLIC.search(word):
        return {stem(word)}
    forms = mongolian.without_suffixes(mongolian.singular(word))
    return {mongolian.skeleton(form) or form for form in forms}


@dataclass(frozen=True)
class Sought:
    """One word of a query, and by what it is found in texts."""

    word: str

    @cached_property
    def spellings(self):
        """The word; and what it is in Mongolian letters if it may be Mongolian in Latin ones."""
        return {self.word, *mongolian.from_latin(self.word)}

    @cached_property
    def stems(self):
        """A text has the word if one of its words has one of these stems."""
        return {stem(spelling) for spelling in self.spellings}

    @cached_property
    def beginnings(self):
        """Or if the key of one begins with one of these, of which none begins with another."""
        found = {form for spelling in self.spellings for form in keys_of_forms(spelling)}
        long = {form for form in found if len(form) >= LONG}
        return {form for form in long if not any(form != o and form.startswith(o) for o in long)}

    def is_in(self, word):
        """Whether a word of a text is a form of this one, or begins with it."""
        return stem(word) in self.stems or key(word).startswith(tuple(self.beginnings))


def sought_words(query):
    """The words of a query as `Sought`, each once; of a long one the first."""
    found = [word for word in dict.fromkeys(words(query)) if word not in STOP_WORDS]
    return [Sought(word) for word in found[:MOST_WORDS]]
