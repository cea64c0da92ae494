"""A search server, OpenSearch or Elasticsearch, in the place of the database's index of words.

Switched on by SEARCH_URL. It is told the words of each text as `Occurrence` has them, and grades
texts as `Occurrence.objects.grades()` does, so that both find the same in the same order. While it
does not answer, or has not been told of every text, the database finds.
"""

import base64
import contextlib
import json
import logging
from collections import defaultdict
from http.client import HTTPException
from time import monotonic
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from editorial.searching import (
    LONGEST,
    OF_A_TEXT,
    OF_A_TITLE,
    SAME_BEGINNING,
    SAME_STEM,
    SAME_WORD,
    Occurrence,
    Searched,
    searched_models,
)

logger = logging.getLogger("django.editorial")

PATIENCE = 2  # seconds; who waits holds a thread that readers need
ASK_AGAIN = 10  # seconds in which a server that did not answer is not asked
MOST = 500  # texts of one request
WEIGHTS = (OF_A_TITLE, OF_A_TEXT)
FIELDS = [f"{kind}_{weight}" for kind in ("word", "key", "stem") for weight in WEIGHTS]
LARGEST_ANSWER = 1_000_000  # texts: the page counts all that is found
INDEX = {
    "settings": {"index.max_result_window": LARGEST_ANSWER},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "searched": {"type": "long"},
            "language": {"type": "keyword"},
            **{field: {"type": "keyword"} for field in FIELDS},
        },
    },
}
state = {"away_until": 0.0}


def grades(sought, language):
    """What `Occurrence.objects.grades()` gives, from the search server where there is one: one
    request to it and one query, instead of two queries."""
    if settings.SEARCH_SERVER and sought and not Searched.objects.filter(is_sent=False).exists():
        try:
            return ask_for_grades(sought, language)
        except ConnectionError:
            pass  # it has been logged
    return Occurrence.objects.grades(sought, language)


def ask_for_grades(sought, language):
    asked = {"_source": ["searched"], "size": LARGEST_ANSWER}
    searches = [line for word in sought for line in ({}, {"query": query(word, language), **asked})]
    answers = ask("POST", "/_msearch", *searches)["responses"]
    if errors := [answer for answer in answers if "error" in answer]:
        if errors[0]["status"] == 404:  # it has lost the index, or is another server
            Searched.objects.update(is_sent=False)
        raise away(errors[0]["error"])
    return [
        {hit["_source"]["searched"]: round(hit["_score"]) for hit in answer["hits"]["hits"]}
        for answer in answers
    ]


def query(sought, language):
    """The best of the grades of one word, as `SearchWord.nearness()` and the weights make it."""
    beginnings = [beginning[:LONGEST] for beginning in sorted(sought.beginnings)]
    ways = []
    for weight in WEIGHTS:
        for kind, words, grade in (
            ("word", sought.spellings, SAME_WORD),
            ("stem", sought.stems, SAME_STEM),
        ):
            terms = {"terms": {f"{kind}_{weight}": sorted(words)}}
            ways.append({"constant_score": {"filter": terms, "boost": grade * weight}})
        for beginning in beginnings:
            prefix = {"prefix": {f"key_{weight}": beginning}}
            ways.append({"constant_score": {"filter": prefix, "boost": SAME_BEGINNING * weight}})
    of_language = {"term": {"language": language}}
    return {"bool": {"must": {"dis_max": {"queries": ways}}, "filter": of_language}}


def send():
    """Tells the server of texts that it does not know yet, `MOST` of them at most; how many it
    was told of. ConnectionError."""
    unsent = Searched.objects.filter(is_sent=False)
    if not unsent.exists():
        return 0
    if not index_exists() or not Searched.objects.filter(is_sent=True).exists():
        begin()
    rows = list(unsent.order_by("pk")[:MOST])
    lines = []
    for row, words in zip(rows, words_of(rows), strict=True):
        # The newest text of an entry stays, in whatever order those who saved it get here
        version = {"version": row.pk, "version_type": "external_gte"}
        lines += [{"index": {"_id": name(row), **version}}, describe(row, words)]
    told = [item["index"] for item in ask("POST", "/_bulk", *lines)["items"]]
    if errors := [item["error"] for item in told if item["status"] not in (200, 201, 409)]:
        raise away(errors[0])
    Searched.objects.filter(pk__in=[row.pk for row in rows]).update(is_sent=True)
    return len(rows)


def send_all():
    """Tells the server of all texts that it does not know, and of all anew where it knows others
    than those it was told of; gives the number of each request's as it goes. ConnectionError."""
    if not index_exists() or count() != Searched.objects.filter(is_sent=True).count():
        begin()
    while number := send():
        yield number


def count():
    """How many texts the index has, those of the last second too."""
    ask("POST", "/_refresh")
    return ask("GET", "/_count")["count"]


def describe(row, words):
    return {"searched": row.pk, "language": row.language, **words}


def words_of(rows):
    """For each row of `Searched` its words, keys and stems as fields of the index. One query."""
    found = {row.pk: defaultdict(set) for row in rows}
    names = ["searched", "weight", "word__word", "word__key", "word__stem"]
    for pk, weight, *forms in (
        Occurrence.objects.filter(searched__in=rows).order_by().values_list(*names)
    ):
        for kind, form in zip(("word", "key", "stem"), forms, strict=True):
            found[pk][f"{kind}_{weight}"].add(form)
    return [{field: sorted(forms) for field, forms in of.items()} for of in found.values()]


def name(row):
    """What the index knows a text by, whatever its words are at the moment."""
    return f"{row.content_type_id}-{row.object_id}-{row.language}"


def index_exists():
    try:
        ask("HEAD", "")
    except FileNotFoundError:
        return False
    return True


def begin():
    """Makes an empty index, of which no text has been sent."""
    Searched.objects.update(is_sent=False)
    if index_exists():
        ask("DELETE", "")
    ask("PUT", "", INDEX)


def ask(method, path, *lines):
    """What the server answers to a request about the index, read from its JSON. ConnectionError,
    or FileNotFoundError where there is no such index."""
    if monotonic() < state["away_until"]:
        raise ConnectionError("It did not answer a moment ago.")
    url, user = settings.SEARCH_SERVER
    body = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
    kind = "application/x-ndjson" if path else "application/json"
    request = Request(url + path, body or None, {"Content-Type": kind}, method=method)
    if user:
        request.add_header("Authorization", f"Basic {base64.b64encode(user.encode()).decode()}")
    try:
        with urlopen(request, timeout=PATIENCE) as answer:
            told = answer.read()
    except HTTPError as error:
        with error:
            if error.code == 404 and method == "HEAD":
                raise FileNotFoundError from error
            raise away(f"{error.code} {error.read(500).decode(errors='replace')}") from error
    except (OSError, HTTPException) as error:
        raise away(error) from error
    try:
        return json.loads(told or "{}")
    except ValueError as error:
        raise away(error) from error


def away(error):
    """Has the server left alone for a while, as it did not do what it was asked."""
    state["away_until"] = monotonic() + ASK_AGAIN
    logger.error("The search server does not answer as it should; the database finds: %s", error)
    return ConnectionError(str(error))


def follow_texts():
    """Has the server told of the words of an entry after each save of it."""
    for model in searched_models():
        post_save.connect(tell, sender=model)
        post_delete.connect(tell, sender=model)


def tell(**kwargs):
    """A text of a deleted entry stays on the server, where no row of `Searched` names it."""
    if settings.SEARCH_SERVER:
        transaction.on_commit(tell_now)


def tell_now():
    with contextlib.suppress(ConnectionError):  # the rows stay marked, and the database finds
        send()
