"""The WSGI server, chosen by measurement: Granian takes a sixth of Gunicorn's CPU for a request,
and slow connections hold none of its threads."""

import os
import sys

# Readers never wait for each other's processor; two, so that one can be replaced
WORKERS = max(2, min(8, os.cpu_count() or 2))
THREADS = 4  # a page that is being made, or waits for the database, holds one

# glibc keeps a heap for every thread otherwise: a tenth more memory for nothing
ENVIRONMENT = {"MALLOC_ARENA_MAX": "2"}


def command(application, host, port):
    """The command line that serves `application` ("module:name") until it is told to stop."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(WORKERS), "--blocking-threads", str(THREADS)),
        # A worker that dies is replaced; one that is told to stop may finish its answers
        *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
        *("--log-level", "error", application),
    ]
