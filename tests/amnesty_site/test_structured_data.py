"""What pages tell search engines: valid JSON-LD, in the words of schema.org, and true."""

import json
import re

import pytest
from pyld import jsonld

from tests.amnesty_site.test_pages import PAGES
from tests.factories import (
    make_achievement,
    make_campaign,
    make_event,
    make_one_of_each,
    make_section,
)

pytestmark = pytest.mark.django_db

# Of each type what search engines ask for at least, and what else schema.org has for it
MUST = {
    "Article": {"headline", "image", "author", "inLanguage", "url"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name"},
    "Organization": {"name"},
    "Event": {"name", "startDate", "url"},
    "Place": {"name", "address"},
    "Country": {"name"},
}
MAY = {
    "Article": {"description", "datePublished", "publisher", "about"},
    "ListItem": {"item"},
    "Organization": {"url", "logo", "parentOrganization", "areaServed", "foundingDate"},
    "Event": {"location", "organizer"},
}
DATE = r"\d{4}(-\d\d(-\d\d)?)?"
SCHEMA = {"@context": {"@vocab": "https://schema.org/"}}


def load(url, options):
    assert url == "https://schema.org"
    return {"contextUrl": None, "documentUrl": url, "document": SCHEMA}


def check(thing):
    """That a thing and all within it have what they must, and no other properties."""
    kind = thing["@type"]
    names = set(thing) - {"@type", "@context"}
    assert MUST[kind] <= names <= MUST[kind] | MAY.get(kind, set()), thing
    for name, value in thing.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                check(item)
            elif name in ("url", "item", "image", "logo"):
                assert item.startswith(("http://testserver/", "https://www.amnesty.org/"))
            elif name in ("startDate", "datePublished", "foundingDate"):
                assert re.fullmatch(DATE, item)


def read(reader, path):
    """What a page tells, by type; all of it has been checked."""
    answer = reader.get(path)
    scripts = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', answer.text, re.DOTALL
    )
    things = [json.loads(script) for script in scripts]
    for thing in things:
        check(thing)
        (expanded,) = jsonld.expand(thing, {"documentLoader": load})
        assert expanded["@type"] == [f"https://schema.org/{thing['@type']}"]
    found = {thing["@type"]: thing for thing in things}
    assert len(found) == len(things)
    return found


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("path", PAGES)
def test_what_a_page_tells_is_valid(reader, path, language):
    make_one_of_each(
        event={"month": 12, "day": 10, "slug": "candle"}, achievement={"kind": "event"}
    )

    found = set(read(reader, f"/{language}{path}"))

    wanted = {"Organization"} if path == "/" else {"BreadcrumbList"}
    if path in ("/history/1961/", "/campaigns/torture/", "/sections/mongolia/2015/"):
        wanted |= {"Article"}
    if path == "/sections/mongolia/":
        wanted |= {"Organization"}
    assert found == wanted


def test_the_way_to_a_page_is_that_of_its_line_of_links(reader):
    make_one_of_each()

    told = read(reader, "/mn/history/1961/")["BreadcrumbList"]["itemListElement"]

    names = [("Нүүр", "/mn/"), ("Түүх", "/mn/history/"), ("1960-аад он", "/mn/history/1960s/")]
    assert told == [
        *(
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": f"http://testserver{path}",
            }
            for position, (name, path) in enumerate(names, start=1)
        ),
        {"@type": "ListItem", "position": 4, "name": "1961"},
    ]


def test_a_year_tells_its_events_as_far_as_their_dates_are_known(reader):
    make_event(year=1961, title_en="The first candle", month=12, day=10, slug="candle")
    make_event(year=1961, title_en="A meeting", month=7, title_mn="", body_mn="", slug="b")
    make_event(year=1961, title_en="A leap", month=2, day=29, slug="c")

    article = read(reader, "/en/history/1961/")["Article"]

    assert article["about"] == [
        {
            "@type": "Event",
            "name": name,
            "startDate": date,
            "url": f"http://testserver/en/history/1961/#1961-{slug}",
        }
        for name, date, slug in [
            ("The first candle", "1961-12-10", "candle"),
            ("A meeting", "1961-07", "b"),
            ("A leap", "1961-02", "c"),  # there was no such day that year
        ]
    ]
    assert (article["headline"], article["inLanguage"]) == ("1961 – History", "en")
    # What is not translated is no event in that language
    assert len(read(reader, "/mn/history/1961/")["Article"]["about"]) == 2


def test_the_sections_events_have_a_place_and_somebody_who_held_them(reader):
    section = make_section(founded_in=1994)
    make_achievement(section=section, kind="event", text_en="A walk was held.", slug="walk")
    make_achievement(section=section, kind="law", text_en="A law was made.")

    year, found = (
        read(reader, "/en/sections/mongolia/2015/"),
        read(reader, "/en/sections/mongolia/")["Organization"],
    )

    address = "http://testserver/en/sections/mongolia/"
    assert year["Article"]["about"] == [
        {
            "@type": "Event",
            "name": "A walk was held.",
            "startDate": "2015",
            "url": f"{address}2015/#walk",
            "location": {"@type": "Place", "name": "Mongolia", "address": "Mongolia"},
            "organizer": {
                "@type": "Organization",
                "name": "Amnesty International Mongolia",
                "url": address,
            },
        }
    ]
    assert (found["url"], found["foundingDate"]) == (address, "1994")
    assert found["areaServed"] == {"@type": "Country", "name": "Mongolia"}


def test_a_campaign_is_an_article_in_the_languages_it_has(reader):
    make_campaign(
        slug="torture",
        title_en="Stop torture",
        strapline_en="Nobody has a reason.",
        title_mn="",
        strapline_mn="",
        published_at="2026-03-01T18:00Z",
    )

    article = read(reader, "/en/campaigns/torture/")["Article"]

    assert (article["headline"], article["description"], article["datePublished"]) == (
        "Stop torture",
        "Nobody has a reason.",
        "2026-03-02",  # in Ulaanbaatar
    )
    assert set(read(reader, "/mn/campaigns/torture/")) == {"BreadcrumbList"}


def test_nothing_somebody_writes_ends_the_element(reader):
    make_event(year=1961, title_en="</script><script>alert(1)</script> & <!--")

    about = read(reader, "/en/history/1961/")["Article"]["about"]

    assert about[0]["name"] == "</script><script>alert(1)</script> & <!--"
    assert "<script>alert" not in reader.get("/en/history/1961/").text


def test_a_shared_campaign_says_when_it_was_published(reader):
    make_campaign(slug="torture", published_at="2026-03-01T18:00Z")

    page = reader.get("/mn/campaigns/torture/").text
    told = re.findall(r'<meta property="article:(.+?)" content="(.+?)">', page)

    assert told == [("published_time", "2026-03-02T02:00:00+08:00")]
