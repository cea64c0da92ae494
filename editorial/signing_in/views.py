"""Setting up a second factor, renewing and removing it."""

import io

import segno
from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from editorial.signing_in import log, sessions, totp
from editorial.signing_in.forms import ConfirmForm, SetUpForm
from editorial.signing_in.second_factor import SecondFactor

NEW_SECRET = "new_secret"  # in the session, until a code has confirmed it


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request):
    """What the person has; `?new` sets up another phone in place of it."""
    factor = SecondFactor.objects.named(request.user.get_username())
    if factor and factor.secret and "new" not in request.GET:
        return change(request, factor)
    return set_up(request)


def set_up(request):
    secret = request.session.setdefault(NEW_SECRET, totp.make_secret())
    form = SetUpForm(request.user, secret, request.POST or None)
    if form.is_valid():
        codes = SecondFactor.objects.of(request.user).set_up(secret, form.step)
        log.set_up(request.user, request.user)
        del request.session[NEW_SECRET]
        go_on_alone(request)
        return show_codes(request, codes)
    letters = [secret[place : place + 4] for place in range(0, len(secret), 4)]
    due = sessions.due_of(request.session)
    return page(request, "second_factor_set_up", {"form": form, "letters": letters, "due": due})


def change(request, factor):
    """New recovery codes, or the end of the second factor, for who knows the password."""
    form = ConfirmForm(request.user, request.POST or None)
    if not form.is_valid():
        return page(request, "second_factor", {"form": form, "factor": factor})
    if "_remove" not in request.POST:
        codes = factor.renew_recovery_codes()
        log.changed(request.user, request.user, log.RECOVERY_CODES)
        go_on_alone(request)
        return show_codes(request, codes)
    factor.remove()
    log.removed(request.user, request.user)
    go_on_alone(request)
    messages.success(request, _("The second factor is removed. The password alone is enough now."))
    return HttpResponseRedirect(reverse("admin:second_factor"))


def go_on_alone(request):
    """Ends the person's other sessions, and gives this one a new key."""
    request.session.cycle_key()
    sessions.end_sessions(request.user, but=request.session.session_key)
    sessions.note_due(request)


def show_codes(request, codes):
    """The only page with the codes; they are in no session and no database."""
    return page(request, "recovery_codes", {"codes": codes})


def page(request, name, context):
    frame = {"title": _("Second factor"), "is_nav_sidebar_enabled": False}
    context = admin.site.each_context(request) | frame | context
    return render(request, f"admin/{name}.html", context)


@require_safe
def picture(request):
    """The secret that waits to be confirmed, as a square that phones read."""
    if NEW_SECRET not in request.session:
        raise Http404
    address = totp.address(
        request.session[NEW_SECRET], settings.MAIN_HOST, request.user.get_username()
    )
    svg = io.BytesIO()
    segno.make(address, micro=False).save(svg, kind="svg", scale=5, light="#fff", svgclass=None)
    return HttpResponse(svg.getvalue(), content_type="image/svg+xml")
