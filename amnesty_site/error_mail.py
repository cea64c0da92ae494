"""Tells people of errors by mail: the first at once, what follows together an hour later.

A mail says which errors there were, how often, and where in the code. Messages, addresses, what
was asked for and what variables held are left out: any of them may hold somebody's data.
"""

import contextlib
import fcntl
import json
import logging
import sys
import threading
import time
import traceback
from collections import Counter

from django.conf import settings
from django.core.mail import send_mail

EVERY = 3600  # seconds
MOST = 50  # kinds of errors in a mail
FRAMES = 12  # of a traceback, from the error upwards


class HourlyMail(logging.Handler):
    """Keeps what is to be told in a file of `folder`, for all processes of the machine."""

    def __init__(self, folder):
        super().__init__(logging.ERROR)
        self.path = folder / "errors.json"
        self.timer = None

    def emit(self, record):
        try:
            with self.told() as told:
                kinds = told.setdefault("kinds", {})
                kind = describe(record)
                if kind in kinds or len(kinds) < MOST:
                    kinds[kind] = kinds.get(kind, 0) + 1
                else:
                    told["others"] = told.get("others", 0) + 1
                wait = told.get("mailed_at", 0) + EVERY - time.time()
            self.send_in(min(max(wait, 0), EVERY))  # a clock may have been set back
        except (OSError, RuntimeError):  # a full disk, no more threads: the log has it all the same
            self.handleError(record)

    def send_in(self, seconds):
        if self.timer is None:
            self.timer = threading.Timer(seconds, self.send)
            self.timer.daemon = True
            self.timer.start()

    def send(self):
        """Mails what there is, unless another process has. What could not be sent is told with
        the next."""
        self.timer = None  # what comes from now on has one of its own
        with self.told() as told:
            kinds, others = told.pop("kinds", {}), told.pop("others", 0)
            told["mailed_at"] = time.time()
        if not kinds:
            return
        lines = [f"{times} × {kind}" for kind, times in kinds.items()]
        if others:
            lines.append(f"{others} × other errors")
        text = "\n\n".join([*lines, "The log of the machine has them whole."])
        number = sum(kinds.values()) + others
        try:
            mail("1 error" if number == 1 else f"{number} errors", text)
        except OSError as error:
            sys.stderr.write(f"No mail could be sent ({error}): run script/manage doctor --mail.\n")
            with self.told() as told:
                told["kinds"] = Counter(kinds) + Counter(told.get("kinds", {}))
                told["others"] = others + told.get("others", 0)

    @contextlib.contextmanager
    def told(self):
        """What is in the file, to be changed while no other process does."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            try:
                told = json.loads(file.read())
            except ValueError:  # new, or cut short by a full disk
                told = {}
            yield told
            file.seek(0)
            file.truncate()
            json.dump(told, file)


def mail(subject, text):
    """OSError where the server of EMAIL_URL does not take it; smtplib's errors are among these."""
    subject = f"[{settings.MAIN_HOST}] {subject}"
    send_mail(subject, text, settings.SERVER_EMAIL, settings.ERRORS_TO)


def describe(record):
    """What happened and where, in words of the code alone."""
    words = record.msg if record.args else record.module
    lines = [f"{record.levelname} {record.name}: {words}"]
    if record.exc_info and record.exc_info[1]:
        kind, _error, place = record.exc_info
        lines.append(f"{kind.__module__}.{kind.__qualname__}")
        frames = traceback.extract_tb(place)[-FRAMES:]
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    else:
        lines.append(f"  {record.pathname}:{record.lineno} {record.funcName}")
    return "\n".join(lines)
