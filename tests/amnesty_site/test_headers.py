"""What answers tell browsers about themselves, whoever of the site gives them."""

import re

import pytest
from django.db import OperationalError
from django.test import Client

from amnesty_site import share
from editorial.desk.editor import STYLE
from tests.factories import make_event, make_picture
from tests.raw import ask
from timeline.models import TimelineEventQuerySet

PAGE = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; manifest-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Access-Control-Allow-Origin": None,
}
ADMIN = PAGE | {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
}
FILE = PAGE | {"Content-Security-Policy": "default-src 'none'", "X-Frame-Options": None}
ELSEWHERE = {"Cross-Origin-Resource-Policy": "cross-origin"}
OPEN = PAGE | ELSEWHERE | {"Access-Control-Allow-Origin": "*"}
FRAME = PAGE | ELSEWHERE
FRAME |= {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; manifest-src 'self'; connect-src 'none'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors *"
    ),
    "X-Frame-Options": None,
}
STYLESHEET = "/static/css/site.css"

# Each kind of answer, with how it is asked for, its status, and what it tells
ANSWERS = {
    "page": ("/en/", {}, 200, PAGE),
    "page by HEAD": ("/en/", {"method": "HEAD"}, 200, PAGE),
    "page by POST": ("/en/history/", {"method": "POST"}, 403, PAGE),
    "what a page takes": ("/en/history/", {"method": "OPTIONS"}, 405, PAGE),
    "search": ("/mn/search/?q=torture", {}, 200, PAGE),
    "no page": ("/en/nothing/", {}, 404, PAGE),
    "front door": ("/", {}, 302, PAGE),
    "address without its slash": ("/en/history", {}, 301, PAGE),
    "plain HTTP": ("/en/", {"X_Forwarded_Proto": "http"}, 301, PAGE),
    "another host": ("/en/", {"Host": "evil.example"}, 400, PAGE),
    "another host by plain HTTP": ("/", {"Host": "a.b", "X_Forwarded_Proto": "http"}, 400, PAGE),
    "static file": (STYLESHEET, {}, 200, FILE),
    "part of a static file": (STYLESHEET, {"Range": "bytes=0-9"}, 206, FILE),
    "no static file": ("/static/nothing.css", {}, 404, PAGE),
    "icon": ("/favicon.ico", {}, 200, PAGE),
    "picture that is not there": ("/media/pictures/a/b.jpg", {}, 404, PAGE),
    "feed": ("/en/feed.xml", {}, 200, PAGE),
    "map of the site": ("/sitemap.xml", {}, 200, PAGE),
    "for robots": ("/robots.txt", {}, 200, PAGE),
    "security.txt": ("/.well-known/security.txt", {}, 200, PAGE),
    "manifest": ("/en/manifest.webmanifest", {}, 200, PAGE),
    "preview that is none": ("/en/preview/nothing/", {}, 404, PAGE),
    "history as JSON": ("/en/history.json", {}, 200, OPEN),
    "history as a table": ("/history.csv", {}, 200, OPEN),
    "entries": ("/mn/data/entries.json", {}, 200, OPEN),
    "year in a frame": ("/en/history/1961/embed/", {}, 200, FRAME),
    "decade in a frame": ("/mn/history/1960s/embed/", {}, 200, FRAME),
    "admin": ("/en/admin/", {}, 302, ADMIN),
    "signing in": ("/mn/admin/login/", {}, 200, ADMIN),
    "form from elsewhere": ("/en/admin/login/", {"method": "POST", "body": b"a=b"}, 403, ADMIN),
    "no page of the admin": ("/en/admin/no/such/", {}, 302, ADMIN),
}
KEPT = ["page", "feed", "history as JSON", "year in a frame", "static file"]


