"""What a page is about, for search engines: dicts by the words of schema.org (JSON-LD).

They say no more than the page does. The pages keep them short, as every reader carries them.
"""

import json

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amnesty_site import share
from amnesty_site.history_data import iso_date
from amnesty_site.public_entries import absolute
from bilingual.translations import in_language, translated
from sections.models import AchievementKind

# In a page these would end the element, or begin another
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def script(data):
    """An element that holds data and is never run, so that no policy forbids it."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')


def whole(kind, **properties):
    """A dict that stands for itself, without the properties that nobody knows."""
    known = {name: value for name, value in properties.items() if value}
    return {"@context": "https://schema.org", "@type": kind, **known}


def part(kind, **properties):
    """The same within another."""
    return {name: value for name, value in whole(kind, **properties).items() if name != "@context"}


def breadcrumbs(places):
    """`places` are pairs of a name and an address; the last, which is the page itself, has none."""
    links = [
        part("ListItem", position=number, name=str(name), item=path and absolute(path))
        for number, (name, path) in enumerate(places, start=1)
    ]
    return whole("BreadcrumbList", itemListElement=links)


def publisher():
    return part(
        "Organization",
        name=_("Amnesty International Mongolia"),
        url=absolute(reverse("home")),
        logo=absolute(static("icons/icon-512.png")),
    )


def site():
    """Whose site this is."""
    movement = part("Organization", name=_("Amnesty International"), url="https://www.amnesty.org/")
    return {"@context": "https://schema.org", **publisher(), "parentOrganization": movement}


def section(entry):
    """A national section of the movement."""
    country = str(translated(entry, "country"))
    return whole(
        "Organization",
        name=str(translated(entry, "name")),
        url=absolute(entry.get_absolute_url()),
        foundingDate=entry.founded_in and str(entry.founded_in),
        areaServed=country and part("Country", name=country),
        parentOrganization=part("Organization", name=_("Amnesty International")),
    )


def article(headline, path, description="", published_at=None, about=()):
    """A page that is a text of its own."""
    us = publisher()
    return whole(
        "Article",
        headline=headline,
        description=description,
        url=absolute(path),
        inLanguage=get_language(),
        image=absolute(share.address(headline)),
        datePublished=published_at and localtime(published_at).date().isoformat(),
        author=us,
        publisher=us,
        about=list(about),
    )


def campaign(entry):
    """None in a language that has no title of it."""
    language = get_language()
    if not (title := in_language(entry, "title", language)):
        return None
    strapline = in_language(entry, "strapline", language)
    return article(title, entry.get_absolute_url(), strapline, entry.published_at)


def history_year(headline, path, events):
    """Search engines ask for the place of an event, too, and the history does not know it."""
    happened = [
        part(
            "Event",
            name=str(event.heading),
            startDate=iso_date(event),
            url=absolute(event.get_absolute_url()),
        )
        for event in events
        if not event.heading.is_fallback
    ]
    return article(headline, path, about=happened)


def section_year(headline, path, achievements, section):
    """Of what the section achieved in a year, its events."""
    country = str(translated(section, "country"))
    organizer = part(
        "Organization",
        name=str(translated(section, "name")),
        url=absolute(section.get_absolute_url()),
    )
    held = [
        part(
            "Event",
            name=str(item.heading),
            startDate=str(item.year),
            url=absolute(f"{path}#{item.slug}"),
            location=part("Place", name=country, address=country),
            organizer=organizer,
        )
        for item in achievements
        if item.kind == AchievementKind.EVENT and not item.heading.is_fallback
    ]
    return article(headline, path, about=held)
