import re
from bisect import bisect
from collections import Counter
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from editorial import prepared
from editorial.models import themes_of
from editorial.public_page import public_page
from editorial.years import by_year, neighbours
from timeline import charts, citations
from timeline.models import Decade, Figure, TimelineEvent


def chapters(years):
    """Pairs of a decade and its part of `years`, which are `by_year()`. One query."""
    return [
        (decade, [(year, events) for year, events in years if decade.covers(year)])
        for decade in Decade.objects.chain([year for year, _events in years])
    ]


def theme_counts(events):
    """Pairs of a theme and how many of `events` have it, in the order of the themes."""
    counts = Counter(theme for event in events for theme in event.theme_list)
    return sorted(counts.items(), key=lambda pair: (pair[0].order, pair[0].slug))


def movement_in_numbers(events, decade=None):
    """What the chart of the figures these events tell depends on, and the chart itself, which is
    drawn where a page does not have it yet. One query."""
    figures = [charts.Charted._make(row) for row in prepared.rows(events, charted)]
    return {"figures": figures, "chart": partial(charts.movement, figures, decade)}


def charted(events):
    # A period counts what happened in it; the chart shows how things stood
    figures = Figure.objects.filter(event__in=events, kind__in=charts.KINDS, period="")
    return prepared.columns(figures, "event__year", "kind", "value", "at_least")


@public_page
def history(request, no_such_year=False):
    """Every decade, every year, and the titles of its events."""
    events = TimelineEvent.objects.visible_to(request.user)
    context = {
        "chapters": chapters(by_year(events.for_lists())),
        "themes": themes_of(events),
        "no_such_year": no_such_year,
        **movement_in_numbers(events),
    }
    return render(request, "timeline/history.html", context, status=404 if no_such_year else 200)


@public_page
def whole_history(request):
    """The whole text on one page, for reading through, finding in the page and printing."""
    events = TimelineEvent.objects.visible_to(request.user).for_reading()
    return render(request, "timeline/history_all.html", {"chapters": chapters(by_year(events))})


@public_page(reads=["theme"])
def decade(request, first_year):
    visible = TimelineEvent.objects.visible_to(request.user)
    decades = Decade.objects.chain(visible.years())
    decade = find_decade(decades, first_year)
    events = visible.in_decade(decade).for_reading()
    themes = theme_counts(events)
    slug = request.GET.get("theme", "")
    theme = next((theme for theme, _count in themes if theme.slug == slug), None)
    if slug and theme is None:
        # One address for one content: no made-up theme has a page that could be stored
        return redirect(decade)
    shown = [event for event in events if theme is None or theme in event.theme_list]
    years = by_year(shown)
    shown_years = {year for year, _events in years}
    context = {
        "decades": decades,
        "decade": decade,
        "years": years,
        "year_index": [(year, year in shown_years) for year, _events in by_year(events)],
        "themes": themes,
        "theme": theme,
        "shown": len(shown),
        "total": len(events),
        **movement_in_numbers(visible, decade),
    }
    return render(request, "timeline/decade.html", context)


def find_decade(decades, first_year):
    """The decade of a chain that begins in that year; Http404 where there is none."""
    for decade in decades:
        if decade.first_year == first_year:
            return decade
    raise Http404


@require_safe
def go_to_year(request):
    """Leads from the last two digits of a year, or all four, to its page."""
    asked = request.GET.get("y", "")
    if re.fullmatch(r"([0-9]{2}){1,2}", asked):
        for year in reversed(TimelineEvent.objects.visible_to(request.user).years()):
            if str(year).endswith(asked):
                return redirect("timeline:year", year)
    return history(request, no_such_year=True)


@public_page
def year(request, year):
    visible = TimelineEvent.objects.visible_to(request.user)
    years = visible.years()
    if year not in years:
        raise Http404
    previous_year, next_year = neighbours(years, year)
    context = {
        "year": year,
        "events": visible.in_year(year).for_reading(),
        "decade": Decade.objects.chain([year])[0],
        "previous_year": previous_year,
        "next_year": next_year,
    }
    return render(request, "timeline/year.html", context)


@public_page
def cite(request, year, slug):
    """How to cite one event: in words, and for a bibliography."""
    event = find_event(request, year, slug)
    context = {
        "event": event,
        "published_in": citations.published_in(event),
        "bibtex": citations.bibtex(event),
    }
    return render(request, "timeline/cite.html", context)


@require_safe
def cite_file(request, year, slug):
    event = find_event(request, year, slug)
    name = f"{event.anchor}.bib"
    return HttpResponse(
        citations.bibtex(event),
        content_type="application/x-bibtex; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def find_event(request, year, slug):
    visible = TimelineEvent.objects.visible_to(request.user)
    return get_object_or_404(visible.in_year(year), slug=slug)


@public_page
def day(request, day):
    """What happened on one day of the year, whatever the year."""
    visible = TimelineEvent.objects.visible_to(request.user)
    previous_day, next_day = days_around(visible.days(), day)
    context = {
        "day": day,
        "years": by_year(visible.on_day(*day).for_reading()),
        "previous_day": previous_day,
        "next_day": next_day,
    }
    return render(request, "timeline/day.html", context)


def days_around(days, day):
    """The days before and after `day` in an ordered list of them, across the turn of the year;
    None where there is no other."""
    others = [other for other in days if other != day]
    place = bisect(others, day)
    return (others[place - 1], others[place % len(others)]) if others else (None, None)
