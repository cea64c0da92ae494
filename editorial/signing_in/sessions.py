"""Sessions end after two idle hours, and when what somebody signs in with becomes another."""

import time
from datetime import UTC, datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from editorial.signing_in import second_factor

RENEW_AFTER = 5 * 60  # seconds: not each request writes that somebody is still here
RENEWED, DUE = "renewed", "second_factor_due"  # in a session, in seconds since 1970
# What somebody reaches who should have set up a second factor by now
OPEN = {"second_factor", "second_factor_qr", "login", "logout", "jsi18n"}


def watch_sign_ins():
    user_logged_in.connect(begin, dispatch_uid="editorial.signing_in")


def begin(request, **kwargs):
    request.session[RENEWED] = int(time.time())


def note_due(request):
    """Keeps in the session until when the person has time for a second factor, so that no request
    has to ask. A role that somebody gets meanwhile counts when they sign in again."""
    due = second_factor.due(request.user)
    request.session[DUE] = due and due.timestamp()


def due_of(session):
    """Until when a second factor must be set up; None where nobody has to."""
    return (due := session.get(DUE)) and datetime.fromtimestamp(due, UTC)


def end_sessions(user, but=None):
    """Signs an account out everywhere, `but` in the session of that key. Sessions lie in the
    database, and a store that keeps copies before it forgets them, too."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(pk=but):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            store(session.pk).delete()


class StaffSessionMiddleware:
    """Keeps a session alive while somebody works, and leads to the page on which a second factor
    is set up once the time for it is over; public pages then show what readers see."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        in_admin = request.resolver_match.namespace == "admin"
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if in_admin:
            keep_alive(request.session)
        elif not hasattr(view, "reads"):
            return None  # no page: files and programs' documents are the same for everybody
        due = due_of(request.session)
        if due is None or timezone.now() < due:
            return None
        if not in_admin:
            request.user = AnonymousUser()
        elif request.resolver_match.url_name not in OPEN:
            return HttpResponseRedirect(reverse("admin:second_factor"))
        return None


def keep_alive(session):
    now = int(time.time())
    if RENEWED in session and now - session[RENEWED] > RENEW_AFTER:
        session[RENEWED] = now
