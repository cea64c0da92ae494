"""Whatever is sent to the running site: it answers in its own words, and goes on."""

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from tests import hostile_requests as hostile
from tests.amnesty_site.test_headers import PAGE, told
from tests.answers import DECODE
from tests.raw import HOST, ask, request, send

MEGABYTES = 250  # for each worker; one of 17 MB of form takes 130
TOKEN = "a" * 32
MAKE = """
from campaigns.models import Campaign
from editorial.addresses import FormerAddress
from tests.editorial.matrix_world import make_person, sign_in
FormerAddress.objects.remember("/campaigns/former/", Campaign.objects.first())
print(sign_in(make_person("superuser")))
"""


@pytest.fixture(scope="module")
def staff(public_site):
    """The headers of somebody who may do everything, and sends forms of ours."""
    session = public_site.manage("shell", "-v0", "-c", MAKE).stdout.strip()
    return {
        "Cookie": f"__Host-sessionid={session}; __Host-csrftoken={TOKEN}",
        "Origin": f"https://{HOST}",
        "X-CSRFToken": TOKEN,
    }


@pytest.fixture(autouse=True)
def goes_on(public_site):
    """After everything the same processes answer, no larger than they may be, and tell of no
    fault."""
    workers, logged = public_site.workers(), len(public_site.read_log())
    yield
    assert ask(public_site, "/en/").status == 200
    assert public_site.workers() == workers
    assert [size for size in map(megabytes, workers) if size > MEGABYTES] == []
    assert "Traceback" not in public_site.read_log()[logged:]


def megabytes(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024


def wrong(answer, statuses):
    """What is wrong with an answer; "" if nothing is."""
    if answer is None:
        return "no answer"
    if answer.status not in statuses:
        return f"status {answer.status}"
    body = DECODE[answer.headers["Content-Encoding"]](answer.body)
    if hostile.MARK.encode() in body.lower() or "Set-Cookie: a" in str(answer.headers):
        return "reflected"
    leads_to = urlsplit(urljoin(f"https://{HOST}/", answer.headers["Location"] or ""))
    if (leads_to.scheme, leads_to.netloc) != ("https", HOST):
        return f"leads to {leads_to.geturl()}"
    names = ["X-Content-Type-Options", "Cross-Origin-Opener-Policy"]
    if told(answer, names) != {name: PAGE[name] for name in names}:
        return f"without its headers: {answer.status}"
    policy = answer.headers["Content-Security-Policy"] or ""
    return "" if policy.startswith("default-src 'none'") else "without its policy"


def all_wrong(site, asked, statuses):
    """What is wrong with the answers to these requests, by their names."""
    found = {name: wrong(send(site, data), statuses) for name, data in asked.items()}
    return {name: fault for name, fault in found.items() if fault}


ANY = {200, 206, 301, 302, 304, 400, 403, 404, 405, 409, 410, 416, 422}


@pytest.mark.parametrize("place", hostile.PLACES)
def test_an_address_that_nobody_links_to(public_site, place):
    asked = {name: request(place.format(said)) for name, said in hostile.SAID.items()}

    assert all_wrong(public_site, asked, ANY) == {}


@pytest.mark.parametrize("place", hostile.PLACES_OF_STAFF)
def test_an_address_that_nobody_links_to_asked_by_staff(public_site, staff, place):
    asked = {
        name: request(place.format(said), **staff) for name, said in hostile.SAID_BY_STAFF.items()
    }

    assert all_wrong(public_site, asked, ANY) == {}


@pytest.mark.parametrize("name", hostile.HEADERS)
def test_a_header_that_no_browser_sends(public_site, name):
    asked = {}
    for what, said in hostile.SAID_IN_HEADERS.items():
        value = said.join(hostile.HEADERS[name].encode().split(b"{}"))
        for path in hostile.ASKED_WITH_HEADERS:
            asked[f"{what} at {path}"] = request(path, **{name.split()[0]: value})

    assert all_wrong(public_site, asked, ANY) == {}


def test_a_host_that_is_not_ours(public_site):
    asked = {name: request("/en/", Host=host) for name, host in hostile.HOSTS.items()}

    assert all_wrong(public_site, asked, {400}) == {}


@pytest.mark.parametrize("path", hostile.ASKED_ON_CONDITION)
def test_conditions_that_no_browser_makes(public_site, path):
    asked = {name: request(path, **headers) for name, headers in hostile.CONDITIONS.items()}

    assert all_wrong(public_site, asked, ANY) == {}


@pytest.mark.parametrize("path", hostile.ASKED_BY_METHOD)
def test_a_method_that_is_not_for_this(public_site, staff, path):
    asked = {method: request(path, method) for method in hostile.METHODS}
    asked |= {f"{method} by staff": request(path, method, **staff) for method in hostile.METHODS}

    assert all_wrong(public_site, asked, ANY) == {}


@pytest.mark.parametrize("path", [*hostile.SENT_TO, *hostile.SENT_BY_STAFF_TO])
def test_a_form_that_is_none(public_site, staff, path):
    who = staff if path in hostile.SENT_BY_STAFF_TO else {**staff, "Cookie": staff["Cookie"][-50:]}
    asked = {
        name: request(path, "POST", body, Content_Type=kind, **who)
        for name, (kind, body) in hostile.BODIES.items()
    }

    assert all_wrong(public_site, asked, ANY) == {}


def test_what_is_no_request(public_site):
    def fault(data):
        answer = send(public_site, data, is_whole=False)
        # What the server says by itself it says without a word
        return "" if answer is None or not answer.body else wrong(answer, ANY)

    assert {name: fault(data) for name, data in hostile.RAW.items() if fault(data)} == {}


def test_there_are_enough_of_them():
    said = len(hostile.SAID) * len(hostile.PLACES)
    in_headers = len(hostile.SAID_IN_HEADERS) * len(hostile.HEADERS)
    others = len({**hostile.HOSTS, **hostile.CONDITIONS, **hostile.BODIES, **hostile.RAW})

    assert said + in_headers + others > 250
