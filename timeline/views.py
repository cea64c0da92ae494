from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from editorial.years import by_year, neighbours
from timeline.models import Decade, TimelineEvent


def chapters(events):
    """Pairs of a decade and its `by_year()`, for the decades that have events. One query."""
    years = by_year(events)
    return [
        (decade, [(year, group) for year, group in years if decade.covers(year)])
        for decade in Decade.objects.chain([year for year, _events in years])
    ]


@require_safe
def history(request):
    """Every decade, every year, and the titles of its events."""
    events = TimelineEvent.objects.visible_to(request.user)
    return render(request, "timeline/history.html", {"chapters": chapters(events)})


@require_safe
def whole_history(request):
    """The whole text on one page, for reading through, finding in the page and printing."""
    events = TimelineEvent.objects.visible_to(request.user).prefetch_related("themes", "figures")
    return render(request, "timeline/history_all.html", {"chapters": chapters(events)})


@require_safe
def decade(request, first_year):
    visible = TimelineEvent.objects.visible_to(request.user)
    decades = Decade.objects.chain(visible.years())
    decade = next((decade for decade in decades if decade.first_year == first_year), None)
    if decade is None:
        raise Http404
    events = visible.in_decade(decade).prefetch_related("themes", "figures")
    context = {"decades": decades, "decade": decade, "years": by_year(events)}
    return render(request, "timeline/decade.html", context)


@require_safe
def year(request, year):
    visible = TimelineEvent.objects.visible_to(request.user)
    years = visible.years()
    if year not in years:
        raise Http404
    previous_year, next_year = neighbours(years, year)
    context = {
        "year": year,
        "events": visible.in_year(year).prefetch_related("themes", "figures"),
        "decade": Decade.objects.chain([year])[0],
        "previous_year": previous_year,
        "next_year": next_year,
    }
    return render(request, "timeline/year.html", context)
