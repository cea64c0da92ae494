"""What a notice says is checked again and again; not in time, it loses its place at home."""

import re
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.utils.html import strip_tags

from campaigns.models import Campaign
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db

LIST = "/en/admin/campaigns/campaign/"
CHECKED = {"checked_on": "2026-02-01", "check_by": "2026-02-28"}


@pytest.fixture(autouse=True)
def first_of_march(time_machine):
    time_machine.move_to("2026-03-01T04:00Z", tick=False)


def make_notice(**given):
    return make_campaign(**{"kind": "notice", "check_by": "2026-12-31", **given})


def test_the_home_page_leaves_out_notices_that_nobody_checked_in_time(client, admin_client):
    make_notice(check_by="2026-02-28")
    shown = [
        make_notice(check_by="2026-03-01"),
        make_notice(check_by=None),
        make_notice(check_by="2026-02-28", retired=True, retired_reason_en="It is over."),
        make_campaign(check_by="2026-02-28"),
    ]

    for reader in (client, admin_client):
        assert list(reader.get("/en/").context["campaigns"]) == shown


@pytest.mark.parametrize(
    ("language", "date", "since", "lately"),
    [
        ("en", "1 February 2026", "not been checked since", "not been checked lately"),
        ("mn", "2026 оны 2-р сарын 1", "Түүнээс хойш шалгаагүй", "Сүүлийн үед шалгаагүй"),
    ],
)
def test_the_page_of_a_notice_says_when_it_was_checked(client, language, date, since, lately):
    make_notice(slug="fresh", checked_on="2026-02-01")
    make_notice(slug="old", **CHECKED)
    make_notice(slug="never", check_by="2026-02-28")
    make_notice(slug="over", retired=True, retired_reason_en="It is over.", **CHECKED)
    make_notice(slug="new")
    make_campaign(slug="campaign", **CHECKED)

    said = {}
    for campaign in Campaign.objects.all():
        page = client.get(f"/{language}/campaigns/{campaign.slug}/").content.decode()
        said[campaign.slug] = [text in page for text in (f">{date}</time>", since, lately)]

    assert said == {
        "fresh": [True, False, False],
        "old": [True, True, False],
        "never": [False, False, True],
        "over": [True, False, False],
        "new": [False, False, False],
        "campaign": [False, False, False],
    }


def test_staff_find_the_notices_to_check(admin_client):
    urgent = make_notice(check_by="2026-02-28")
    soon = make_notice(check_by="2026-03-15")
    from_a_file = make_notice(check_by=None)
    make_notice(check_by="2026-03-16")
    make_notice(check_by="2026-02-28", published_at=None)
    make_notice(check_by="2026-02-28", retired=True, retired_reason_en="It is over.")
    make_campaign(check_by="2026-02-28")

    assert list(Campaign.objects.to_check()) == [from_a_file, urgent, soon]
    found = admin_client.get(f"{LIST}?check=due").context["cl"].queryset
    assert set(found) == {from_a_file, urgent, soon}
    assert admin_client.get(LIST).context["cl"].queryset.count() == 7


@pytest.mark.parametrize(
    ("given", "is_saved"),
    [
        ({"kind": "notice"}, False),
        ({"kind": "notice", "check_by": "2026-12-31"}, True),
        ({"kind": "notice", "retired": "on", "retired_reason_en": "It is over."}, True),
        ({"kind": "campaign"}, True),
    ],
)
def test_a_notice_that_goes_on_says_by_when_it_has_to_be_checked(admin_client, given, is_saved):
    page = admin_client.post(f"{LIST}add/", {"title_en": "Beware", "order": "1", **given})

    assert Campaign.objects.exists() is is_saved
    asked = "Say by when this notice has to be checked again." in page.content.decode()
    assert asked is not is_saved


def test_a_notice_without_a_day_does_not_keep_staff_from_ordering_the_list(admin_client):
    notice = make_notice(check_by=None)
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "_save": "Save"}

    answer = admin_client.post(LIST, {**rows, "form-0-id": notice.pk, "form-0-order": "7"})

    notice.refresh_from_db()
    assert notice.order == 7
    assert len(get_messages(answer.wsgi_request)) == 1


def part_of_the_first_page(client, language="en"):
    page = client.get(f"/{language}/admin/").content.decode()
    return re.search(r'(?s)<section[^>]*"notices-to-check">.*?</section>', page)[0]


def words(html):
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


def test_the_first_page_of_the_admin_names_the_notices_to_check(admin_client):
    soon = make_notice(title_en="Call", check_by="2026-03-05", checked_on="2026-02-02")
    make_notice(title_en="Beware", **CHECKED)
    make_notice(title_en="From a file", check_by=None)
    make_notice(title_en="In a year", check_by="2027-03-01")

    part = part_of_the_first_page(admin_client)

    assert words(part) == (
        "Notices to check Notice Checked on Check again by From a file – – "
        "Beware 1 Feb 2026 28 Feb 2026 the day has passed Call 2 Feb 2026 5 Mar 2026"
    )
    assert f'href="{LIST}{soon.pk}/change/"' in part


def test_of_many_notices_it_names_the_most_urgent_and_leads_to_the_others(admin_client):
    for day in range(1, 13):
        make_notice(title_en=f"Notice {day}", check_by=f"2026-03-{day:02}")

    part = part_of_the_first_page(admin_client)

    assert re.findall(r"Notice (\d+)", part) == [str(day) for day in range(1, 11)]
    assert f'<a href="{LIST}?check=due">and 2 more</a>' in part


def test_it_says_that_there_is_none(admin_client):
    part = part_of_the_first_page(admin_client, "mn")

    assert words(part) == ("Шалгах мэдэгдлүүд Ойрын хоёр долоо хоногт шалгах мэдэгдэл алга.")
