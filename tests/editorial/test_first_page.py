"""The first page of the admin tells what there is to do, to those who may know."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from tests.factories import (
    make_achievement,
    make_campaign,
    make_event,
    make_page,
    make_picture,
    make_section,
)
from visitors.models import VisitorDay

pytestmark = pytest.mark.django_db

QUERIES = 25


@pytest.fixture(autouse=True)
def first_of_march(time_machine):
    time_machine.move_to("2026-03-01T04:00Z", tick=False)


def in_days(number):
    return timezone.now() + timedelta(days=number)


def scheduled(client, language="en"):
    """What the part says is scheduled: (time, address of the form, name, subject)."""
    page = client.get(f"/{language}/admin/").content.decode()
    part = re.search(r'(?s)<section[^>]*"scheduled">.*?</section>', page)[0]
    return re.findall(r'(?s)">([^<]*)</time>\s*<a href="(.*?)">(.*?)</a>\s*<span.*?>(.*?)<', part)


def parts(client):
    page = client.get("/en/admin/").content.decode()
    return re.findall(r'<section class="module first-page__part.*?labelledby="(.*?)"', page)


def test_it_names_what_is_scheduled_of_every_subject_in_the_order_of_time(admin_client):
    section = make_section(name_en="Section", published_at=in_days(5))
    achievement = make_achievement(section=section, text_en="Text", published_at=in_days(2))
    event = make_event(title_en="Event", published_at=in_days(4))
    campaign = make_campaign(title_en="Campaign", published_at=in_days(1))
    page = make_page(title_en="Page", published_at=in_days(3))
    make_event(), make_event(published_at=None)

    assert scheduled(admin_client) == [
        (f"{day} March 2026, 12:00", f"/en/admin/{path}/{entry.pk}/change/", name, subject)
        for day, path, entry, name, subject in [
            (2, "campaigns/campaign", campaign, "Campaign", "campaign"),
            (3, "sections/achievement", achievement, "2015: Text", "achievement"),
            (4, "editorial/page", page, "Page", "page"),
            (5, "timeline/timelineevent", event, "1961: Event", "event"),
            (6, "sections/section", section, "Section", "section"),
        ]
    ]


def test_it_names_the_next_ten_and_counts_the_others(admin_client):
    for day in range(12, 0, -1):
        make = make_event if day % 2 else make_campaign
        make(title_en=f"Entry {day}", published_at=in_days(day))

    named = [
        re.search(r"\d+$", name)[0] for _time, _form, name, _subject in scheduled(admin_client)
    ]
    assert named == [str(day) for day in range(1, 11)]
    assert "<p>and 2 more</p>" in admin_client.get("/en/admin/").content.decode()


def test_it_says_in_both_languages_that_nothing_is(admin_client):
    for language, sentence in (("en", "Nothing is scheduled."), ("mn", "Товлосон нийтлэл алга.")):
        assert sentence in admin_client.get(f"/{language}/admin/").content.decode()


@pytest.mark.parametrize(
    ("permissions", "shown", "names"),
    [
        ([], [], []),
        (["view_theme"], [], []),
        (["view_campaign"], ["notices-to-check", "scheduled"], ["Campaign"]),
        (["change_timelineevent"], ["scheduled"], ["1961: Event"]),
        (["view_visitorday"], ["visitor-days"], []),
    ],
)
def test_people_see_the_parts_of_what_they_may_see(
    client, django_user_model, permissions, shown, names
):
    user = django_user_model.objects.create_user("helper", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    make_event(title_en="Event", published_at=in_days(1))
    make_campaign(title_en="Campaign", published_at=in_days(1))

    assert parts(client) == shown
    if "scheduled" in shown:
        assert [name for _time, _form, name, _subject in scheduled(client)] == names


def test_the_page_of_one_app_has_its_list_alone(admin_client):
    page = admin_client.get("/en/admin/timeline/").content.decode()

    assert "first-page" not in page
    assert "admin-index.css" not in page
    assert 'id="content-main"' in page


def test_the_list_of_everything_and_the_latest_actions_stay(admin_client):
    page = admin_client.get("/en/admin/").content.decode()

    assert page.count('href="/en/admin/timeline/timelineevent/"') == 2
    assert 'id="recent-actions-module"' in page


def test_it_asks_the_same_number_of_questions_for_one_and_for_130(
    admin_client, django_assert_num_queries
):
    section = make_section()
    for days in (range(1), range(1, 130)):
        for day in days:
            make_event(published_at=in_days(1))
            make_achievement(section=section, published_at=in_days(1))
            make_campaign(kind="notice", check_by=in_days(1).date())
            VisitorDay.objects.create(day=in_days(-day).date(), visits=1)
        with django_assert_num_queries(QUERIES, info=f"with {days.stop} entries"):
            admin_client.get("/en/admin/")


def test_it_names_pictures_of_people_that_somebody_has_to_look_at_again(admin_client):
    due = make_picture(alt_en="Two friends", shows_people=True, review_on="2026-03-01")
    make_picture(alt_en="Later", shows_people=True, review_on="2026-03-02")

    page = admin_client.get("/en/admin/").content.decode()
    part = re.search(r'(?s)<section[^>]*"pictures">.*?</section>', page)[0]

    assert re.findall(r'<a href="(.*?)">(.*?)</a>', part) == [
        (f"/en/admin/editorial/picture/{due.pk}/change/", "Two friends")
    ]
