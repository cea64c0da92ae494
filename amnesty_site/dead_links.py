"""Links of the site to itself that lead a reader nowhere."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from bilingual.translations import in_language, languages, translated_fields
from editorial.addresses import present_address
from editorial.desk.addresses import form_address
from editorial.entries import subjects
from editorial.links import links_in, mistake_in, path_on_this_site
from editorial.richtext import RichTextField

ID = re.compile(r'\sid="([^"]+)"')
HOPS = 5  # redirects a reader is led through, and no more


@dataclass(frozen=True)
class Finding:
    """A link that leads nowhere, or leads on from an old address (`is_dead` is false then)."""

    entry: object
    language: str
    link: str
    fault: str
    is_dead: bool

    def __str__(self):
        meta = self.entry._meta
        with override(settings.LANGUAGE_CODE):
            address = settings.SITE_URL + form_address(self.entry)
            return (
                f"{meta.verbose_name} “{self.entry}”, {self.language}, {address}: "
                f"“{self.link}” {self.fault}"
            )


def find_dead_links(progress=iter):
    """Every finding in the texts of every subject, as a list, without a request to any server.

    `progress` is given the list of entries and must yield each.
    """
    pages = Pages()
    return [finding for entry in progress(entries()) for finding in findings_in(entry, pages)]


def entries():
    """All entries of all subjects, in a list."""
    return [entry for model in subjects() for entry in model._default_manager.order_by("pk")]


def findings_in(entry, pages):
    for name in translated_fields(type(entry)):
        is_rich = isinstance(type(entry)._meta.get_field(name), RichTextField)
        for language in languages():
            text = in_language(entry, name, language)
            for link in dict.fromkeys(links_in(text) if is_rich else paths_in(text)):
                fault, is_dead = pages.judge(link)
                if fault:
                    yield Finding(entry, language, link, fault, is_dead)


def paths_in(text):
    """What reads like an address of this site in a text without marks."""
    own = "|".join(map(re.escape, [settings.SITE_URL, ""]))
    pattern = rf"(?<![\w/.:-])(?:{own})/(?:{'|'.join(languages())})/[^\s<>“”«»\"]*"
    return [found.rstrip(".,;:!?)’'") for found in re.findall(pattern, text)]


class Pages:
    """The pages of the site as a reader finds them, each made once."""

    def __init__(self):
        self.asked = {}

    def judge(self, link):
        """What is wrong with a link, and whether it is dead; an empty sentence if it is well."""
        path = path_on_this_site(link) or link
        if mistake := mistake_in(path):
            return f"cannot be followed. {mistake}", True
        if not path.startswith("/"):
            return "", False  # elsewhere, where nobody is asked
        address, _sign, fragment = path.partition("#")
        page = self.page(address)
        if page.ids is None:
            is_draft = self.page(address, for_staff=True).ids is not None
            return f"leads to {'a draft' if is_draft else 'no page that readers can open'}.", True
        if fragment and unquote(fragment) not in page.ids:
            of_staff = self.page(address, for_staff=True)
            is_draft = of_staff.ids and unquote(fragment) in of_staff.ids
            where = "to a draft" if is_draft else f"to nothing: its page has no “#{fragment}”"
            return f"leads {where}.", True
        if page.moved_to:
            return f"is an old address, now {page.moved_to}.", False
        return "", False

    def page(self, address, for_staff=False):
        key = (address, for_staff)
        if key not in self.asked:
            self.asked[key] = open_page(address, Staff() if for_staff else AnonymousUser())
        return self.asked[key]


class Staff(AnonymousUser):
    """Somebody who may see drafts, without an account."""

    is_staff = True


@dataclass(frozen=True)
class Answer:
    """What stands at an address: the ids of its page, None without one; where it has moved to."""

    ids: frozenset | None = None
    moved_to: str = ""


def open_page(address, user):
    """Asks the view for a page as the server would, and follows where it leads on."""
    moved_to = ""
    for _hop in range(HOPS):
        response = respond(address, user)
        if response is None:
            break
        if "Location" not in response:
            return Answer(frozenset(ID.findall(response.content.decode(errors="ignore"))), moved_to)
        address = urljoin(address, response["Location"]).partition("#")[0]
        if response.status_code == 301:
            moved_to = address
    return Answer()


def respond(address, user):
    """What the site answers to a reader, redirects included; None where it has no page."""
    path, _sign, query = address.partition("?")
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = unquote(path)
    request.META = {"SERVER_NAME": urlsplit(settings.SITE_URL).hostname, "SERVER_PORT": "443"}
    request.GET = QueryDict(query)
    request.user = user
    with override(get_language_from_path(path)):
        try:
            match = request.resolver_match = resolve(request.path)
            if match.app_name == "admin":
                return None
            return match.func(request, *match.args, **match.kwargs)
        except (Resolver404, Http404):
            now = present_address(request)
        if not now and not path.endswith("/"):
            now = f"{path}/"
    return HttpResponsePermanentRedirect(now) if now else None
