"""People press a button at the same moment: nobody's words are lost without a word about it."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from editorial import drafts
from editorial.drafts import Draft
from editorial.entries import lock
from editorial.review import Translation
from editorial.values import REST
from tests.desk import Desk, form_data
from tests.factories import make_event
from timeline.models import TimelineEvent

# SQLite has one writer at a time from the beginning of a request to its end
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(entry, *deeds, first=lambda: None):
    """Does these deeds, all begun before any of them can write the entry, and before them what
    comes `first`; returns the answers."""
    answers = [None] * len(deeds)

    def do(place):
        try:
            answers[place] = deeds[place]()
        finally:
            connections.close_all()

    with transaction.atomic():
        lock(type(entry), entry.pk)
        threads = [threading.Thread(target=do, args=[place]) for place in range(len(deeds))]
        for thread in threads:
            thread.start()
        wait_for_waiting(len(deeds))
        first()
    for thread in threads:
        thread.join(timeout=10)
    return answers


def wait_for_waiting(number):
    """Returns when so many wait for a lock, or will not."""
    until = time.monotonic() + 1.5  # before they give up
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            if cursor.fetchone()[0] >= number:
                return
            time.sleep(0.02)


def statuses(answers):
    return sorted(answer.status_code for answer in answers)


@pytest.mark.parametrize("published_at", [None, timezone.now()])
def test_one_of_two_who_wrote_the_same_field_is_told_of_the_other(bold, saran, published_at):
    event = make_event(title_en="A candle", published_at=published_at)
    mine, theirs = ({**desk.open(event), "title_en": desk.user.username} for desk in (bold, saran))

    answers = at_once(event, lambda: bold.send(event, mine), lambda: saran.send(event, theirs))

    assert statuses(answers) == [200, 302]
    refused = next(answer.context["adminform"].form for answer in answers if answer.context)
    kept = drafts.working_values(TimelineEvent.objects.get())["title_en"]
    assert list(refused.errors) == ["title_en"]
    assert {kept, refused["title_en"].value()} == {"bold", "saran"}


@pytest.mark.parametrize("published_at", [None, timezone.now()])
def test_what_two_wrote_in_different_fields_is_all_kept(bold, saran, published_at):
    event = make_event(published_at=published_at)
    mine, theirs = bold.open(event) | {"title_en": "New"}, saran.open(event) | {"year": 1962}

    at_once(event, lambda: bold.send(event, mine), lambda: saran.send(event, theirs))

    kept = drafts.working_values(TimelineEvent.objects.get())
    assert (kept["title_en"], kept["year"]) == ("New", 1962)


def test_a_translator_and_an_editor_do_not_undo_each_other(bold):
    event = make_event(title_mn="", published_at=None)
    translator, key = Desk("translator"), Translation.objects.for_entry(event).pk
    address = f"/en/admin/editorial/translation/{key}/change/"
    mine = bold.open(event) | {"title_en": "New"}
    theirs = form_data(translator.client.get(address).context) | {"title_mn": "Шинэ", "_save": "1"}

    at_once(event, lambda: bold.send(event, mine), lambda: translator.client.post(address, theirs))

    event.refresh_from_db()
    assert (event.title_en, event.title_mn) == ("New", "Шинэ")


def test_what_is_published_in_its_time_and_what_is_saved_then_are_both_kept(bold):
    event = make_event(title_en="Old", year=1961)
    drafts.keep(event, {"year": 1962}, {REST}, timezone.now() + timedelta(hours=1))
    typed = bold.open(event) | {"staff_note": "Asked the archive."}
    Draft.objects.update(publish_at=timezone.now())

    at_once(event, lambda: bold.send(event, typed), Draft.objects.publish_due)
    Draft.objects.publish_due()

    event.refresh_from_db()
    assert (event.year, event.staff_note) == (1962, "Asked the archive.")


def test_what_was_typed_into_an_entry_that_goes_in_that_moment_is_shown_again(bold):
    event = make_event(title_en="Old")
    typed = bold.open(event) | {"title_en": "New"}

    (answer,) = at_once(event, lambda: bold.send(event, typed), first=event.delete)

    form = answer.context["adminform"].form
    assert (form["title_en"].value(), TimelineEvent.objects.count()) == ("New", 0)
    assert "This was deleted after you had opened it." in str(form.non_field_errors())


def test_two_new_entries_of_one_name_get_an_address_each(bold, saran):
    other, data = make_event(), {"title_en": "A candle", "year": 1961, "seen": ""}
    data |= {"figures-TOTAL_FORMS": 0, "figures-INITIAL_FORMS": 0, "order": 0}
    add = bold.address(other, "add")
    ready = threading.Barrier(2)

    def send(desk):
        ready.wait()
        return desk.client.post(add, data | {"_save": "1"})

    answers = at_once(other, lambda: send(bold), lambda: send(saran))

    assert statuses(answers) == [302, 302]
    made = TimelineEvent.objects.filter(title_en="A candle").values_list("slug", flat=True)
    assert sorted(made) == ["a-candle", "a-candle-2"]
