"""The map of the site for search engines: every page in each language it says something in."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import override

from amnesty_site.public_entries import SUBJECTS, absolute, shown
from bilingual.translations import languages
from editorial.models import Page
from editorial.public_page import public_document
from timeline.models import IN_WORDS, Decade


@dataclass
class Leaf:
    """A page of the site; `told` has when it last said something new, by language."""

    view: str
    args: list
    told: dict[str, datetime | None]

    def address(self, language):
        with override(language):
            return reverse(self.view, args=self.args)


def told(subject, *fields, which=()):
    """When entries last had something new, by the values of `fields` they have in common and by
    language; not of languages in which they say nothing. One query."""
    names = [f"told_{code}" for code in languages()]
    # Without what modeltranslation does to values(), which knows no expressions
    rows = shown(SUBJECTS[subject]).filter(*which).order_by().raw_values(*fields)
    found = {}
    for row in rows.annotate(**{f"last_{name}": Max(name) for name in names}):
        key = tuple(row[field] for field in fields)
        found[key] = {code: row[f"last_told_{code}"] for code in languages()}
    return {key: spoken(times) for key, times in found.items() if None not in key}


def spoken(times):
    return {code: at for code, at in times.items() if at}


def newest(all_times):
    """The last of several such times, by language."""
    all_times = list(all_times)
    last = {code: [times[code] for times in all_times if code in times] for code in languages()}
    return {code: max(times) for code, times in last.items() if times}


def leaves():
    """All pages but those that say again what another does. Ten queries."""
    events, campaigns = told("event", "year"), told("campaign", "slug")
    achievements = told("achievement", "section__slug", "year")
    history, pages = newest(events.values()), told("page", "slug")
    everything = newest([history, *campaigns.values(), *achievements.values()])
    home = newest([everything, pages.pop((Page.HOME,), {})])
    always = dict.fromkeys(languages())  # their own words are there in every language
    yield Leaf("home", [], always | home)
    yield Leaf("data", [], always | everything)
    for view in ("timeline:index", "timeline:all"):
        yield Leaf(view, [], history)
    for decade in Decade.objects.chain([year for (year,) in events]):
        of_it = (times for (year,), times in events.items() if decade.covers(year))
        yield Leaf("timeline:decade", [decade.first_year], newest(of_it))
    yield from single("timeline:year", events)
    days = told("event", "month", "day", which=[~IN_WORDS])
    yield from single("timeline:day", {(day,): times for day, times in days.items()})
    yield Leaf("campaigns:list", [], newest(campaigns.values()))
    yield from single("campaigns:detail", campaigns)
    for (slug,), times in told("section", "slug").items():
        of_it = (times for (its, _year), times in achievements.items() if its == slug)
        yield Leaf("sections:detail", [slug], newest([times, *of_it]))
    yield from single("sections:year", achievements)
    yield from single("page", pages)
    yield from single("theme", themes())


def single(view, times):
    """A page for each key."""
    return (Leaf(view, list(key), told) for key, told in sorted(times.items()))


def themes():
    """When the entries of each theme last had something new. Three queries."""
    of_subjects = [told(name, "themes__slug") for name in ("event", "campaign", "achievement")]
    keys = {key for times in of_subjects for key in times}
    return {key: newest(times.get(key, {}) for times in of_subjects) for key in keys}


class Pages(Sitemap):
    """Addresses with this site's own scheme and host, not those of whoever asks first."""

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def items(self):
        return [(leaf, code) for leaf in leaves() for code in leaf.told]

    def location(self, item):
        leaf, language = item
        return leaf.address(language)

    def lastmod(self, item):
        leaf, language = item
        return leaf.told[language]

    def get_urls(self, *args, **kwargs):
        """As Django's, which knows the same languages and one time for all of a page."""
        urls = super().get_urls(*args, **kwargs)
        for url in urls:
            leaf, _language = url["item"]
            pair = leaf.told if len(leaf.told) > 1 else []
            url["alternates"] = [
                {"lang_code": code, "location": absolute(leaf.address(code))} for code in pair
            ]
        return urls


@public_document
def sitemap_xml(request):
    return sitemap(request, {"pages": Pages})
