"""No request waits for PostgreSQL without an end, even where it hangs altogether."""

import select

from django.conf import settings
from psycopg2 import OperationalError, extensions

SECONDS = settings.LOCK_SECONDS + 1  # so that the server itself can say first what it waits for
EVENTS = {extensions.POLL_READ: select.POLLIN, extensions.POLL_WRITE: select.POLLOUT}


def limit_waiting():
    """From now on a step of this process that PostgreSQL does not answer in time fails.

    Its own timeouts are kept by the server, which may hang, and libpq's end with the connecting.
    """
    extensions.set_wait_callback(wait)


def wait(connection):
    while (state := connection.poll()) != extensions.POLL_OK:
        poller = select.poll()
        poller.register(connection.fileno(), EVENTS[state])
        if not poller.poll(SECONDS * 1000):
            raise OperationalError(f"PostgreSQL has not answered for {SECONDS} seconds")
