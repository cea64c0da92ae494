"""Makes entries of the organisation's document, once each, in its own words."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from amnesty_site.documents import DocumentError, opening_date, slips_in
from bilingual.translations import column
from campaigns.models import Campaign, Kind
from editorial.richtext import from_verbatim
from sections.models import Achievement, Section
from timeline.models import Decade, TimelineEvent

ORIGIN = "document:"


@dataclass
class Report:
    created: int = 0
    existing: int = 0
    as_drafts: bool = False


def import_document(document, exceptions, progress=iter):
    """Creates what the document holds and the database does not; changes nothing that is there.

    Entries are published at once on a site that shows nothing else; else they are drafts, so
    that no reader finds an event twice. `progress` is given the list of entries and must yield
    each. Call it in a transaction. Returns a `Report`; raises `DocumentError`.
    """
    report = Report(as_drafts=site_shows_other_entries())
    published_at = None if report.as_drafts else timezone.now()
    make_decades(document)
    section = make_section(exceptions["section"], published_at)
    for line, entry in progress(list(make_entries(document, exceptions, section))):
        if type(entry).objects.filter(origin=entry.origin).exists():
            report.existing += 1
            continue
        entry.published_at = published_at
        try:
            entry.full_clean()
        except ValidationError as error:
            raise DocumentError(line, " ".join(error.messages)) from error
        entry.save()
        report.created += 1
    return report


def site_shows_other_entries():
    return any(
        model.objects.published().exclude(origin__startswith=ORIGIN).exists()
        for model in (TimelineEvent, Campaign, Achievement)
    )


def make_decades(document):
    for first_year in document.decades:
        Decade.objects.get_or_create(first_year=first_year)


def make_section(description, published_at):
    names = {name: text for name, text in description.items() if name != "slug"}
    defaults = {**names, "published_at": published_at, "origin": f"{ORIGIN}section"}
    known = Q(slug=description["slug"]) | Q(origin=defaults["origin"])  # staff may change the slug
    section = Section.objects.filter(known).first()
    return section or Section.objects.create(slug=description["slug"], **defaults)


def make_entries(document, exceptions, section):
    """Pairs of a line and the entry there, unsaved, with an origin that its text decides."""
    origins = Origins()
    places = Counter()
    for paragraph in document.events:
        places[paragraph.year] += 1
        month, day, in_words = opening_date(paragraph.text)
        event = TimelineEvent(
            **note(paragraph, exceptions),
            origin=origins.of("event", paragraph.text),
            year=paragraph.year,
            year_confirmed=False,
            order=places[paragraph.year],
            month=month,
            day=day,
            date_text_en=in_words,
            body_en=from_verbatim(paragraph.text),
        )
        yield paragraph.line, event
    for place, paragraph in enumerate(document.achievements, start=1):
        achievement = Achievement(
            **note(paragraph, exceptions),
            origin=origins.of("achievement", paragraph.text),
            section=section,
            year=paragraph.year,
            year_confirmed=False,
            order=place,
            text_en=paragraph.text,
        )
        yield paragraph.line, achievement
    for place, card in enumerate(document.cards, start=1):
        yield card.line, make_campaign(card, place, exceptions, origins)


def make_campaign(card, place, exceptions, origins):
    """A campaign with the card's text as its strapline, or a notice with it as its body."""
    campaign = Campaign(
        **note(card, exceptions),
        origin=origins.of("card", f"{card.title}\n{card.text}"),
        title_en=card.title,
        order=place,
    )
    if card.title in exceptions["notices"]:
        campaign.kind = Kind.NOTICE
        setattr(campaign, column("body", card.language), from_verbatim(card.text))
    else:
        setattr(campaign, column("strapline", card.language), card.text)
    return campaign


def note(paragraph, exceptions):
    slips = slips_in(paragraph.text, exceptions)
    lines = [f"Line {paragraph.line} of the organisation's document.", *slips]
    return {"staff_note": "\n".join(lines)}


class Origins:
    """Names texts by their digest, and tells equal ones apart by their order."""

    def __init__(self):
        self.seen = Counter()

    def of(self, kind, text):
        digest = hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()[:16]
        self.seen[digest] += 1
        return f"{ORIGIN}{digest}:{self.seen[digest]}"
