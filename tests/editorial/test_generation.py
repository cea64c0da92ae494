"""The generation of the content changes with it, and nobody waits for anybody because of it."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from editorial.generation import Generation
from tests.factories import make_campaign, make_event
from timeline.models import TimelineEvent


@pytest.mark.django_db
def test_migrating_makes_every_trigger_anew_even_when_a_table_lost_its_own():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER timeline_timelineevent_generation_insert")
        else:
            cursor.execute(
                "DROP TRIGGER timeline_timelineevent_generation ON timeline_timelineevent"
            )
    call_command("migrate", verbosity=0)
    before = Generation.objects.current()

    make_event()
    connection.check_constraints()

    assert Generation.objects.current() != before


def test_it_changes_when_a_time_or_a_day_of_an_entry_passes_and_asks_once(
    db, time_machine, django_assert_num_queries
):
    time_machine.move_to("2026-03-01T00:00Z", tick=False)
    make_event(published_at=timezone.now() + timedelta(hours=6))
    make_campaign(kind="notice", check_by=timezone.localdate())
    generations = []
    for time in ("00:00", "05:59", "06:00", "15:59", "16:00", "23:59"):
        time_machine.move_to(f"2026-03-01T{time}Z", tick=False)
        with django_assert_num_queries(1):
            generations.append(Generation.objects.current())

    changes = [earlier != later for earlier, later in pairwise(generations)]
    assert changes == [False, True, False, True, False]


def test_it_changes_at_midnight_when_an_event_of_the_day_comes_or_goes_and_only_then(
    db, time_machine, django_assert_num_queries
):
    time_machine.move_to("2026-12-01T00:00Z", tick=False)
    for day in (10, 11):
        make_event(month=12, day=day)
    make_event(month=12, day=13, date_text_en="about the middle of December")
    make_event(month=12, day=15, published_at=None)
    generations = {}
    for day in range(8, 16):
        for time in ("15:59", "16:00"):  # the last minute of a day in Ulaanbaatar, and the first
            time_machine.move_to(f"2026-12-{day:02d}T{time}Z", tick=False)
            with django_assert_num_queries(1):
                generations[day, time] = Generation.objects.current()

    pairs = pairwise(generations.items())
    changes = [when for (_before, earlier), (when, later) in pairs if earlier != later]
    assert changes == [(9, "16:00"), (10, "16:00"), (11, "16:00")]
    assert generations[8, "15:59"] == generations[15, "16:00"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_writers_of_different_entries_do_not_wait_for_each_other():
    mine, theirs = make_event(), make_event()
    before, faults = Generation.objects.current(), []

    def write():
        try:
            TimelineEvent.objects.filter(pk=theirs.pk).update(title_en="Theirs")
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    with transaction.atomic():
        TimelineEvent.objects.filter(pk=mine.pk).update(title_en="Mine")
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(timeout=10)
        done = not writer.is_alive()
        # What they wrote is out already, and this transaction may still write anything of its own
        TimelineEvent.objects.filter(pk=theirs.pk).update(title_mn="Минийх")

    assert (done, faults) == (True, [])
    assert Generation.objects.current() != before
