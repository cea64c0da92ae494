import pytest

from editorial.addresses import FormerAddress
from tests.factories import make_achievement, make_campaign, make_event, make_page, make_section

pytestmark = pytest.mark.django_db


def rename(entry, slug):
    entry.slug = slug
    entry.full_clean()
    entry.save()


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize(
    ("make", "folder"),
    [(make_campaign, "campaigns/"), (make_section, "sections/"), (make_page, "")],
)
def test_an_old_address_leads_to_the_new_one(client, make, folder, language):
    entry = make(slug="old")
    rename(entry, "new")

    response = client.get(f"/{language}/{folder}old/")

    assert (response.status_code, response["Location"]) == (301, f"/{language}/{folder}new/")


def test_old_addresses_of_all_times_lead_straight_to_the_present(client):
    campaign = make_campaign(slug="one")
    rename(campaign, "two")
    rename(campaign, "three")

    assert client.get("/en/campaigns/one/")["Location"] == "/en/campaigns/three/"


def test_what_lies_below_an_old_address_moves_with_it(client):
    section = make_section(slug="mongolia")
    make_achievement(section=section)
    rename(section, "mongol")

    assert client.get("/en/sections/mongolia/2015/")["Location"] == "/en/sections/mongol/2015/"


def test_an_address_that_is_used_again_is_no_old_one(client):
    rename(make_campaign(slug="torture"), "stop-torture")
    make_campaign(slug="torture")

    assert client.get("/en/campaigns/torture/").status_code == 200


def test_nothing_leads_to_a_draft(client):
    campaign = make_campaign(slug="old")
    rename(campaign, "new")
    campaign.published_at = None
    campaign.save()

    assert client.get("/en/campaigns/old/").status_code == 404


def test_a_draft_leaves_no_old_address():
    rename(make_campaign(slug="old", published_at=None), "new")

    assert not FormerAddress.objects.exists()


def test_an_event_that_stays_in_its_year_has_no_other_address(client):
    rename(make_event(slug="old"), "new")

    assert not FormerAddress.objects.exists()
