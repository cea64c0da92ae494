"""The feed of each language keeps every rule of RFC 4287, and tells of what is new to read."""

import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone

from campaigns.models import Campaign
from editorial import drafts
from tests.factories import make_campaign, make_event, make_one_of_each, make_page
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
# RFC 4287, 4.1.1 and 4.1.2: how often each element may stand; what is not named here may not stand
ONCE = {"id", "title", "updated"}
OF_FEED = {"subtitle", "rights", "link", "author", "entry"}
OF_ENTRY = {"published", "summary", "link"}
# RFC 3339, with the colon and the capital letters that RFC 4287 asks for (3.3)
DATE = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"


def check(element, others):
    """What holds for a feed and for an entry alike."""
    names = [child.tag.removeprefix(ATOM) for child in element]
    assert set(names) <= ONCE | others
    assert {name: names.count(name) for name in ONCE} == dict.fromkeys(ONCE, 1)
    assert all(names.count(name) < 2 for name in (ONCE | others) - {"link", "entry"})
    for name in {"updated", "published"} & set(names):
        assert re.fullmatch(DATE, element.findtext(ATOM + name))
    assert re.match(r"https?://|tag:[\w.-]+,\d{4}:", element.findtext(f"{ATOM}id"))
    for link in element.findall(f"{ATOM}link"):
        assert link.get("href").startswith("http://testserver/")
        assert link.get("rel") in ("alternate", "self")
    assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1


def read(reader, language="en"):
    """The entries of a valid feed, as feedparser reads them."""
    answer = reader.get(f"/{language}/feed.xml")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.text.encode())
    assert feed.tag == f"{ATOM}feed"
    check(feed, OF_FEED)
    assert feed.findtext(f"{ATOM}author/{ATOM}name")  # else each entry would need one
    address = f"http://testserver/{language}/feed.xml"
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == address
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        check(entry, OF_ENTRY)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    told = {"content-type": answer.headers["Content-Type"]}
    parsed = feedparser.parse(answer.text.encode(), response_headers=told)
    assert (parsed.bozo, parsed.version, parsed.feed.language) == (0, "atom10", language)
    return parsed.entries


def titles(reader, language="en"):
    return [entry.title for entry in read(reader, language)]


def at(hours):
    return timezone.now() - timedelta(hours=hours)


def test_a_feed_of_every_subject_is_valid_and_the_newest_stands_first(reader):
    make_one_of_each(
        event={"published_at": at(3), "title_mn": "Уриалга", "year": 1961, "slug": "appeal"},
        campaign={"published_at": at(2), "title_mn": "Эрүү шүүлт"},
        achievement={"published_at": at(1), "text_mn": "Хууль гарав."},
    )
    make_page("home")

    assert titles(reader, "mn") == [
        "Монголын Эмнести Интернэшнл",
        "Хуудас about",
        "2015: Хууль гарав.",
        "Эрүү шүүлт",
        "1961: Уриалга",
    ]
    event = read(reader, "mn")[-1]
    assert event.link == "http://testserver/mn/history/1961/#1961-appeal"
    assert event.published == event.updated
    assert datetime.fromisoformat(event.updated) == TimelineEvent.objects.get().published_at


def test_an_empty_feed_is_valid(reader):
    assert [read(reader, language) for language in ("en", "mn")] == [[], []]


def test_drafts_and_what_is_to_come_are_in_no_feed(process, reader):
    make_event(title_en="Published", year=1961, staff_note="Ask Bat")
    make_event(title_en="Draft", published_at=None)
    make_campaign(title_en="Later", published_at=at(-1))
    drafts.keep(TimelineEvent.objects.published().get(), {"title_en": "What waits"})

    assert titles(reader) == ["1961: Published"]
    assert not re.search("Draft|Later|waits|Bat", reader.get("/en/feed.xml").text)


def test_what_has_no_translation_comes_when_it_gets_one(process, reader):
    event = make_event(title_mn="", body_mn="", year=1961, published_at=at(9))
    make_campaign(title_mn="Кампанит ажил", published_at=at(1))
    before = titles(reader, "mn")

    event.title_mn = "Уриалга"
    event.save()
    process.notices()

    assert before == ["Кампанит ажил"]
    assert titles(reader, "mn") == ["1961: Уриалга", "Кампанит ажил"]


@pytest.mark.parametrize(
    ("title", "first"), [("Stop torture now", 1), ("Stop torture,", 0), ("Stop Torture", 0)]
)
def test_other_words_bring_an_entry_back_and_a_comma_does_not(process, reader, title, first):
    make_event(title_en="Newer", year=1961, published_at=at(1))
    make_campaign(title_en="Stop torture", published_at=at(5))
    reader.get("/en/feed.xml")

    campaign = Campaign.objects.get()
    campaign.title_en = title
    campaign.save()
    process.notices()

    assert titles(reader) == ([title, "1961: Newer"] if first else ["1961: Newer", title])
    assert titles(reader, "mn")[0].startswith("1961: ")  # nothing new to read in that language


def test_a_feed_has_thirty_entries_and_no_more(reader):
    for number in range(32):
        make_event(title_en=f"Event {number}", year=1961, published_at=at(number))

    assert titles(reader) == [f"1961: Event {number}" for number in range(30)]


def test_an_entry_is_the_same_one_at_another_address(process, reader):
    event = make_event(slug="appeal")
    before = read(reader)[0]
    event.slug = "toast"
    event.save()
    process.notices()
    after = read(reader)[0]

    assert (before.id, before.link) != (after.id, after.link)
    assert before.id == after.id == f"tag:testserver,2026:en:timeline.timelineevent:{event.pk}"
    assert read(reader, "mn")[0].id != before.id


def test_links_in_a_text_lead_here_from_any_reader(reader):
    make_event(body_en='<p>See <a href="/en/about/">this</a> &amp; <em>that</em>.</p>')

    assert read(reader)[0].summary == (
        '<p>See <a href="http://testserver/en/about/">this</a> &amp; <em>that</em>.</p>'
    )


def test_what_is_no_character_breaks_no_feed(reader):
    event = make_event(year=1961)
    odd = "A\x0b line \x1b of \ufffe an old <file> & more 🕯"
    TimelineEvent.objects.filter(pk=event.pk).update(title_en=odd, body_en=f"<p>{odd[:5]}</p>")

    assert [(e.title, e.summary) for e in read(reader)] == [
        ("1961: A line  of  an old <file> & more 🕯", "<p>A li</p>")
    ]


@pytest.mark.parametrize("language", ["en", "mn"])
def test_every_page_names_the_feed_of_its_language(client, language):
    page = client.get(f"/{language}/campaigns/").content.decode()

    found = re.findall(r'<link rel="alternate" type="application/atom\+xml" [^>]+>', page)
    assert [re.search('href="(.+?)"', link)[1] for link in found] == [f"/{language}/feed.xml"]
