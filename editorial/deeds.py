"""Who is doing what: a request or a command is one deed, and leaves one version of each entry."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from dataclasses import field as fresh

current = ContextVar("deed", default=None)


@dataclass
class Deed:
    user: object = None  # None for a command
    note: str = ""  # what the history says beside it
    versions: dict = fresh(default_factory=dict)  # the key of the version each entry got


@contextmanager
def deed(user=None, note=""):
    """All that is saved inside belongs together: `with deed(note="load_content"): …`."""
    token = current.set(Deed(user, note))
    try:
        yield current.get()
    finally:
        current.reset(token)


def this_deed():
    return current.get() or Deed()


class DeedMiddleware:
    """Makes a request one deed of its user, who is asked for only when something is saved."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in ("GET", "HEAD"):
            return self.get_response(request)
        with deed(request.user):
            return self.get_response(request)
