"""Rows for tests: each call makes a published one, with what the test says about it."""

import io
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from campaigns.models import Campaign
from editorial.models import Page, Theme
from editorial.pictures import Picture
from sections.models import Achievement, Section
from timeline.models import Decade, TimelineEvent

numbers = count(1)


def make(model, defaults, given):
    themes = given.pop("themes", [])
    row = model(**{**defaults, **given})
    row.full_clean()
    row.save()
    if themes:
        row.themes.set(themes)
    return row


def make_theme(**given):
    n = next(numbers)
    return make(
        Theme, {"slug": f"theme-{n}", "name_en": f"Theme {n}", "name_mn": f"Сэдэв {n}"}, given
    )


def picture_bytes(kind="JPEG", size=(1200, 900), **options):
    buffer = io.BytesIO()
    Image.new("RGB", size, "yellow").save(buffer, kind, **options)
    return buffer.getvalue()


def make_picture(**given):
    defaults = {
        "file": SimpleUploadedFile("photo.jpg", picture_bytes()),
        "alt_en": "What is to be seen",
        "alt_mn": "Юу харагдаж байна",
        "credit_en": "Photo",
        "credit_mn": "Зураг",
    }
    return make(Picture, defaults, given)


def make_page(slug="about", **given):
    defaults = {
        "slug": slug,
        "title_en": f"Page {slug}",
        "title_mn": f"Хуудас {slug}",
        "line_en": "What it is about",
        "line_mn": "Энэ хуудас юуны тухай вэ",
        "published_at": timezone.now(),
    }
    return make(Page, defaults, given)


def make_decade(first_year=1960, **given):
    labels = {"label_en": f"{first_year}s", "label_mn": f"{first_year}-аад он"}
    return make(Decade, {"first_year": first_year, **labels}, given)


def make_event(**given):
    n = next(numbers)
    defaults = {
        "year": 1961,
        "title_en": f"Event {n}",
        "title_mn": f"Үйл явдал {n}",
        "body_en": f"<p>What happened {n}.</p>",
        "body_mn": f"<p>Болсон явдал {n}.</p>",
        "published_at": timezone.now(),
    }
    return make(TimelineEvent, defaults, given)


def make_campaign(**given):
    n = next(numbers)
    defaults = {
        "title_en": f"Campaign {n}",
        "title_mn": f"Кампанит ажил {n}",
        "strapline_en": f"The reason for campaign {n}",
        "strapline_mn": f"Кампанит ажлын учир {n}",
        "published_at": timezone.now(),
    }
    return make(Campaign, defaults, given)


def make_section(**given):
    defaults = {
        "slug": "mongolia",
        "name_en": "Amnesty International Mongolia",
        "name_mn": "Монголын Эмнести Интернэшнл",
        "country_en": "Mongolia",
        "country_mn": "Монгол Улс",
        "published_at": timezone.now(),
    }
    return make(Section, defaults, given)


def make_achievement(**given):
    n = next(numbers)
    defaults = {
        "section": given.pop("section", None) or make_section(),
        "year": 2015,
        "text_en": f"Achieved {n}.",
        "text_mn": f"Хийсэн {n}.",
        "published_at": timezone.now(),
    }
    return make(Achievement, defaults, given)


def make_one_of_each(decade=None, theme=None, event=None, campaign=None, achievement=None):
    """One row for every kind of page, each with the fields that are given for it. The theme is
    "arms", the campaign "torture", the year 1961, the section's 2015; the theme is returned."""
    theme = make_theme(slug="arms", **(theme or {}))
    make_decade(**(decade or {}))
    make_page("about")
    make_event(themes=[theme], **(event or {}))
    make_campaign(slug="torture", themes=[theme], **(campaign or {}))
    make_achievement(section=make_section(), themes=[theme], **(achievement or {}))
    return theme
