"""What Mozilla's HTTP Observatory would say of the running site: an estimate by its own rules.

By its scoring as published in 2024 a site begins with 100 points. Each test takes some away or,
where the site has 90 without any gifts, gives some:

    Content-Security-Policy   +10 with `default-src 'none'` and nothing unsafe, +5 without the first
    cookies                   +5 where all are Secure, HttpOnly and SameSite
    Referrer-Policy           +5 where other sites are told nothing
    X-Frame-Options           +5 where `frame-ancestors` says it
    Cross-Origin-Resource-Policy  +10 for `same-origin`
    Subresource Integrity     0, as all scripts are of this site
    HSTS, redirection, X-Content-Type-Options, CORS  0 where they are right

Another +5 is for sites that browsers know before a visit, which is up to whoever runs one. 100
points are an A+. Where this estimate has no rule for something worse it takes off 25, which is as
much as most faults cost.
"""

import re

import pytest

from tests.raw import HOST, ask

UNSAFE = re.compile(r"'unsafe-|data:|http:|https:|\*")
FAULT = -25


def of_policy(page):
    policy = page.headers["Content-Security-Policy"] or ""
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part)
    if not directives or UNSAFE.search(policy):
        return FAULT
    return 10 if directives["default-src"] == "'none'" else 5


def of_cookies(page):
    safe = all(
        cookie["secure"] and cookie["httponly"] and cookie["samesite"] in ("Lax", "Strict")
        for cookie in page.cookies.values()
    )
    return (5 if page.cookies else 0) if safe else FAULT


def of_referrer(page):
    private = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
    return 5 if page.headers["Referrer-Policy"] in private else 0


def of_frames(page):
    if "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]:
        return 5
    return 0 if page.headers["X-Frame-Options"] == "DENY" else FAULT


def of_resources(page):
    policy = page.headers["Cross-Origin-Resource-Policy"]
    return {"same-origin": 10, "same-site": 10, None: 0}.get(policy, FAULT)


def of_scripts(page):
    sources = re.findall(r'<script[^>]*\ssrc="([^"]*)"', page.text)
    return 0 if all(re.match("/[^/]", source) for source in sources) else FAULT


def of_transport(page):
    age = re.match(r"max-age=(\d+)", page.headers["Strict-Transport-Security"] or "")
    return 0 if age and int(age[1]) >= 15_768_000 else FAULT


def of_types(page):
    return 0 if page.headers["X-Content-Type-Options"] == "nosniff" else FAULT


def of_other_origins(page):
    return FAULT if page.headers["Access-Control-Allow-Origin"] else 0


def of_redirection(site):
    answer = ask(site, "/", X_Forwarded_Proto="http")
    return 0 if answer.headers["Location"] == f"https://{HOST}/" else FAULT


OF_PAGE = [of_policy, of_cookies, of_referrer, of_frames, of_resources, of_scripts]
OF_PAGE += [of_transport, of_types, of_other_origins]


@pytest.mark.parametrize("language", ["en", "mn"])
def test_the_site_has_the_best_grade(public_site, language):
    front = ask(public_site, "/", Accept_Language=language)
    page = ask(public_site, front.headers["Location"])

    points = [of(page) for of in OF_PAGE] + [of_redirection(public_site)]

    assert page.status == 200
    assert min(points) == 0
    assert 100 + sum(points) == 135
