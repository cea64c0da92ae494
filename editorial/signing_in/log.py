"""What people do to accounts, beside what the admin logs by itself: who, when, to whom."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.utils.translation import gettext_noop

SECOND_FACTOR, RECOVERY_CODES = gettext_noop("second factor"), gettext_noop("recovery codes")


def changed(by, account, *fields):
    note(by, account, {"changed": {"fields": fields}})


def set_up(by, account):
    note(by, account, {"added": {"name": SECOND_FACTOR, "object": str(account)}})


def removed(by, account):
    note(by, account, {"deleted": {"name": SECOND_FACTOR, "object": str(account)}})


def removed_by_command(account):
    """Nobody is signed in on the command line; the log needs somebody, and it is their account."""
    said = gettext_noop("Whoever runs the machine removed the second factor.")
    LogEntry.objects.log_actions(account.pk, [account], CHANGE, said, single_object=True)


def note(by, account, what):
    """`what` is Django's own form, in English, which is translated when it is read."""
    LogEntry.objects.log_actions(by.pk, [account], CHANGE, [what], single_object=True)
