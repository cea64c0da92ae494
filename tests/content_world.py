"""A site with everything that content can be, its public pages, and an empty database after it."""

import re
from datetime import UTC, date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from editorial import drafts
from editorial.addresses import FormerAddress
from editorial.deeds import deed
from editorial.drafts import Draft
from editorial.entries import subjects
from editorial.history import Version
from editorial.pictures import Picture
from editorial.review import Translation
from editorial.values import REST
from tests.factories import (
    make_achievement,
    make_campaign,
    make_decade,
    make_event,
    make_page,
    make_picture,
    make_section,
    make_theme,
    picture_bytes,
)
from timeline.models import Figure

PAST = datetime(2020, 2, 29, 23, 59, 58, 123456, tzinfo=UTC)
LISTS = ["/", "/history/", "/history/all/", "/campaigns/", "/nowhere/"]
VISITORS = re.compile(rb'<p class="visitor".*?</p>', re.DOTALL)


def make_world(person):
    """One of everything, in every state, written by `person`."""
    with deed(person):
        arms, women = make_theme(slug="arms", order=2), make_theme(slug="women", order=1)
        make_page("about", body_en="<p>One.</p><ul><li><p>Two</p></li></ul>", published_at=PAST)
        make_decade(1960, introduction_en="<p>How <em>it</em> began.</p>", line_mn="Мөр")
        picture = make_small_picture(
            focal_x=20, shows_people=True, consent=True, review_on=date(2030, 1, 2), caption_en="C"
        )
        event = make_event(
            slug="candle", picture=picture, themes=[arms, women], month=5, day=28, featured=True
        )
        Figure.objects.create(event=event, kind="members", value=70, at_least=True)
        Figure.objects.create(event=event, kind="members", value=900, period="total")
        make_event(slug="later", order=0, body_en="", body_mn="", staff_note=" Two\nlines: “x”.\n")
        make_event(year=2011, published_at=None, slug="draft", year_confirmed=False)
        make_event(year=1955, slug="early", published_at=timezone.now() + timedelta(days=9))
        make_event(year=1961, slug="verbatim", origin="document:1:1", body_en="Bare <br>words")
        only_mongolian = make_event(title_en="", body_en="", order=7, date_text_mn="6-р сарын эхэн")
        first, second = make_campaign(slug="zebra", asks_en="One.\nTwo."), make_campaign(slug="ant")
        make_campaign(
            kind="notice", slug="notice", checked_on=date(2026, 1, 2), check_by=date(2090, 1, 2)
        )
        make_campaign(retired=True, retired_reason_en="Done: all of it", order=4, published_at=PAST)
        section = make_section(founded_in=1994)
        make_achievement(section=section, figure=300, highlight=1, unit_mn="км", themes=[women])
        make_achievement(section=section, year=2014, kind="law", picture=picture, order=9)
        first.slug = "renamed"
        first.save()
        Translation.objects.for_entry(first).approve(["title"])
    with deed(person):
        event.title_en += " of another meaning"
        event.save()
        drafts.keep(event, {"title_mn": "Шинэ", "body_mn": "<p>А</p><p>Б</p>"}, hand_in=True)
        changed = {"month": 6, "themes": [women.pk], "picture": None}
        figures = [{"kind": "groups", "value": 3, "at_least": False, "period": ""}]
        drafts.keep(event, {**changed, "figures": figures}, [REST], at=PAST + timedelta(days=9999))
        drafts.keep(second, {"strapline_en": ""}, is_minor=True)
        drafts.keep(only_mongolian, {"title_en": "In English"})
        Draft.objects.filter(language="en").update(failure="It was\nnot possible.")


def make_small_picture(**given):
    file = SimpleUploadedFile("small.jpg", picture_bytes(size=(64, 48)))
    return make_picture(file=file, **given)


def empty():
    """Takes all content away, and its history."""
    for model in [*subjects(), Draft, Translation, FormerAddress, Version]:
        model.objects.all().delete()


def pages(client=None):
    """What a reader gets at every address of the site, by address."""
    client = client or Client()
    found = list(LISTS)
    with override("en"):
        for model in subjects():
            if model is not Picture:
                found += [
                    row.get_absolute_url().partition("#")[0].removeprefix("/en")
                    for row in model.objects.all()
                ]
    found += [address.path for address in FormerAddress.objects.all()]
    answers = {}
    for path in sorted(set(found)):
        for language in ("en", "mn"):
            answer = client.get(f"/{language}{path}")
            body = VISITORS.sub(b"", answer.getvalue())
            answers[f"/{language}{path}"] = (
                answer.status_code,
                answer.headers.get("Location"),
                body,
            )
    return answers


def files_of(folder):
    """The bytes of each file of a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def generation():
    """The token that every write of content renews."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as at the end of a transaction
        cursor.execute("SELECT token FROM editorial_generation")
        return cursor.fetchone()
