"""What the search of an exported site knows: the words of a language's pages, and how to compare
them. `static/js/offline.js` reads it, and finds what `editorial/searching.py` would.
"""

import json
from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from amnesty_site.search import kinds_by_subject, results
from bilingual import english, mongolian, searching
from editorial import searching as index
from editorial.searching import Occurrence, Searched

RULES = {
    "stopWords": sorted(searching.STOP_WORDS),
    "long": searching.LONG,
    "mostWords": searching.MOST_WORDS,
    "grades": [index.SAME_WORD, index.SAME_STEM, index.SAME_BEGINNING],
    "oldLetters": {chr(old): chr(new) for old, new in mongolian.OLD_LETTERS.items()},
    "lookAlikes": {chr(old): chr(new) for old, new in mongolian.LOOK_ALIKES.items()},
    "vowels": mongolian.VOWELS,
    "suffixes": mongolian.SUFFIXES,
    "plurals": mongolian.PLURALS,
    "sounds": mongolian.SOUNDS,
    "front": {chr(old): chr(new) for old, new in mongolian.FRONT.items()},
    "irregular": english.IRREGULAR,
    "endings": english.ENDINGS,
}


def search_script(language, files):
    """A script that sets `siteSearch`. `files` has the file of each path of the site."""
    with override(language):
        found = list(pages(language))
        numbers = {key: number for number, (key, _result) in enumerate(found)}
        data = {
            "rules": RULES,
            "texts": texts(),
            "pages": [describe(result, files) for _key, result in found],
            "words": list(words(language, numbers)),
            "years": {path[-5:-1]: file for path, file in files.items() if is_year(path, language)},
        }
    return f"window.siteSearch = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"


def is_year(path, language):
    history = f"/{language}/history/"
    return path.startswith(history) and path.removeprefix(history).strip("/").isdecimal()


def pages(language):
    """Pairs of the key of a `Searched` and its `Result`, in the order of equal results."""
    kinds = kinds_by_subject()
    rows = Searched.objects.published().filter(language=language)
    rows = rows.values_list("year", "content_type", "object_id", "pk")
    rows = sorted((year or 0, *rest) for year, *rest in rows)
    hits = [(kinds[subject], subject, entry) for _year, subject, entry, _pk in rows]
    return zip([pk for *_rest, pk in rows], results(hits, []), strict=True)


def describe(result, files):
    path, sign, fragment = result.entry.get_absolute_url().partition("#")
    title = result.title_text
    kind = f"{result.kind}, {result.year}" if result.year else str(result.kind)
    return [files[path] + sign + fragment, str(title), title.language, kind, result.year or ""]


def words(language, numbers):
    """Lists of a word, its key, its stem, and a flat list of pages that have it, each with its
    weight."""
    names = ["word__word", "word__key", "word__stem", "searched", "weight"]
    found = defaultdict(list)
    rows = Occurrence.objects.filter(searched__language=language).order_by("word__word", "searched")
    for word, key, stem, searched, weight in rows.values_list(*names):
        if searched in numbers:
            found[word, key, stem] += [numbers[searched], weight]
    return ([*word, places] for word, places in found.items())


def texts():
    query = {"query": "%s", "shown": "%n"}
    return {
        "one": ngettext("%(shown)s result for “%(query)s”", "%(shown)s results for “%(query)s”", 1)
        % query,
        "other": ngettext(
            "%(shown)s result for “%(query)s”", "%(shown)s results for “%(query)s”", 2
        )
        % query,
        "none": gettext("Nothing was found for “%(query)s”.") % query,
        "loose": gettext("Nothing has all these words; here is what has some of them."),
        "search": reverse("search"),
    }
