"""`check_links` names what leads a reader nowhere, and nothing else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Campaign
from tests.factories import make_achievement, make_campaign, make_event, make_one_of_each
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(capsys):
    """Runs the command; returns its lines, and whether it failed."""

    def check():
        failed = False
        try:
            call_command("check_links")
        except CommandError as error:
            failed = str(error)
        return capsys.readouterr().out.splitlines(), failed

    return check


def link(path):
    return f'<p><a href="{path}">here</a></p>'


def line(entry, language, link, fault):
    meta = entry._meta
    admin = f"/en/admin/{meta.app_label}/{meta.model_name}/{entry.pk}/change/"
    name = f"{meta.verbose_name} “{entry}”, {language}, http://testserver{admin}"
    return f"{name}: “{link}” {fault}"


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/mn/history/",
        "/en/history/1961/#1961-begin",
        "/en/history/1960s/#1961-begin",
        "/en/history/1960s/?theme=arms",
        "/en/history/year/?y=61",
        "/mn/campaigns/torture/",
        "/en/sections/mongolia/2015/",
        "/en/themes/arms/",
        "/en/about/",
        "https://www.amnesty.org/en/nothing/",
        "mailto:name@example.org",
        "http://testserver/en/about/",
    ],
)
def test_a_link_that_leads_somewhere_is_not_named(check, path):
    make_one_of_each(event={"slug": "begin"})
    Campaign.objects.update(body_en=link(path), body_mn=link(path))

    assert check() == (["No link leads nowhere."], False)


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/en/nothing/", "leads to no page that readers can open."),
        ("/en/history/1962/", "leads to no page that readers can open."),
        ("/en/admin/", "leads to no page that readers can open."),
        ("/en/history/1961/#1961-end", "leads to nothing: its page has no “#1961-end”."),
        ("/en/campaigns/draft/", "leads to a draft."),
        ("/en/history/1961/#1961-draft", "leads to a draft."),
        ("http://testserver/en/nothing/", "leads to no page that readers can open."),
    ],
)
def test_a_dead_link_is_named_with_its_place(check, path, fault):
    make_event(slug="begin")
    make_event(slug="draft", published_at=None)
    make_campaign(slug="draft", published_at=None)
    campaign = make_campaign(slug="torture")
    Campaign.objects.filter(pk=campaign.pk).update(body_mn=link(path))

    assert check() == ([line(campaign, "mn", path, fault)], "Links that lead nowhere: 1.")


def test_a_former_address_is_alive_and_named_as_old(check):
    campaign = make_campaign(slug="old")
    campaign.slug = "new"
    campaign.save()
    event = make_event(body_en=link("/en/campaigns/old/"))

    fault = "is an old address, now /en/campaigns/new/."
    assert check() == (
        [line(event, "en", "/en/campaigns/old/", fault), "No link leads nowhere."],
        False,
    )


def test_an_address_in_a_text_without_marks_is_checked_too(check):
    achievement = make_achievement(text_mn="Үзнэ үү: http://testserver/mn/nothing/, /mn/about/.")

    fault = "leads to no page that readers can open."
    assert check() == (
        [
            line(achievement, "mn", "http://testserver/mn/nothing/", fault),
            line(achievement, "mn", "/mn/about/", fault),
        ],
        "Links that lead nowhere: 2.",
    )


def test_a_link_of_a_wrong_form_that_was_stored_before_is_named(check):
    event = make_event()
    TimelineEvent.objects.update(body_en=link("www.example.org"))

    fault = (
        "cannot be followed. “www.example.org” lacks its beginning: write "
        "“https://www.example.org”."
    )
    assert check() == (
        [line(event, "en", "www.example.org", fault)],
        "Links that lead nowhere: 1.",
    )


def test_a_page_that_many_link_to_is_made_once(check):
    make_event(body_en=link("/en/history/1961/"))
    with CaptureQueriesContext(connection) as for_one:
        check()
    for _n in range(5):
        make_event(body_en=link("/en/history/1961/"))
    with CaptureQueriesContext(connection) as for_six:
        check()

    assert len(for_six) == len(for_one)


def test_the_first_content_has_no_dead_link(check):
    call_command("load_content", stdout=StringIO())

    assert check() == (["No link leads nowhere."], False)
