"""The visitor line: counts a visit and writes its number into the finished page.

The page holds a marker that names its language, so what is rendered is the same for everybody.
Nothing about the reader is stored: the cookie has the same value for all, and says only that
this browser has been counted today.
"""

import re

from django.conf import settings
from django.db import Error as DatabaseError
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import override

from visitors.models import VisitorCount

MARKER = "<!-- visitor line: %s -->"
MARKER_PATTERN = re.compile(rb"<!-- visitor line: ([a-z]+) -->")

COOKIE = "seen"
COOKIE_SECONDS = 24 * 3600

# Programs that read pages for search engines and link previews. Cubot makes phones.
CRAWLER = re.compile(
    r"(?<!cu)bot(\b|_|\d)|crawl|spider|slurp|archiver|facebookexternalhit|mediapartners|preview"
    r"|^whatsapp/|^viber|google-inspectiontool|googleother|lighthouse|-user/|feedfetcher",
    re.IGNORECASE,
)


class VisitorMiddleware:
    """Stands outside all middleware that can answer with a page, so that error pages pass too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.streaming or not (marker := MARKER_PATTERN.search(response.content)):
            return response
        line = self.make_line(request, response, marker.group(1).decode())
        head, tail = response.content[: marker.start()], response.content[marker.end() :]
        response.content = head + line.encode() + tail
        if response.has_header("Content-Length"):
            response["Content-Length"] = len(response.content)
        patch_vary_headers(response, ["Cookie", "Save-Data"])
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def make_line(self, request, response, language):
        """The line's HTML; empty when the database has no number to give."""
        try:
            if is_visit(request, response):
                context = {"number": VisitorCount.objects.add_visit(), "is_new": True}
                remember(response)
            else:
                context = {"number": VisitorCount.objects.total(), "is_new": False}
        except DatabaseError:
            return ""
        with override(language):
            return render_to_string("visitors/_line.html", context)


def is_visit(request, response):
    """Whether this answer makes its reader a new visitor. Loads the session if there is one."""
    headers = request.headers
    return (
        request.method == "GET"
        and response.status_code == 200
        and COOKIE not in request.COOKIES
        # Pictures, frames and scripts of other sites that name a page are no visits to it
        and headers.get("Sec-Fetch-Dest", "document") == "document"
        # A reader who refuses cookies and goes from page to page was counted on the first
        and headers.get("Sec-Fetch-Site") != "same-origin"
        and "prefetch" not in headers.get("Sec-Purpose", headers.get("Purpose", "")).lower()
        and headers.get("X-Moz", "").lower() != "prefetch"
        and not CRAWLER.search(headers.get("User-Agent", ""))
        and not (settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_staff)
    )


def remember(response):
    response.set_cookie(
        COOKIE, "1", max_age=COOKIE_SECONDS, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
