"""Nothing that is not published reaches a reader, by whatever page, header or picture."""

import re
from datetime import timedelta
from itertools import chain

import pytest
from django.test import Client
from django.utils import timezone

from amnesty_site import share
from bilingual.translations import columns, translated_fields
from campaigns.models import Campaign
from editorial import drafts
from editorial.entries import subjects
from editorial.models import Page
from editorial.richtext import RichTextField
from sections.models import Achievement, Section
from tests.desk import make_user
from tests.factories import (
    make_achievement,
    make_campaign,
    make_event,
    make_one_of_each,
    make_page,
    make_section,
)
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db

SECRET = "xyzzy"  # stands in every text of the languages that is not published


def secrets(model):
    """Every text of a model, in both languages, as nobody may read it."""
    texts = {}
    for name in translated_fields(model):
        is_rich = isinstance(model._meta.get_field(name), RichTextField)
        texts |= dict.fromkeys(columns(name), f"<p>{SECRET}</p>" if is_rich else SECRET)
    return texts


@pytest.fixture
def theme():
    """Of every subject a public entry beside which secrets wait, and others that nobody may read:
    drafts, and those whose time has not come."""
    theme = make_one_of_each(event={"featured": True})
    for entry in list(chain(*(model._default_manager.all() for model in subjects()))):
        drafts.keep(entry, secrets(type(entry)), hand_in=True)
    for at in (None, timezone.now() + timedelta(days=1)):
        given = {"published_at": at, "slug": f"{SECRET}-{'later' if at else 'draft'}"}
        make_event(**given, **secrets(TimelineEvent), featured=True, year=1977, themes=[theme])
        make_campaign(**given, **secrets(Campaign), themes=[theme])
        make_page(**given, **secrets(Page))
        section = make_section(**given, **secrets(Section))
        public = {"published_at": timezone.now(), "slug": given["slug"]}
        make_achievement(**public, **secrets(Achievement), section=section, themes=[theme])
    return theme


def crawl(reader):
    """Every page that links lead to from both first pages: their addresses, and what they say."""
    found, to_read = {}, ["/en/", "/mn/", "/en/manifest.webmanifest", "/en/history/year/?y=77"]
    while to_read:
        address = to_read.pop()
        if address in found or address.startswith(
            ("/static/", "/media/", "/en/admin", "/mn/admin")
        ):
            continue
        answer = reader.get(address)
        found[address] = f"{address} {answer.headers}"
        if not answer.headers["Content-Type"].startswith("image"):
            found[address] += answer.text
            to_read += re.findall(
                r'(?:href|src|content)="(?:http://testserver)?(/[^"#]*)', answer.text
            )
    return found


def pictures(found):
    """What the pictures for shared links are to say."""
    for address in found:
        if signed := re.search(r"/share/picture-(.+)\.png", address):
            yield str(share.read_address(signed[1]))


def test_no_page_tells_anybody_of_what_is_not_published(theme, reader):
    found = crawl(reader)

    told = [address for address, said in found.items() if SECRET in said.casefold()]
    assert told == []
    assert [said for said in pictures(found) if SECRET in said] == []
    assert len(found) > 40


def test_what_staff_have_looked_at_is_told_to_nobody_else(theme, process):
    client = Client()
    client.force_login(make_user("editor"))
    staff = process.reader(cookie=f"sessionid={client.cookies['sessionid'].value}")
    seen = crawl(staff)
    assert SECRET in seen["/en/history/1977/"]

    found = crawl(process.reader())

    told = [address for address, said in found.items() if SECRET in said.casefold()]
    assert told == []


def test_addresses_of_what_is_hidden_lead_nowhere_and_tell_nothing(theme, reader):
    for name in (f"{SECRET}-draft", f"{SECRET}-later"):
        for path in (
            "campaigns/{}/",
            "sections/{}/",
            "sections/{}/2015/",
            "{}/",
            "history/1977/{}/cite/",
        ):
            answer = reader.get("/en/" + path.format(name))
            other = reader.get("/en/" + path.format("no-such-thing"))
            said = [text.replace(name, "no-such-thing") for text in (answer.text, other.text)]
            assert (answer.status, said[0]) == (other.status, said[1])


def test_a_former_address_of_what_is_hidden_now_leads_nowhere(reader):
    campaign = make_campaign(slug="one")
    campaign.slug = "two"
    campaign.save()
    assert reader.get("/en/campaigns/one/").status == 301

    drafts.unpublish(campaign)

    assert reader.get("/en/campaigns/one/").status == 404
