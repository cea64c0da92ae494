"""The search page: one box for events, campaigns, achievements and standing pages."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bilingual.languages import OWN_NAMES
from bilingual.searching import TOKEN, sought_words, words
from bilingual.translations import languages, translated, translated_fields
from campaigns.models import Campaign
from editorial.models import Page, Theme
from editorial.pictures import with_pictures
from editorial.search_server import grades
from editorial.searching import TITLES, Searched, plain_texts
from sections.models import Achievement, Section
from timeline.models import Decade, TimelineEvent

KINDS = {
    "history": (_("History"), [TimelineEvent]),
    "campaigns": (_("Campaigns"), [Campaign]),
    "mongolia": (_("In Mongolia"), [Section, Achievement]),
    "pages": (_("About this site"), [Page]),
}
PER_PAGE = 20
LONGEST_QUERY = 200
EXCERPT, BEFORE = 240, 80  # characters; of those before the first word that was sought


@dataclass
class Result:
    """One line of the results; `title` and `excerpt` are marked texts."""

    entry: object
    kind: str
    year: int | None
    title: list
    title_text: object
    excerpt: list
    excerpt_text: object


@require_safe
@cache_control(private=True, no_store=True)
def search(request):
    """What has the words of `q`, best first; within a `kind`, a `theme` and a `decade`.

    An answer is not kept, here or in the browser: it would tell what somebody looked for.
    """
    filters = Filters(request.GET)
    sought = sought_words(filters.query)
    found, have_all = find(sought, filters, get_language())
    counts = Counter(kind for kind, *_entry in found)
    chosen = [hit for hit in found if filters.kind in ("", hit[0])]
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "total": len(found),
        "shown": len(chosen),
        "kinds": [(name, label, counts[name]) for name, (label, _models) in KINDS.items()],
        "is_loose": found and not have_all,
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number, on_each_side=1),
        "results": results(page.object_list, sought),
        "other_languages": [] if found else in_other_languages(sought, filters),
    }
    return render(request, "search.html", context)


class Filters:
    """What somebody looks for, and where. A value that names nothing is as if it were not there."""

    def __init__(self, given):
        self.query = " ".join(given.get("q", "")[:LONGEST_QUERY].replace("\0", " ").split())
        self.kind = given.get("kind", "") if given.get("kind") in KINDS else ""
        self.themes = list(Theme.objects.all())
        self.decades = Decade.objects.chain(TimelineEvent.objects.published().years())
        self.theme = next((t for t in self.themes if t.slug == given.get("theme")), None)
        self.decade = next((d for d in self.decades if d.slug == given.get("decade")), None)

    def __bool__(self):
        return bool(self.kind or self.theme or self.decade)

    def apply(self, searched):
        if self.theme:
            of_theme = Q(pk__in=[])
            for model in (TimelineEvent, Campaign, Achievement):
                subject = ContentType.objects.get_for_model(model)
                keys = model.themes.through.objects.filter(theme=self.theme)
                keys = keys.values(f"{model._meta.model_name}_id")
                of_theme |= Q(content_type=subject, object_id__in=keys)
            searched = searched.filter(of_theme)
        if self.decade:
            searched = searched.filter(year__gte=self.decade.first_year)
            if self.decade.next:
                searched = searched.filter(year__lt=self.decade.next.first_year)
        return searched

    @property
    def address(self):
        """These as the query of an address."""
        asked = QueryDict(mutable=True)
        theme, decade = getattr(self.theme, "slug", ""), getattr(self.decade, "slug", "")
        given = {"q": self.query, "kind": self.kind, "theme": theme, "decade": decade}
        asked.update({name: value for name, value in given.items() if value})
        return asked


def find(sought, filters, language):
    """What `Searched.objects.find()` finds of what the public may read, each with its kind."""
    kinds = kinds_by_subject()
    texts = filters.apply(Searched.objects.published().filter(language=language))
    found, have_all = texts.find(grades(sought, language))
    return [(kinds[subject], subject, pk) for subject, pk in found], have_all


def kinds_by_subject():
    """The kind of each subject, by the key of its content type."""
    return {
        ContentType.objects.get_for_model(model).pk: name
        for name, (_label, models) in KINDS.items()
        for model in models
    }


def in_other_languages(sought, filters):
    """For each other language in which there are results, its code, name, and how many."""
    for language in languages():
        if language != get_language() and (found := find(sought, filters, language)[0]):
            yield language, OWN_NAMES[language], len(found)


def results(hits, sought):
    """The `Result` of each hit, in their order. A query for each model among them."""
    entries = {}
    for model in (model for _label, models in KINDS.values() for model in models):
        subject = ContentType.objects.get_for_model(model).pk
        keys = [pk for _kind, of, pk in hits if of == subject]
        rows = model.objects.filter(pk__in=keys) if keys else []
        if keys and model is Achievement:
            rows = rows.select_related("section")
        for entry in with_pictures(rows) if model is Campaign else rows:
            entries[subject, entry.pk] = entry
    found = [(kind, entries.get((subject, pk))) for kind, subject, pk in hits]
    return [make_result(kind, entry, sought) for kind, entry in found if entry]


def make_result(kind, entry, sought):
    title = getattr(entry, "heading", None) or translated(entry, translated_fields(type(entry))[0])
    texts = [text for name, text in plain_texts(entry) if name not in TITLES]
    fitting = (text for text in texts if any(is_hit for _piece, is_hit in marked(text, sought)))
    text = next(fitting, texts[0] if texts else None)
    # The heading of an entry without a title is the beginning of its text
    says_more = text and str(text).rstrip("…") != str(title).rstrip("…")
    return Result(
        entry=entry,
        kind=KINDS[kind][0],
        year=getattr(entry, "year", None),
        title=marked(title, sought),
        title_text=title,
        excerpt=excerpt(text, sought) if says_more else [],
        excerpt_text=text,
    )


def places(text, sought):
    """Where in a text the words are that were sought: matches of `TOKEN`, as they come."""
    for token in TOKEN.finditer(text):
        if any(word.is_in(part) for part in words(token[0]) for word in sought):
            yield token


def marked(text, sought):
    """Pairs of a piece of `text`, and whether it is one of the words that were sought."""
    text, pieces, end = str(text), [], 0
    for token in places(text, sought):
        pieces += [(text[end : token.start()], False), (token[0], True)]
        end = token.end()
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def excerpt(text, sought):
    """A marked text of the part around the first word that was sought, cut between words."""
    text = str(text)
    token = next(places(text, sought), None)
    first = token.start() if token else 0
    start = text.find(" ", first - BEFORE) + 1 if first > BEFORE else 0
    part = text[start : start + EXCERPT]
    if start + EXCERPT < len(text):
        part = part.rpartition(" ")[0] + " …"
    return marked(f"… {part}" if start else part, sought)
