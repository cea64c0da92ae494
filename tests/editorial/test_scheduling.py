"""An entry whose time has not come yet: it can come at another time, or at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from editorial import drafts
from editorial.drafts import Draft
from editorial.history import Version
from editorial.values import REST
from tests.desk import Desk
from tests.factories import make_event

pytestmark = pytest.mark.django_db

EVENTS = "/en/admin/timeline/timelineevent/"


@pytest.fixture
def now(time_machine):
    """Time stands still, at a whole second, as forms have no parts of one."""
    now = timezone.localtime().replace(microsecond=0)
    time_machine.move_to(now, tick=False)
    return now


@pytest.fixture
def event(now):
    return make_event(title_en="Old", published_at=now + timedelta(days=3))


def form_time(time):
    return {"publish_at_0": f"{time:%Y-%m-%d}", "publish_at_1": f"{time:%H:%M:%S}"}


def test_it_keeps_its_time_when_it_is_published_again(event, now):
    Desk("publisher").save(event, "_publish", title_en="New")

    event.refresh_from_db()
    assert (event.title_en, event.published_at) == ("New", now + timedelta(days=3))
    assert list(Draft.objects.all()) == []


def test_it_comes_at_another_time(event, now):
    at = now + timedelta(days=1)

    Desk("publisher").save(event, "_publish", **form_time(at))

    event.refresh_from_db()
    assert event.published_at == at


def test_it_comes_at_once_when_its_time_is_taken_out(event, now):
    Desk("publisher").save(event, "_publish", publish_at_0="", publish_at_1="")

    event.refresh_from_db()
    assert event.published_at == now


def test_it_comes_at_once_from_the_list(event, now):
    Desk("publisher").client.post(EVENTS, {"action": "publish", "_selected_action": event.pk})

    event.refresh_from_db()
    assert event.published_at == now


def test_it_keeps_its_time_when_a_version_is_put_back(event, now):
    desk = Desk("publisher")
    desk.save(event, "_publish", title_en="New")

    desk.client.post(desk.address(event, "version", Version.objects.of(event).last().pk))

    event.refresh_from_db()
    assert (event.title_en, event.published_at) == ("Old", now + timedelta(days=3))


def test_an_editor_does_not_bring_it_forward(event, now):
    typed = form_time(now) | {"published_at": "", "published_at_0": f"{now:%Y-%m-%d}"}

    Desk("editor").save(event, "_publish", public=["en", "mn"], **typed)

    event.refresh_from_db()
    assert event.published_at == now + timedelta(days=3)


def test_what_is_due_of_an_entry_that_is_gone_is_forgotten(event, time_machine):
    drafts.keep(event, {"title_en": "New"}, {"en"}, event.published_at)
    type(event).objects.filter(pk=event.pk)._raw_delete("default")

    time_machine.move_to(event.published_at)

    assert (Draft.objects.publish_due(), list(Draft.objects.all())) == (0, [])


def test_one_change_that_breaks_a_rule_by_then_keeps_no_other_from_coming(event, time_machine):
    other = make_event(slug="taken", year=1961)
    drafts.keep(event, {"slug": "taken"}, {REST}, event.published_at)
    drafts.keep(event, {"title_en": "New"}, {"en"}, event.published_at)

    time_machine.move_to(event.published_at)
    Draft.objects.publish_due()

    event.refresh_from_db()
    assert (event.title_en, event.slug == other.slug) == ("New", False)
    assert [draft.values for draft in Draft.objects.all()] == [{"slug": "taken"}]
