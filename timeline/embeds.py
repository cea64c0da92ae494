"""A year or a decade of the history, for a frame on another site."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from bilingual.translations import translated
from editorial.public_page import public_document
from editorial.years import by_year
from timeline.models import Decade, TimelineEvent
from timeline.views import find_decade

# A frame has no script and no form, and nothing in it comes from a script
NONE = "'none'"
POLICY = {"frame-ancestors": "*", "script-src": NONE, "connect-src": NONE, "form-action": NONE}


def embeddable(view):
    """Marks a view whose page any site may show in a frame. It is the same for everybody, so that
    there is nothing a reader could be tricked to do, and it counts nobody."""

    @public_document
    @xframe_options_exempt
    def embed(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.csp = POLICY
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return embed


@embeddable
def year(request, year):
    events = list(TimelineEvent.objects.published().in_year(year).for_lists())
    if not events:
        raise Http404
    context = {
        "title": year,
        "years": [(year, events)],
        "address": reverse("timeline:year", args=[year]),
    }
    return render(request, "timeline/embed.html", context)


@embeddable
def decade(request, first_year):
    published = TimelineEvent.objects.published()
    decade = find_decade(Decade.objects.chain(published.years()), first_year)
    context = {
        "title": translated(decade, "label"),
        "years": by_year(published.in_decade(decade).for_lists()),
        "address": decade.get_absolute_url(),
        "decade": decade,
    }
    return render(request, "timeline/embed.html", context)
