import sys

from django.conf import settings
from django.contrib import admin
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.signing import BadSignature
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from amnesty_site import share
from amnesty_site.threads import thread
from campaigns.models import Campaign
from editorial.models import Page, Theme
from editorial.pictures import with_pictures
from editorial.public_page import public_page
from sections.models import Achievement, Section
from timeline.models import TimelineEvent
from timeline.views import chapters


@require_safe
def choose_language(request):
    """Sends the reader of `/` to the language their browser asks for."""
    response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public_page
def home(request):
    """One page of everything: the decades, what happened on this day, one event, the campaigns,
    the section's last year."""
    today = timezone.localdate()
    events = TimelineEvent.objects.visible_to(request.user)
    sections = Section.objects.visible_to(request.user).filter(slug=settings.SECTION)
    achievements = Achievement.objects.visible_to(request.user).filter(section__in=sections)
    figures = list(achievements.exclude(highlight=None).order_by("-year", "highlight", "pk")[:2])
    featured = events.filter(featured=True).order_by("-year")
    context = {
        "page": Page.objects.visible_to(request.user).filter(slug=Page.HOME).first(),
        "chapters": chapters([(year, ()) for year in events.years()]),
        "today": (today.month, today.day),
        "of_today": events.on_day(today.month, today.day).for_lists(),
        "featured": next(iter(with_pictures(featured[:1])), None),
        "campaigns": with_pictures(Campaign.objects.visible_to(request.user).without_overdue()),
        "figures": [item for item in figures if item.year == figures[0].year],
    }
    return render(request, "home.html", context)


@public_page
def page(request, slug):
    """A standing page: about, privacy, accessibility, contact."""
    pages = Page.objects.visible_to(request.user).exclude(slug=Page.HOME)
    return render(request, "page.html", {"page": get_object_or_404(pages, slug=slug)})


@public_page
def theme(request, slug):
    """Everything that belongs to one theme, of every subject, in order."""
    theme = get_object_or_404(Theme, slug=slug)
    return render(request, "theme.html", {"theme": theme, "times": thread(theme, request.user)})


@require_safe
@cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)
def share_picture(request, signed):
    """The picture that a page of ours named for links to it."""
    try:
        title, year = share.read_address(signed)
    except BadSignature as error:
        raise Http404 from error
    name = _("Amnesty International"), pgettext("second line of the logo", "Mongolia")
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}  # shown where the link is shared
    return HttpResponse(share.draw(title, year, name), content_type="image/png", headers=headers)


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def manifest(request):
    """What a phone needs to keep the site among its apps."""
    icons = [("192", "any"), ("512", "any"), ("maskable-512", "maskable")]
    content = {
        "name": _("Amnesty International Mongolia"),
        "short_name": _("Amnesty"),
        "lang": get_language(),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#ffff00",
        "theme_color": "#ffff00",
        "icons": [
            {
                "src": static(f"icons/icon-{name}.png"),
                "sizes": "{0}x{0}".format(name.split("-")[-1]),
                "type": "image/png",
                "purpose": purpose,
            }
            for name, purpose in icons
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
def handbook(request):
    """How staff work here: a text of its own in each language, for everybody who may sign in."""
    context = admin.site.each_context(request) | {"title": _("Handbook")}
    context["is_nav_sidebar_enabled"] = False  # a text to read, and to print
    return render(request, f"handbook/{get_language()}.html", context)


# Error pages ask nothing of the database; the visitor line knows how to do without it. Nor do they
# read the form that was sent: it may be what cannot be read.


def bad_request(request, exception=None):
    """What nobody can read; or, where the database had no time to keep the session, which Django
    takes for one that is gone, a rest that will pass."""
    if isinstance(exception, SessionInterrupted):
        reason = getattr(exception.__context__, "__context__", None)
        if isinstance(reason, InterfaceError | OperationalError):
            return database_gone(request)
    return render(request, "400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    """A fault of ours; or, where the database does not answer, a rest that will pass."""
    if isinstance(sys.exception(), InterfaceError | OperationalError):
        return database_gone(request)
    return render(request, "500.html", status=500)


def database_gone(request):
    response = render(request, "503.html", status=503)
    response["Retry-After"] = "60"
    return response
