"""What search engines may not read, and whom to tell of a hole in the site."""

import re
from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
from django.utils import timezone

from tests.amnesty_site.test_pages import PAGES
from tests.factories import make_page

pytestmark = pytest.mark.django_db

SECURITY = "/.well-known/security.txt"


def test_robots_read_the_pages_and_not_what_is_for_staff(reader):
    robots = RobotFileParser()
    robots.parse(reader.get("/robots.txt").text.splitlines())

    may = [f"/{code}{path}" for code in ("en", "mn") for path in PAGES]
    may += ["/sitemap.xml", "/en/feed.xml", "/static/css/site.css", "/en/share/picture-x.png"]
    may_not = [
        f"/{code}/{path}"
        for code in ("en", "mn")
        for path in ("admin/login/", "preview/signed/", "search/?q=torture")
    ]
    assert [robots.can_fetch("Googlebot", path) for path in may] == [True] * len(may)
    assert [robots.can_fetch("Googlebot", path) for path in may_not] == [False] * len(may_not)
    assert robots.site_maps() == ["http://testserver/sitemap.xml"]


def fields(text):
    """The fields of a security.txt as RFC 9116 has them: a dict of lists."""
    found = {}
    for line in text.splitlines():
        name, value = re.fullmatch(r"([A-Za-z-]+): (\S.*)", line).groups()
        found.setdefault(name, []).append(value)
    return found


def test_the_contact_page_says_whom_to_tell(reader):
    make_page("contact", body_en="<p>Write to us.</p>", body_mn="<p>Бидэнд бичнэ үү.</p>")

    answer = reader.get(SECURITY)

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    told = fields(answer.text)
    ends = told.pop("Expires")
    assert told == {
        "Contact": ["http://testserver/en/contact/", "http://testserver/mn/contact/"],
        "Preferred-Languages": ["en, mn"],
        "Canonical": [f"http://testserver{SECURITY}"],
    }
    assert [reader.get(f"/{code}/contact/").status for code in ("en", "mn")] == [200, 200]
    assert len(ends) == 1


def test_it_never_runs_out_however_long_nobody_changes_anything(reader, time_machine):
    make_page("contact")
    for year in (2027, 2029, 2033):
        time_machine.move_to(datetime(year, 2, 28, 23, 59, tzinfo=UTC), tick=False)
        ends = datetime.fromisoformat(fields(reader.get(SECURITY).text)["Expires"][0])

        assert timedelta(days=90) < ends - timezone.now() < timedelta(days=365)


def test_without_a_contact_page_there_is_no_such_file(reader):
    make_page("contact", published_at=None)

    assert reader.get(SECURITY).status == 404
