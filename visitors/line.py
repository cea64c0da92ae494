"""The visitor line: whom it counts, and what it says. What is rendered is the same for everybody.

A page holds a marker, last of its words, in place of the line; the number is written there when
the page is handed out. Nothing about the reader is stored: the cookie has the same value for all,
and says only that this browser has been counted today.
"""

import re
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from bilingual import english, mongolian

MARKER = "<!-- visitor line: %s -->"
MARKER_PATTERN = re.compile(rb"<!-- visitor line: ([a-z]+) -->")

COOKIE = f"{settings.COOKIE_PREFIX}seen"
COOKIE_SECONDS = 24 * 3600
RETURNING = f"{COOKIE}=1"  # the Cookie header of a reader who has been counted
STAFF_COOKIE = settings.SESSION_COOKIE_NAME  # only staff have sessions

PURPOSES = ["HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ"]

# Programs that read pages for search engines and link previews, by words in their names; with a
# pattern where a word alone is ambiguous: Cubot makes phones. Looking for words first takes a
# fifth of the time.
WORDS = ["crawl", "spider", "slurp", "archiver", "facebookexternalhit", "mediapartners"]
WORDS += ["preview", "google-inspectiontool", "googleother", "lighthouse", "-user/", "feedfetcher"]
AMBIGUOUS = {"bot": r"(?<!cu)bot(\b|_|\d)", "whatsapp/": "^whatsapp/", "viber": "^viber"}
CRAWLERS = {**{word: re.escape(word) for word in WORDS}, **AMBIGUOUS}

ORDINALS = {"en": english.ordinal, "mn": mongolian.ordinal}
PLACE = "\ue000"  # stands for the number while the line is rendered; no text has this letter


def is_visit(environ):
    """Whether a page handed out for this WSGI request makes its reader a new visitor."""
    cookies = environ.get("HTTP_COOKIE", "")
    return (
        not has_cookie(cookies, COOKIE)
        and environ["REQUEST_METHOD"] == "GET"
        # Pictures, frames and scripts of other sites that name a page are no visits to it
        and environ.get("HTTP_SEC_FETCH_DEST", "document") == "document"
        # A reader who refuses cookies and goes from page to page was counted on the first
        and environ.get("HTTP_SEC_FETCH_SITE") != "same-origin"
        and "prefetch"
        not in environ.get("HTTP_SEC_PURPOSE", environ.get("HTTP_PURPOSE", "")).lower()
        and environ.get("HTTP_X_MOZ", "").lower() != "prefetch"
        and not is_crawler(environ.get("HTTP_USER_AGENT", "").lower())
        and not has_cookie(cookies, STAFF_COOKIE)
    )


def is_crawler(agent):
    names = [name for word, name in CRAWLERS.items() if word in agent and re.search(name, agent)]
    return bool(names)


def has_cookie(cookies, name):
    """Whether a Cookie header names `name`; the value is nobody's matter."""
    return name in cookies and f"; {name}=" in f"; {cookies}"


def line(language, number, is_new):
    """The line as bytes of HTML; empty when no number is known."""
    if number is None:
        return b""
    written = ORDINALS[language](number) if is_new else f"{number:,}"
    before, after = render(language, is_new)
    return before + written.encode() + after


@cache
def render(language, is_new):
    """The line as bytes, before and after its number."""
    with override(language):
        text = render_to_string("visitors/_line.html", {"number": PLACE, "is_new": is_new})
    before, _place, after = text.strip().encode().partition(PLACE.encode())
    return before, after


@cache
def set_cookie():
    """The Set-Cookie header that makes a reader one who has been counted."""
    secure = "; Secure" if settings.HTTPS else ""
    value = f"{RETURNING}; HttpOnly; Max-Age={COOKIE_SECONDS}; Path=/; SameSite=Lax{secure}"
    return ("Set-Cookie", value)
