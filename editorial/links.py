"""Links as staff write them: which a text has, and what is wrong with the form of one."""

import re
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.http.request import validate_host
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from bilingual.translations import languages

LINK = re.compile(r"""<a\s(?:[^>]*?\s)?href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*))""", re.I)
SCHEME = re.compile(r"([a-z][a-z0-9+-]*):", re.I)  # without a dot: “example.org:80” has none
HOST = re.compile(r"([\w-]+\.)+[^\W\d_][\w-]+")  # ends in org, мн or the like; no number does
PRIVATE = re.compile(r".*\.(localhost|local|internal|invalid|test)", re.I)  # nobody else's either
is_web_address = URLValidator(schemes=["http", "https"])


def links_in(html):
    """The addresses that the text links to, as they were typed."""
    return [unescape("".join(parts)) for parts in LINK.findall(html)]


def mistake_in(link):
    """A sentence that says what is wrong with a link and what to write; empty if it is well."""
    if not link.strip():
        return _("A link has no address: write one, or remove the link.")
    if re.search(r"\s", link):
        return tell(_("“%(link)s” has a space in it: take it out, or write %%20 for it."), link)
    if link.startswith("/"):
        return mistake_in_path(link)
    scheme = SCHEME.match(link)
    if scheme is None:
        return mistake_without_scheme(link)
    if scheme[1].lower() in ("http", "https"):
        return mistake_in_address(link)
    if scheme[1].lower() == "mailto":
        return mistake_in_mailto(link)
    text = _(
        "“%(link)s” begins with “%(beginning)s”, which is not possible here. A link begins with "
        "https://, http:// or mailto:, or with the path of a page of this site: %(paths)s."
    )
    return tell(text, link, beginning=scheme[0], paths=beginnings())


def mistake_in_path(link):
    if link.startswith("//"):
        return tell_whole(link, f"https:{link}")
    if link.startswith(tuple(f"/{code}/" for code in languages())):
        return ""
    text = _("“%(link)s” leads to this site, but names no language: begin it with %(paths)s.")
    return tell(text, link, paths=beginnings())


def mistake_without_scheme(link):
    if "@" in link and not is_refused(validate_email, link):
        return tell_whole(link, f"mailto:{link}")
    if HOST.fullmatch(re.split("[/?#:]", link)[0]):
        return tell_whole(link, f"https://{link}")
    text = _(
        "“%(link)s” is not a whole address. Write it from its beginning: https://… for a page "
        "elsewhere, %(paths)s for one of this site."
    )
    return tell(text, link, paths=beginnings())


def mistake_in_address(link):
    if (path := path_on_this_site(link)) is not None:
        text = _("“%(link)s” leads to this site: write only its path, “%(path)s”.")
        return tell(text, link, path=Truncator(path).chars(80))
    if is_refused(is_web_address, link) or not is_public(urlsplit(link).hostname):
        text = _(
            "“%(link)s” does not name a place that readers can reach. Copy the whole address from "
            "the browser: it looks like https://www.amnesty.org/en/."
        )
        return tell(text, link)
    return ""


def mistake_in_mailto(link):
    addresses = link[len("mailto:") :].partition("?")[0].split(",")
    if not any(is_refused(validate_email, address) for address in addresses):
        return ""
    return tell(_("“%(link)s” has no whole e-mail address: write mailto:name@example.org."), link)


def path_on_this_site(link):
    """The path of an address on this site's own host; None of any other address."""
    try:
        parts = urlsplit(link)
        own = [*settings.ALLOWED_HOSTS, urlsplit(settings.SITE_URL).hostname]
        if not parts.hostname or not validate_host(parts.hostname, own):
            return None
    except ValueError:  # brackets that are no host
        return None
    path = parts.path or "/"
    if not path.startswith(tuple(f"/{code}/" for code in languages())):
        path = f"/{settings.LANGUAGE_CODE}{path}"
    return parts._replace(scheme="", netloc="", path=path).geturl()


def is_public(host):
    return bool(host and HOST.fullmatch(host) and not PRIVATE.fullmatch(host))


def is_refused(validator, value):
    try:
        validator(value)
    except ValidationError:
        return True
    return False


def beginnings():
    return ", ".join(f"/{code}/" for code in languages())


def tell_whole(link, whole):
    text = _("“%(link)s” lacks its beginning: write “%(whole)s”.")
    return tell(text, link, whole=Truncator(whole).chars(80))


def tell(text, link, **words):
    # What somebody pasted by mistake may be a whole picture in letters
    return text % {"link": Truncator(link).chars(80), **words}
