"""Wrong tries slow one account down, and nobody else.

Own code, as django-axes and its like keep the address of whoever tried, and lock out by it: in an
office all have the same. Here a try is known by a keyed hash of the name that was typed, whether
there is such an account or not, and is forgotten within the hour.
"""

import math
import unicodedata
from datetime import timedelta

from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

FREE = 5  # tries before the first wait
FIRST_WAIT, LONGEST_WAIT = 5, 15 * 60  # seconds; each wait is twice the one before
FORGOTTEN = timedelta(hours=1)  # after the last try
MOST_ROWS = 10_000  # of names that somebody made up


def keyed(text):
    """What is kept instead of a name: however it is written, and useless without SECRET_KEY."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return salted_hmac("editorial.signing_in.tries", folded, algorithm="sha256").hexdigest()


def wait_after(count):
    """How many seconds to wait after so many tries."""
    if count < FREE:
        return 0
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(count - FREE, 20))


def please_wait(seconds):
    """Tells a person when to try again."""
    if seconds <= 60:
        text = ngettext(
            "There were too many tries with this name. Try again in %(n)s second.",
            "There were too many tries with this name. Try again in %(n)s seconds.",
            seconds,
        )
        return text % {"n": seconds}
    minutes = math.ceil(seconds / 60)
    text = ngettext(
        "There were too many tries with this name. Try again in %(n)s minute.",
        "There were too many tries with this name. Try again in %(n)s minutes.",
        minutes,
    )
    return text % {"n": minutes}


class TriesQuerySet(models.QuerySet):
    def take(self, name, browser=""):
        """Counts a try, and returns how many seconds it has to wait: 0, and it may be made now.

        It is counted before a password is looked at, and only if nobody else counted one since
        the row was read: many tries at once are no more than one after the other, in any number
        of processes. One that has to wait is not counted, so waiting is never made longer.
        """
        key = {"name": keyed(name), "browser": browser}
        while True:
            now = timezone.now()
            tries, is_new = self.get_or_create(**key, defaults={"last_at": now, "next_at": now})
            if is_new:
                self.tidy(now)
            left = (tries.next_at - now).total_seconds()
            if 0 < left <= LONGEST_WAIT:  # longer, and a clock was put back
                return math.ceil(left)
            count = 1 if now - tries.last_at > FORGOTTEN else tries.count + 1
            next_at = now + timedelta(seconds=wait_after(count))
            as_read = self.filter(pk=tries.pk, count=tries.count, last_at=tries.last_at)
            if as_read.update(count=count, last_at=now, next_at=next_at):
                return 0

    def forget(self, name, **browser):
        """The name has no wrong tries any more, in all browsers or in `browser=…`."""
        return self.filter(name=keyed(name), **browser).delete()

    def elsewhere(self, name):
        """How many wrong tries somebody who signs in now should know of: those that were slowed
        down, in other browsers than this, whose own are forgotten by then."""
        lately = timezone.now() - FORGOTTEN
        others = self.filter(name=keyed(name), last_at__gt=lately, count__gte=FREE)
        return others.aggregate(n=Sum("count", default=0))["n"]

    def tidy(self, now):
        """Keeps the table small, whatever names are tried."""
        self.filter(last_at__lt=now - FORGOTTEN).delete()
        if oldest := self.order_by("-last_at").values_list("last_at", flat=True)[MOST_ROWS:][:1]:
            self.filter(last_at__lte=oldest[0]).delete()


class Tries(models.Model):
    """The tries to sign in by one name since the last right one."""

    name = models.CharField(max_length=64)  # `keyed`
    # Empty, or the mark of a browser that this account was signed in with before (browsers.py)
    browser = models.CharField(max_length=64, blank=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
    next_at = models.DateTimeField()

    objects = TriesQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["name", "browser"], name="tries_of_a_name")]

    def __str__(self):
        return f"{self.count} tries"
