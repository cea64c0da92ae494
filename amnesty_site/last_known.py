"""What the database last said: which content is current, and how many visitors there have been.

Every page handed out needs both, and none may wait for them; and reading goes on when the
database is gone. So they are asked for twice a second at most, by one reader for all, and what was
true last goes on being true until the database says otherwise. Where machines share a Redis, one
process asks for all of them (shared.py).
"""

import contextlib
import json
import threading
from time import monotonic
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.utils.module_loading import import_string

from amnesty_site.files import ProcessLock, write_whole
from editorial.generation import Generation
from visitors.models import VisitorCount, counting_connection

ASK_EVERY = 0.5  # seconds; half of what a change may take to show
ASK_ANYWAY = 0.25  # seconds for another process to say what it is asking just now
WRITE_EVERY = 1  # seconds between two writings of the total, while it grows
COUNT_AGAIN = 2  # seconds without counting after one count failed
WAIT = 1  # seconds a reader waits for what others are asking or counting, before they read on


class Visit:
    """One visit on its way to its number."""

    __slots__ = ["number"]

    def __init__(self):
        self.number = None


class LastKnown:
    """`generation` and `total` are None as long as nothing is known.

    Both are kept in the file `path`, for a start without a database; `release` names the code
    they were written by, as other code makes other pages.
    """

    def __init__(self, path, release):
        self.path, self.release = path, release
        self.generation = self.total = self.written = None
        self.is_reachable = True
        self.ask_at = self.count_at = self.write_at = 0.0
        self.counted, self.counted_at = 0, 0.0
        self.shared = make_shared()
        self.asking, self.counting = threading.Lock(), threading.Lock()
        self.waiting = {}  # visits, in order, as long as nobody has begun to count them
        self.answers = {}  # what stays right until the database is asked again; others fill it
        self.counter = None  # the connection that counts
        # Who waits for another's write in SQLite sleeps ever longer, and a new visitor with it
        by_turns = ProcessLock(path.with_name("counting"))
        is_sqlite = connections[DEFAULT_DB_ALIAS].vendor == "sqlite"
        self.turn = by_turns if is_sqlite else contextlib.nullcontext()
        # How often the database was lost, and by connection: how often when it was last used
        self.losses, self.losses_before = 0, WeakKeyDictionary()

    def refresh(self):
        """Asks again when that is due. While one reader asks the others go on with what is known,
        unless that is nothing, or so old that a change could show too late. Nobody waits for a
        database that did not answer the last time."""
        late = monotonic() - self.ask_at
        if late < 0:
            return
        is_first = self.generation is None
        is_old = self.is_reachable and late > ASK_EVERY
        if not self.asking.acquire(timeout=-1 if is_first else WAIT if is_old else 0):
            return
        if is_first or self.is_reachable:
            self.ask()
            return
        try:
            threading.Thread(target=self.ask_aside, daemon=True).start()
        except RuntimeError:  # the machine gives no more threads
            self.asking.release()

    def ask(self):
        began = monotonic()
        try:
            if began < self.ask_at:
                return  # somebody has, while this one waited
            # One that has lost the database has to find it again itself
            turn = self.shared.turn() if self.shared and self.is_reachable else None
            if turn and turn.answer:
                until = began + turn.seconds
                self.take(*turn.answer, since=until - ASK_EVERY)
                self.ask_at = until
            elif not turn or turn.token or began - self.ask_at > ASK_ANYWAY:
                self.ask_database(began, turn)
        finally:
            self.asking.release()

    def ask_database(self, began, turn):
        try:
            self.renew(connections[DEFAULT_DB_ALIAS])
            generation, total = Generation.objects.current(), VisitorCount.objects.total()
            self.take(generation, total, since=began)
            if turn and turn.token:
                self.shared.tell(turn, generation, total)
        except Error:
            self.lose()
            if self.generation is None:
                self.read()
        finally:
            self.ask_at = monotonic() + ASK_EVERY

    def take(self, generation, total, since):
        """Goes by what the database said after `since`, and by what was counted here after that."""
        if self.counted_at >= since:
            total = max(total, self.counted)
        self.generation, self.total, self.is_reachable = generation, total, True
        self.answers = {}
        self.write()

    def ask_aside(self):
        self.ask()
        connections.close_all()

    def add_visit(self):
        """Counts a visit and returns its number; None when the database cannot do it now.

        Readers who come while others are being counted are counted together after them, by the
        first of them: one statement for all costs as much as one for each.
        """
        if not self.can_count():
            return None
        visit = Visit()
        self.waiting[visit] = True
        if self.counting.acquire(timeout=WAIT):
            try:
                if visit.number is None and self.can_count():
                    self.count()
            finally:
                self.counting.release()
        self.waiting.pop(visit, None)  # where nobody has begun to count it
        return visit.number

    def can_count(self):
        return self.is_reachable and monotonic() >= self.count_at

    def count(self):
        began = monotonic()
        with self.turn:
            if monotonic() - began > WAIT:  # another process waits for a long write, it seems
                self.count_at = monotonic() + COUNT_AGAIN
                return
            visits = list(self.waiting)
            for visit in visits:
                self.waiting.pop(visit, None)  # one who has just given up has taken theirs out
            self.counter = counter = self.counter or counting_connection()
            try:
                self.renew(counter)
                last = VisitorCount.objects.add_visits(len(visits), counter)
            except Error:
                # Most likely a long write of somebody else's; if it is gone, ask() will notice
                self.count_at = monotonic() + COUNT_AGAIN
                counter.close_if_unusable_or_obsolete()
                return
        for number, visit in enumerate(visits, last - len(visits) + 1):
            visit.number = number
        self.counted, self.counted_at = last, monotonic()
        self.total = max(self.total or 0, last)

    def renew(self, connection):
        """Gives up a connection that was made before the database was lost."""
        if self.losses_before.get(connection, 0) != self.losses:
            connection.close()
            self.losses_before[connection] = self.losses

    def lose(self):
        self.is_reachable, self.answers = False, {}
        self.losses += 1
        with contextlib.suppress(Error):
            connections.close_all()

    def read(self):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            known = json.loads(self.path.read_text())
            if known["release"] == self.release:
                self.generation, self.total = known["generation"], known["total"]

    def write(self):
        """Keeps what is known, unless it has just been. A full disk keeps nobody from reading."""
        known = {"release": self.release, "generation": self.generation, "total": self.total}
        if known == self.written or monotonic() < self.write_at:
            return
        self.written, self.write_at = known, monotonic() + WRITE_EVERY
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, json.dumps(known).encode())


def make_shared():
    """What the machines of this site share, or None for a site without Redis."""
    if not settings.REDIS_URL:
        return None
    return import_string("amnesty_site.shared.Shared")(ASK_EVERY)
