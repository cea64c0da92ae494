"""What programs look for at addresses that are the same on every site."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from amnesty_site.public_entries import absolute
from bilingual.translations import in_language, languages
from editorial.models import Page
from editorial.public_page import public_document

PLAIN = "text/plain; charset=utf-8"
# For staff, for whoever was given the link, and a page for every word somebody types
NOT_FOR_ROBOTS = ["admin", "preview", "search"]
CONTACT = "contact"  # the page that says how to reach the organisation
LASTS = timedelta(days=180)  # RFC 9116 asks for less than a year


@public_document
def robots_txt(request):
    closed = [f"Disallow: /{code}/{name}/" for code in languages() for name in NOT_FOR_ROBOTS]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {absolute(reverse('sitemap'))}"]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type=PLAIN)


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def security_txt(request):
    """Whom to tell of a hole in this site (RFC 9116); 404 where the contact page is not published.

    It is made for each who asks, not kept: its end is always half a year away.
    """
    page = Page.objects.visible_to(AnonymousUser()).filter(slug=CONTACT).first()
    if page is None:
        raise Http404
    ends = (timezone.now() + LASTS).strftime("%Y-%m-%dT00:00:00Z")
    spoken = [code for code in languages() if in_language(page, "body", code)]
    lines = [
        *(f"Contact: {absolute(address(page, code))}" for code in spoken or languages()),
        f"Expires: {ends}",
        f"Preferred-Languages: {', '.join(languages())}",
        f"Canonical: {absolute(reverse('security'))}",
    ]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type=PLAIN)


def address(page, language):
    with override(language):
        return page.get_absolute_url()
