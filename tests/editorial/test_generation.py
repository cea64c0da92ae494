"""The generation of the content changes with it, and nobody waits for anybody because of it."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from editorial.generation import Generation
from tests.factories import make_event
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
