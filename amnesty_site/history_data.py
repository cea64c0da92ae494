"""The history as data: for TimelineJS and for tables."""

import calendar
import datetime
from functools import wraps

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from amnesty_site.document_import import ORIGIN
from amnesty_site.public_entries import SUBJECTS, absolute, from_anywhere, shown
from bilingual.translations import columns, in_language, languages, translated
from editorial.public_page import public_document
from editorial.richtext import to_plain
from editorial.spreadsheets.cells import plain_lines
from editorial.spreadsheets.files import write_csv
from timeline.models import Decade

COMPACT = {"ensure_ascii": False, "separators": (",", ":")}  # half the bytes for Cyrillic letters


def open_data(view):
    """A document that pages of every other site may read too, as nobody's secret is in it."""

    @public_document
    @wraps(view)
    def document(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return document


def events():
    """The events as `shown()` has them, as a list, each with its themes, figures, picture and
    `provenance`: from where its date is, and whether somebody has checked the year. Five queries
    at most."""
    entries = shown(SUBJECTS["event"])
    # Pages need none of it, so `for_reading` does not fetch it
    told = columns("told")
    known = entries.raw_values("pk", "origin", "year_confirmed", *told)
    known = {of_event["pk"]: of_event for of_event in known}
    rows = entries.for_reading()
    for event in rows:
        of_event = known[event.pk]
        event.provenance = {
            "source": "document" if of_event["origin"].startswith(ORIGIN) else "editors",
            "year_confirmed": of_event["year_confirmed"],
        }
        for name in told:
            setattr(event, name, of_event[name])
    return rows


@open_data
def history_json(request):
    """The events as TimelineJS reads them, with two keys more, which it leaves alone: `precision`
    and `provenance`. It takes every text for HTML."""
    rows = events()
    content = {
        "title": {"text": {"headline": _("The history of the movement"), "text": ""}},
        "scale": "human",
        "events": [slide(event) for event in rows],
        "eras": eras([event.year for event in rows]),
    }
    return JsonResponse(content, json_dumps_params=COMPACT)


def slide(event):
    body, heading = translated(event, "body"), event.heading
    address = absolute(event.get_absolute_url())
    # A text that is not translated says so to the page it comes into
    lang = format_html("<div{}>", body.attrs) if body.is_fallback else ""
    made = {
        "unique_id": event.anchor,
        "start_date": known_date(event),
        "display_date": escape(written_date(event)),
        "precision": precision(event),
        "provenance": event.provenance,
        "autolink": False,
        "text": {
            "headline": format_html('<a href="{}"{}>{}</a>', address, heading.attrs, str(heading)),
            "text": f"{lang}{from_anywhere(body.value)}{'</div>' if lang else ''}",
        },
    }
    if event.picture:
        made["media"] = media(event.picture)
    return made


def known_date(event):
    """Of year, month and day those that are known."""
    date = {"year": event.year, "month": event.month, "day": event.day}
    return {name: number for name, number in date.items() if number}


def precision(event):
    """How exactly the date is known: to the day, the month or the year."""
    return list(known_date(event))[-1]


def iso_date(event):
    """The date as far as it is known: "1961-12-10", "1961-12", "1961"."""
    numbers = list(known_date(event).values())
    if len(numbers) == 3 and not is_day(*numbers):
        numbers.pop()
    return "-".join(f"{number:02d}" for number in numbers)


def is_day(year, month, day):
    """Whether there was such a day: an event may be of 29 February in any year."""
    return day <= calendar.monthrange(year, month)[1]


def written_date(event):
    """The date for people, in the active language: "10 December 1961", "early June, 1961"."""
    if translated(event, "date_text"):
        return _("%(words)s, %(year)s") % {"words": event.when, "year": event.year}
    if precision(event) == "year":
        return str(event.year)
    if event.day and is_day(event.year, event.month, event.day):
        return date_format(datetime.date(event.year, event.month, event.day), "DATE_FORMAT")
    return date_format(datetime.date(event.year, event.month, 1), "YEAR_MONTH_FORMAT")


def media(picture):
    """A picture of ours; TimelineJS asks for its address and shows the rest."""
    sizes = picture.renditions.get("column")
    path = picture.address("column", sizes[-1], "jpg") if sizes else picture.file.url
    words = {name: escape(translated(picture, name)) for name in ("caption", "credit")}
    return {"url": absolute(path), **words, "alt": str(translated(picture, "alt"))}


def eras(years):
    """The decades that have events. One query."""
    decades = Decade.objects.chain(years)
    return [
        {
            "start_date": {"year": decade.first_year},
            "end_date": {"year": decade.next.first_year - 1 if decade.next else max(years)},
            "text": {"headline": escape(decade)},
        }
        for decade in decades
    ]


CSV = "text/csv; charset=utf-8"
TEXTS = ["date_text", "title", "body"]
DATES = ["year", "month", "day", "precision", "source", "year_confirmed"]
ADDRESSES = [f"address_{code}" for code in languages()]
HEADER = ["id", *DATES, *columns(*TEXTS), "themes", *ADDRESSES]


@open_data
def history_csv(request):
    """One row for each event, both languages side by side; a text that is not translated is an
    empty cell."""
    response = HttpResponse(write_csv([HEADER, *map(row, events())]), content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="history.csv"'
    return response


def row(event):
    texts = [
        plain_lines(to_plain(in_language(event, name, code)))
        for name in TEXTS
        for code in languages()
    ]
    dates = [event.year, event.month or "", event.day or "", precision(event)]
    confirmed = "yes" if event.provenance["year_confirmed"] else "no"
    dates += [event.provenance["source"], confirmed]
    themes = ", ".join(theme.slug for theme in event.theme_list)
    return [event.anchor, *dates, *texts, themes, *addresses(event)]


def addresses(event):
    for code in languages():
        with override(code):
            yield absolute(reverse("timeline:year", args=[event.year])) + f"#{event.anchor}"
