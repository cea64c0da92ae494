from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone

from editorial.publishing import Status
from tests.factories import make_achievement, make_campaign, make_event, make_section

pytestmark = pytest.mark.django_db

MAKERS = [make_event, make_campaign, make_section, make_achievement]


@pytest.mark.parametrize("make", MAKERS)
def test_published_leaves_out_drafts_and_scheduled_entries(make):
    section = {"section": make_section()} if make is make_achievement else {}
    slugs = iter(["one", "two", "three"])
    hour = timedelta(hours=1)
    live = make(slug=next(slugs), published_at=timezone.now(), **section)
    draft = make(slug=next(slugs), published_at=None, **section)
    later = make(slug=next(slugs), published_at=timezone.now() + hour, **section)

    entries = type(live).objects
    assert list(entries.published()) == [live]
    assert list(entries.drafts()) == [draft]
    assert list(entries.scheduled()) == [later]
    assert list(entries.visible_to(AnonymousUser())) == [live]
    assert set(entries.visible_to(User(is_staff=True))) == {live, draft, later}


def test_a_scheduled_entry_appears_when_its_time_has_come(time_machine):
    now = timezone.now()
    event = make_event(published_at=now + timedelta(hours=1))
    assert event.status == Status.SCHEDULED

    time_machine.move_to(now + timedelta(hours=2))

    assert event.status == Status.PUBLISHED
    assert list(type(event).objects.published()) == [event]


def test_search_text_holds_both_languages_regardless_of_case():
    event = make_event(title_en="LETTERS", title_mn="ХҮНИЙ ЭРХ", body_en="", body_mn="")

    assert event.search_text.split() == ["letters", "хүний", "эрх"]
