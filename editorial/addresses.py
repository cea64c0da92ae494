"""Addresses once given to readers go on leading to what they named."""

from django.db import Error as DatabaseError
from django.db import models
from django.db.models.functions import Length
from django.http import HttpResponsePermanentRedirect
from django.utils.translation import gettext_lazy as _

from bilingual.translations import languages
from editorial.beside import Beside, BesideQuerySet


class FormerAddressQuerySet(BesideQuerySet):
    def remember(self, path, entry):
        """Notes that `path` (without its language) once led to `entry`."""
        self.update_or_create(path=path, defaults={"entry": entry})

    def find(self, path):
        """The former address that `path` is, or lies below; None if there is none. One query."""
        ends = [place + 1 for place, sign in enumerate(path) if sign == "/"]
        beginnings = [path[:end] for end in ends]
        return self.filter(path__in=beginnings).order_by(Length("path").desc()).first()


class FormerAddress(Beside):
    """A path an entry had before its slug was changed: "/campaigns/torture/"."""

    path = models.CharField(_("path"), max_length=255, unique=True)

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self):
        return self.path


def without_language(path):
    """The path below its language: "/mn/campaigns/" → "/campaigns/"; None without one."""
    _empty, _slash, rest = path.partition("/")
    language, slash, below = rest.partition("/")
    return f"/{below}" if slash and language in languages() else None


class FormerAddressMiddleware:
    """Sends a reader on who asks for a former address, in the language they ask in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        try:
            address = present_address(request)
        except DatabaseError:
            return response
        return HttpResponsePermanentRedirect(address) if address else response


def present_address(request):
    """Where the page of a former address is now; None if there is none the reader may see."""
    path = without_language(request.path)
    former = FormerAddress.objects.find(path) if path and len(path) < 256 else None
    entry = former and former.entry
    if not entry or not type(entry).objects.visible_to(request.user).filter(pk=entry.pk):
        return None
    return entry.get_absolute_url() + path.removeprefix(former.path)
