"""No request waits for PostgreSQL without an end, even where it hangs altogether."""

import select
from time import monotonic

from django.conf import settings
from psycopg2 import OperationalError, extensions

SECONDS = settings.LOCK_SECONDS + 1  # so that the server itself can say first what it waits for
REST = 1  # seconds after such a wait in which nobody begins another: a page asks more than once
EVENTS = {extensions.POLL_READ: select.POLLIN, extensions.POLL_WRITE: select.POLLOUT}


def limit_waiting():
    """From now on a step that PostgreSQL does not answer in time fails, in the whole process.

    Its own timeouts are kept by the server, which may hang, and libpq's end with the connecting.
    """
    rests_until = 0.0

    def wait(connection):
        nonlocal rests_until
        if monotonic() < rests_until:
            raise OperationalError("PostgreSQL did not answer a moment ago")
        while (state := connection.poll()) != extensions.POLL_OK:
            poller = select.poll()
            poller.register(connection.fileno(), EVENTS[state])
            if not poller.poll(SECONDS * 1000):
                rests_until = monotonic() + REST
                raise OperationalError(f"PostgreSQL has not answered for {SECONDS} seconds")

    extensions.set_wait_callback(wait)
