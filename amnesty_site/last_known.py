"""What the database last said: which content is current, and how many visitors there have been.

Every page handed out needs both, and none may wait for them; and reading goes on when the
database is gone. So they are asked for twice a second at most, by one reader for all, and what was
true last goes on being true until the database says otherwise.
"""

import contextlib
import json
import os
import threading
from time import monotonic

from django.db import Error, connections

from editorial.generation import Generation
from visitors.models import VisitorCount

ASK_EVERY = 0.5  # seconds; half of what a change may take to show
WRITE_EVERY = 10  # seconds between two writings of the total


class LastKnown:
    """`generation` is None as long as nothing is known, `total` likewise.

    Both are kept in the file `path`, for a start without a database; `release` names the code
    they were written by, as other code makes other pages.
    """

    def __init__(self, path, release):
        self.path, self.release = path, release
        self.generation = self.total = None
        self.is_reachable = True
        self.ask_at = self.count_from = self.write_at = 0.0
        self.asking, self.counting = threading.Lock(), threading.Lock()
        self.connections_made = threading.local()
        self.losses = 0  # how often the database was lost: connections from before are not used

    def refresh(self):
        """Asks again when that is due. The first time, everybody waits for the answer."""
        if monotonic() < self.ask_at:
            return
        if not self.asking.acquire(blocking=self.generation is None):
            return
        try:
            if monotonic() >= self.ask_at:
                self.ask()
        finally:
            self.asking.release()

    def ask(self):
        try:
            self.renew_connection()
            generation, total = Generation.objects.current(), VisitorCount.objects.total()
        except Error:
            self.lose()
            self.is_reachable = False
            if self.generation is None:
                self.read()
        else:
            self.is_reachable = True
            is_news = generation != self.generation
            self.generation, self.total = generation, total
            if is_news or monotonic() >= self.write_at:
                self.write()
        self.ask_at = monotonic() + ASK_EVERY

    def add_visit(self):
        """Counts a visit and returns its number; None when the database cannot do it now."""
        if not self.is_reachable or monotonic() < self.count_from:
            return None
        try:
            self.renew_connection()
            with self.counting:
                number = VisitorCount.objects.add_visit()
        except Error:
            self.lose()
            self.count_from = monotonic() + 1
            self.ask_at = 0.0
            return None
        self.total = max(self.total or 0, number)
        return number

    def renew_connection(self):
        """Gives up this thread's connection if the database was lost since it was made."""
        if getattr(self.connections_made, "losses", 0) != self.losses:
            connections.close_all()
            self.connections_made.losses = self.losses

    def lose(self):
        self.losses += 1
        with contextlib.suppress(Error):
            connections.close_all()

    def read(self):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            known = json.loads(self.path.read_text())
            if known["release"] == self.release:
                self.generation, self.total = known["generation"], known["total"]

    def write(self):
        """Keeps what is known. A disk that is full keeps nobody from reading."""
        self.write_at = monotonic() + WRITE_EVERY
        known = {"release": self.release, "generation": self.generation, "total": self.total}
        partial = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(known))
            partial.replace(self.path)