def told(answer, names=PAGE):
    return {name: answer.headers.get(name) for name in names}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_tells_browsers_what_they_may_do_with_it(public_site, name):
    path, asked, status, expected = ANSWERS[name]
    if asked.get("X_Forwarded_Proto") == "http":
        expected = expected | {"Strict-Transport-Security": None}  # nobody would heed it

    answer = ask(public_site, path, **asked)

    assert answer.status == status
    assert told(answer) == expected
    assert re.fullmatch(r"([a-z-]+=\(\)(, |$))+", answer.headers["Permissions-Policy"])
    assert len(answer.headers["Content-Security-Policy"].split(", ")) == 1
    is_for_no_cache = expected is ADMIN or name == "search"
    assert ("no-store" in answer.headers.get("Cache-Control", "")) is is_for_no_cache


@pytest.mark.parametrize("name", KEPT)
def test_who_has_it_already_is_told_the_same(public_site, name):
    path, _asked, _status, expected = ANSWERS[name]
    cookie = {"Cookie": "__Host-seen=1"}
    first = ask(public_site, path, **cookie)
    since = {"If_None_Match": first.headers["ETag"]}
    if not first.headers["ETag"]:
        since = {"If_Modified_Since": first.headers["Last-Modified"]}

    again = ask(public_site, path, **cookie, **since)

    assert (again.status, told(again)) == (304, expected)


def test_other_sites_may_show_the_pictures_of_open_data_and_of_links(client, db):
    file, shared = make_picture().file.url, share.address("An appeal", "1961")

    answers = [client.get(file), client.get(file, headers={"Range": "bytes=0-9"})]
    answers.append(client.get(shared))

    for answer in answers:
        answer.close()
    of_link = PAGE | ELSEWHERE | {"Strict-Transport-Security": None}
    of_file = {**of_link, **FILE, **ELSEWHERE, "Strict-Transport-Security": None}
    assert [(answer.status_code, told(answer)) for answer in answers] == [
        (200, of_file),
        (206, of_file),
        (200, of_link),
    ]


@pytest.mark.parametrize(
    ("fault", "status"), [(RuntimeError("a mistake"), 500), (OperationalError("no database"), 503)]
)
def test_a_fault_tells_them_too(monkeypatch, db, fault, status):
    def fail(*args):
        raise fault

    monkeypatch.setattr(TimelineEventQuerySet, "visible_to", fail)
    answer = Client(raise_request_exception=False).get("/mn/history/")

    assert answer.status_code == status
    assert told(answer) == PAGE | {"Strict-Transport-Security": None}


def test_a_form_lets_in_its_editor_and_each_time_by_another_nonce(admin_client):
    add = "/en/admin/timeline/timelineevent/add/"
    policies = [admin_client.get(add)["Content-Security-Policy"] for _ in range(2)]
    refused = admin_client.post(add, {})

    nonces = [re.search(r"'nonce-([\w-]{20,})'", policy)[1] for policy in policies]
    assert nonces[0] != nonces[1]
    assert [policy.replace(nonces[place], "…") for place, policy in enumerate(policies)] == [
        ADMIN["Content-Security-Policy"]
        .replace("script-src 'self'", "script-src 'self' 'nonce-…'")
        .replace("style-src 'self'", f"style-src 'self' {STYLE}")
        + "; font-src 'self'"
    ] * 2
    assert "'nonce-" in refused["Content-Security-Policy"]


def test_nothing_of_the_admin_is_kept_by_a_browser(admin_client):
    make_event()
    for path in ("", "jsi18n/", "handbook/", "timeline/timelineevent/", "password_change/"):
        assert "no-store" in admin_client.get(f"/en/admin/{path}")["Cache-Control"], path


def test_cookies_are_this_hosts_alone_and_no_scripts(public_site):
    def cookies(path, **headers):
        return {
            name: {attribute: value for attribute, value in cookie.items() if value}
            for name, cookie in ask(public_site, path, **headers).cookies.items()
        }

    safe = {"secure": True, "httponly": True, "path": "/", "samesite": "Lax"}
    seen, csrf = cookies("/en/"), cookies("/en/admin/login/")
    csrf["__Host-csrftoken"].pop("expires")

    assert seen == {"__Host-seen": {**safe, "max-age": "86400"}}
    assert csrf == {"__Host-csrftoken": {**safe, "max-age": "31449600"}}
