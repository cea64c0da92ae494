"""The map of the site keeps the rules of its schema, and has every page and nothing else."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from editorial.changes import Change
from tests.amnesty_site.test_pages import PAGES
from tests.factories import (
    make_achievement,
    make_campaign,
    make_decade,
    make_event,
    make_one_of_each,
    make_page,
    make_section,
    make_theme,
)

pytestmark = pytest.mark.django_db

XMLNS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
ADDRESS = r"http://testserver/(?:en|mn)/[\w/-]*"


def read(reader):
    """What a valid map has, by address: the day, and the addresses in other languages by code.

    The rules are those of the schema sitemap.xsd (0.9), with what search engines ask of links.
    """
    answer = reader.get("/sitemap.xml")
    assert answer.headers["Content-Type"] == "application/xml"
    urlset = ElementTree.fromstring(answer.text.encode())
    assert urlset.tag == f"{XMLNS}urlset"
    assert 0 < len(urlset) <= 50_000
    found = {}
    for url in urlset:
        assert url.tag == f"{XMLNS}url"
        names = [child.tag for child in url]
        assert names[:2] in ([f"{XMLNS}loc", f"{XMLNS}lastmod"], [f"{XMLNS}loc", LINK])
        assert not set(names[2:]) - {LINK}
        day, address = url.findtext(f"{XMLNS}lastmod"), url.findtext(f"{XMLNS}loc")
        assert re.fullmatch(ADDRESS, address)
        assert day is None or re.fullmatch(r"\d{4}-\d\d-\d\d", day)
        links = {link.get("hreflang"): link.get("href") for link in url.findall(LINK)}
        assert {link.get("rel") for link in url.findall(LINK)} <= {"alternate"}
        assert address not in found
        found[address] = (day, links)
    for address, (_day, links) in found.items():  # each names itself, and is named by the others
        assert not links or address in links.values()
        assert all(found[other][1] == links for other in links.values())
    return found


def paths(reader, language):
    start = f"http://testserver/{language}"
    return [address.removeprefix(start) for address in read(reader) if address.startswith(start)]


@pytest.mark.parametrize("language", ["en", "mn"])
def test_the_map_has_every_page_in_both_languages(reader, language):
    make_one_of_each(event={"month": 12, "day": 10})
    make_page("home")

    assert sorted(paths(reader, language)) == sorted(path for path in PAGES if "cite" not in path)


def test_every_address_of_the_map_has_a_page(reader):
    theme = make_one_of_each()
    make_decade(1970)
    for year in (1900, 1975, 2013):
        make_event(year=year, month=2, day=29, themes=[theme], title_mn="", body_mn="")
    make_event(year=1975, month=5, day=1, date_text_en="spring")  # a day nobody is sure of
    make_achievement(section=make_section(slug="nepal"), year=2001)

    found = read(reader)

    assert [reader.get(address[len("http://testserver") :]).status for address in found] == (
        [200] * len(found)
    )
    assert len(found) > 30


def test_a_page_that_is_not_translated_is_there_in_its_own_language_alone(reader):
    make_event(year=1961, title_mn="", body_mn="")
    make_event(year=1972, title_en="", body_en="")
    make_campaign(slug="torture", title_mn="", strapline_mn="Зөвхөн мөр")

    found = read(reader)

    assert paths(reader, "en") == [
        "/",
        "/data/",
        "/history/",
        "/history/all/",
        "/history/1960s/",
        "/history/1961/",
        "/campaigns/",
        "/campaigns/torture/",
    ]
    assert [path for path in paths(reader, "mn") if "19" in path] == [
        "/history/1970s/",
        "/history/1972/",
    ]
    assert found["http://testserver/en/history/1961/"][1] == {}
    assert found["http://testserver/en/history/"][1] == {
        "en": "http://testserver/en/history/",
        "mn": "http://testserver/mn/history/",
    }


def test_a_page_is_of_the_day_its_language_last_had_something_new(reader):
    event = make_event(year=1961, published_at=datetime(2025, 1, 5, 15, 59, tzinfo=UTC))
    # In Ulaanbaatar this is the next day
    make_event(year=1962, published_at=datetime(2025, 1, 8, 16, 1, tzinfo=UTC))
    changed_at = datetime(2025, 2, 20, 4, tzinfo=UTC)
    Change.objects.create(entry=event, language="mn", changed_at=changed_at)

    found = read(reader)

    told = {
        address.removeprefix("http://testserver"): day[5:]
        for address, (day, _links) in found.items()
        if "history/19" in address
    }
    assert told == {
        "/en/history/1960s/": "01-09",
        "/en/history/1961/": "01-05",
        "/en/history/1962/": "01-09",
        "/mn/history/1960s/": "02-20",
        "/mn/history/1961/": "02-20",
        "/mn/history/1962/": "01-09",
    }


def test_what_nobody_may_read_is_on_no_map(reader):
    later = timezone.now() + timedelta(days=1)
    for at in (None, later):
        make_event(year=1977, published_at=at)
        make_campaign(published_at=at)
        make_page(f"page-{'later' if at else 'draft'}", published_at=at)
        hidden = make_section(slug=f"section-{'later' if at else 'draft'}", published_at=at)
        make_achievement(section=hidden, year=2014)
    make_theme(slug="empty")

    assert paths(reader, "en") == ["/", "/data/"]
