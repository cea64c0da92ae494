"""Staff confirm the years of many entries at once, and readers are told nothing of it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages

from tests.factories import make_achievement, make_event

pytestmark = pytest.mark.django_db

LISTS = {
    make_event: ("timeline/timelineevent", "/en/history/1961/", {"year": 1961}),
    make_achievement: ("sections/achievement", "/en/sections/mongolia/2015/", {"year": 2015}),
}


@pytest.mark.parametrize("make", LISTS)
def test_the_years_of_chosen_entries_are_confirmed_and_it_is_logged(admin_client, make):
    first = make(year_confirmed=False)
    given = {"section": first.section} if make is make_achievement else {}
    known, other = make(**given), make(year_confirmed=False, **given)

    answer = admin_client.post(
        f"/en/admin/{LISTS[make][0]}/",
        {"action": "confirm_year", "_selected_action": [first.pk, known.pk]},
    )

    confirmed = type(first).objects.order_by("pk").values_list("pk", "year_confirmed")
    assert list(confirmed) == [(first.pk, True), (known.pk, True), (other.pk, False)]
    logged = [(line.object_id, line.get_change_message()) for line in LogEntry.objects.all()]
    assert logged == [(str(first.pk), "Changed year confirmed.")]
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert told == ["1 year confirmed."]


@pytest.mark.parametrize("make", LISTS)
def test_readers_see_no_difference_between_a_confirmed_year_and_another(client, make):
    _list, page, given = LISTS[make]
    entry = make(year_confirmed=False, **given)

    before = client.get(page).content
    type(entry).objects.update(year_confirmed=True)

    assert client.get(page).content == before
