"""Every public entry as JSON, in each language, and the page that tells people of it."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amnesty_site import history_data as history
from amnesty_site.history_data import COMPACT, open_data
from amnesty_site.public_entries import SUBJECTS, absolute, from_anywhere, shown
from bilingual.translations import translated
from editorial.models import Theme, with_themes
from editorial.pictures import with_pictures
from editorial.public_page import public_page
from timeline.models import Decade, TimelineEvent

# What is told of each subject; what is not named here stays on the site
TEXTS = {
    "event": ["title", "body", "date_text"],
    "campaign": ["title", "strapline", "body", "asks"],
    "achievement": ["text", "figure_label", "unit"],
    "section": ["name", "country", "introduction"],
    "page": ["title", "line", "body"],
    "decade": ["label", "line", "introduction"],
    "theme": ["name"],
}
FACTS = {
    "event": [],
    "campaign": ["slug", "kind", "retired", "checked_on"],
    "achievement": ["year", "year_confirmed", "kind", "figure"],
    "section": ["slug", "founded_in"],
    "page": ["slug"],
    "decade": ["first_year"],
    "theme": ["slug"],
}
FIGURE = ["kind", "value", "at_least", "period"]


@public_page
def data(request):
    """How other sites and programs read what this one holds."""
    return render(request, "data.html")


@open_data
def entries_json(request):
    """Every entry that anybody may read. As many queries for thousands as for one."""
    content = {
        "language": get_language(),
        "rights": _("Text may be reused with credit."),
        "entries": [described(subject, entry) for subject, entry in entries()],
    }
    return JsonResponse(content, json_dumps_params=COMPACT)


def entries():
    """Pairs of a subject's name and an entry, each with what it shows at hand."""
    events = history.events()
    yield from (("event", event) for event in events)
    for name in ("campaign", "achievement"):
        yield from ((name, one) for one in with_pictures(with_themes(shown(SUBJECTS[name]))))
    for name in ("section", "page"):
        yield from ((name, one) for one in shown(SUBJECTS[name]))
    # A decade without events has no page that shows its words
    decades = Decade.objects.chain([event.year for event in events])
    yield from (("decade", decade) for decade in decades if decade.pk)
    yield from (("theme", theme) for theme in Theme.objects.all())


def described(subject, entry):
    """An entry as a dict. A text that is not translated is in the other language, and `fallback`
    says so."""
    texts = {name: translated(entry, name) for name in TEXTS[subject]}
    return {
        "subject": subject,
        "id": entry.pk,
        "address": absolute(entry.get_absolute_url()),
        **{name: getattr(entry, name) for name in FACTS[subject]},
        **(history.known_date(entry) if isinstance(entry, TimelineEvent) else {}),
        **{name: from_anywhere(text.value) for name, text in texts.items()},
        "fallback": {name: text.language for name, text in texts.items() if text.is_fallback},
        **beside(entry),
        **times(entry),
    }


def beside(entry):
    """What else belongs to some entries: a dict."""
    made = {}
    if hasattr(entry, "provenance"):
        made |= {"precision": history.precision(entry), "provenance": entry.provenance}
        made["figures"] = [
            {name: getattr(figure, name) for name in FIGURE} for figure in entry.figure_list
        ]
    if hasattr(entry, "theme_list"):
        made["themes"] = [theme.slug for theme in entry.theme_list]
        made["picture"] = history.media(entry.picture) if entry.picture else None
    return made


def times(entry):
    """When it was published, and when this language last had something new in it."""
    if not hasattr(entry, "published_at"):
        return {}
    changed = getattr(entry, f"told_{get_language()}") or entry.published_at
    return {"published": entry.published_at, "changed": changed}
