"""The shipped nginx in front of the real site: what passes, what it keeps away, what it writes."""

import http.client
import re
import ssl
import time
from contextlib import ExitStack, suppress

import pytest

from amnesty_site.headers import NAMES
from tests.deploy.proxy import (
    HAS_NGINX,
    HOST,
    READER,
    Proxy,
    ask,
    make_secure_site,
    straight_to,
)
from tests.postgres import free_port

pytestmark = pytest.mark.skipif(
    not HAS_NGINX, reason="no nginx, or not root; on Debian: apt-get install nginx"
)

YEAR = "/en/history/1961/"
WHOLE = "/en/history/all/"
RETURNING = {"Cookie": "__Host-seen=1"}  # the number in the visitor line of a new one is their own
ITS_OWN = {"date", "server", "connection", "transfer-encoding"}  # each server says these itself
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def secure_site(tmp_path_factory, ready):
    """The real site as it is deployed: for HTTPS and a public name."""
    site = make_secure_site(tmp_path_factory.mktemp("secure"), ready)
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory, secure_site):
    proxy = Proxy(tmp_path_factory.mktemp("proxy"), secure_site.port)
    yield proxy
    proxy.stop()


@pytest.fixture(scope="module")
def lonely(tmp_path_factory):
    """A proxy whose site is down."""
    proxy = Proxy(tmp_path_factory.mktemp("lonely"), free_port())
    yield proxy
    proxy.stop()


def part(name):
    """The beginning of one part of a form."""
    return f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()


def is_let_go(connection, until):
    """Whether the other side ends a connection by then, however it does."""
    connection.settimeout(max(0.1, until - time.monotonic()))
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def as_it_came(answer):
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return answer.status, {n: v for n, v in headers.items() if n not in ITS_OWN}, answer.body


def test_what_the_site_answers_passes_as_it_is(proxy, secure_site):
    requests = [
        *((WHOLE, {"Accept-Encoding": way}) for way in ("identity", "gzip", "br")),
        ("/", {"Accept-Language": "mn"}),
        ("/en/nothing-here/", {}),
        ("//en///history/%2e%2e/", {}),
        ("/en/search/?q=%D1%85%D2%AF%D0%BD&q=%00", {}),
        ("/en/admin/", {}),
        ("/en/history/1961/embed/", {}),
        ("/static/icons/favicon.svg", {"Accept-Encoding": "br"}),
        ("/favicon.ico", {"Range": "bytes=3-9"}),
        ("/media/nothing.jpg", {}),
    ]
    tag = proxy.ask(WHOLE, RETURNING).headers["ETag"]
    requests.append((WHOLE, {"If-None-Match": tag}))
    for way in (path for path, _ in requests):  # by every worker once, and finished
        proxy.ask(way, RETURNING)

    differ, statuses = [], []
    for path, headers in requests:
        through = proxy.ask(path, {**RETURNING, **headers})
        told = {**RETURNING, **headers, "X-Forwarded-Proto": "https"}
        straight = ask(straight_to(secure_site), path, told)
        statuses.append(through.status)
        if as_it_came(through) != as_it_came(straight):
            differ.append((path, headers, as_it_came(through), as_it_came(straight)))

    assert (differ, statuses) == (
        [],
        [200, 200, 200, 302, 404, 404, 200, 302, 200, 200, 206, 404, 304],
    )


def test_pages_come_over_tls_alone(proxy):
    plain = proxy.ask("/en/?a=b", {"X-Forwarded-Proto": "https"}, is_secure=False)
    secure = proxy.ask("/en/", {"X-Forwarded-Proto": "http"})

    assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}/en/?a=b")
    assert secure.status == 200
    assert secure.headers.get_all("Strict-Transport-Security") == [
        "max-age=31536000; includeSubDomains; preload"
    ]


def test_only_the_machine_itself_asks_whether_the_site_is_ready(proxy, secure_site):
    told = {"X-Forwarded-Proto": "https"}
    ways = ("/readyz", "/%72eadyz", "/readyz?a=b", "/x/../readyz")

    assert ask(straight_to(secure_site), "/readyz", told).status == 200
    assert [proxy.ask(way).status for way in ways] == [404] * len(ways)
    assert proxy.ask("/healthz").status == 200


def test_browsers_agree_on_the_newest_and_old_ones_are_refused(proxy):
    with proxy.connect(protocols=["h2", "http/1.1"]) as connection:
        agreed = connection.version(), connection.selected_alpn_protocol()

    assert (agreed, proxy.takes("-tls1_2"), proxy.takes("-tls1_1")) == (
        ("TLSv1.3", "h2"),
        True,
        False,
    )


def test_who_comes_by_another_name_gets_no_answer(proxy):
    with pytest.raises((ssl.SSLError, ConnectionError)):
        proxy.connect(name="other.example")
    for how in ({"is_secure": False}, {}):
        with pytest.raises((ConnectionError, http.client.RemoteDisconnected)):
            proxy.ask("/en/", {"Host": "other.example"}, **how)


def test_whoever_signs_the_certificate_finds_the_answer_to_their_challenge(proxy):
    folder = proxy.folder / "challenges" / ".well-known" / "acme-challenge"
    folder.mkdir(parents=True)
    (folder / "token").write_text("the answer")

    assert proxy.ask("/.well-known/acme-challenge/token", is_secure=False).text == "the answer"


def test_an_onion_service_is_told_of_on_every_page(tmp_path, proxy, secure_site):
    other = Proxy(tmp_path, secure_site.port, "http://address.onion$request_uri")
    told = other.ask(f"{YEAR}?a=b", RETURNING).headers["Onion-Location"]
    other.stop()

    assert told == f"http://address.onion{YEAR}?a=b"
    assert "Onion-Location" not in proxy.ask(YEAR, RETURNING).headers


def test_half_open_connections_do_not_stop_the_site(proxy):
    """Sixty that say nothing, sixty that send a byte at a time, sixty that read nothing."""
    with ExitStack() as stack:
        silent = [stack.enter_context(proxy.connect(is_secure=False)) for _ in range(60)]
        slow = [stack.enter_context(proxy.connect()) for _ in range(60)]
        deaf = [stack.enter_context(proxy.connect()) for _ in range(60)]
        for connection in deaf:
            request = f"GET {WHOLE} HTTP/1.1\r\nHost: {HOST}\r\nCookie: __Host-seen=1\r\n\r\n"
            connection.sendall(request.encode())
        statuses = []
        for byte in b"GET /en/hi":
            for connection in slow:
                with suppress(OSError):  # it was let go already
                    connection.sendall(bytes([byte]))
            statuses.append(proxy.ask(YEAR, RETURNING).status)
        until = time.monotonic() + 30
        let_go = [is_let_go(connection, until) for connection in (*silent, *slow)]

    assert (set(statuses), set(let_go)) == ({200}, {True})


def test_what_the_site_takes_passes_and_more_is_refused_in_both_languages(proxy):
    """A picture has 20 MB; a form of 16 is the site's own to refuse."""
    login = "/en/admin/login/"
    form = proxy.ask(login)
    told = {"Content-Type": "multipart/form-data; boundary=x", "Referer": f"https://{HOST}{login}"}
    told["Cookie"] = "; ".join(f"{name}={value.value}" for name, value in form.cookies.items())
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)[1]

    def send(megabytes):
        body = part("csrfmiddlewaretoken") + token.encode() + b"\r\n"
        body += part('file"; filename="a.jpg') + bytes(megabytes * MEGABYTE) + b"\r\n--x--\r\n"
        return proxy.ask(login, told, "POST", body)

    picture, larger = send(20), send(25)

    # The site has read it to its end, and misses a name
    assert (picture.status, "errorlist" in picture.text) == (200, True)
    assert larger.status == 413
    assert "The site cannot take this" in larger.text
    assert "Үүнийг хүлээн авах боломжгүй" in larger.text


def test_while_the_site_is_down_readers_are_told_so_in_both_languages(lonely):
    answer = lonely.ask(YEAR)

    assert (answer.status, answer.headers["Retry-After"]) == (502, "10")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "The site is resting" in answer.text
    assert "Сайт түр ажиллахгүй байна" in answer.text
    assert lonely.ask("/resting.css").headers["Content-Type"] == "text/css"


def test_what_nginx_itself_answers_tells_browsers_what_the_site_s_answers_tell(proxy, lonely):
    """None of it twice where the site answers. Over plain HTTP browsers take no HSTS."""
    site = proxy.ask("/en/nothing-here/", RETURNING).headers
    names = {name for name in NAMES if name in site}
    own = {
        "down": lonely.ask(YEAR),
        "style": lonely.ask("/resting.css"),
        "not a request": lonely.ask("/%00"),
        "too large": lonely.ask(YEAR, {"Content-Length": str(25 * MEGABYTE)}, "POST"),
    }
    plain = lonely.ask(YEAR, is_secure=False)

    assert [answer.status for answer in own.values()] == [502, 200, 400, 413]
    assert {name: site.get_all(name) for name in names} == {name: [site[name]] for name in names}
    same = names - {"Content-Security-Policy", "X-Frame-Options"}  # none of these has a script
    for case, answer in own.items():
        told = {name: answer.headers.get_all(name) for name in same}
        assert (case, told) == (case, {name: [site[name]] for name in same})
    assert {name for name in same if name not in plain.headers} == {"Strict-Transport-Security"}


def test_nothing_is_written_of_who_reads_what(lonely, proxy, secure_site):
    """What failed is, by its path alone. Each of these makes nginx speak of a connection, and it
    names who is at the other end at every level: so what it says is kept nowhere."""
    configuration = (proxy.folder / "nginx.conf").read_text()
    assert re.findall(r"^ +error_log (.*);", configuration, re.MULTILINE) == ["/dev/null"]
    canary = {"User-Agent": "canary-agent", "Referer": "https://canary.example/"}
    canary["X-Forwarded-For"] = canary["Cookie"] = "canary"
    for server in (proxy, lonely):
        for path in (f"{YEAR}?q=canary", "/en/%0Acanary", "/%00", f"/{'canary' * 2000}"):
            server.ask(path, canary)
        server.ask(f"{YEAR}?q=canary", canary, "POST", b"canary")
        for name in ("canary.example", HOST):
            server.takes("-tls1_1", name)
        with server.connect(is_secure=False) as connection:  # no TLS, and gone in the middle
            connection.sendall(b"\x16\x03\x01canary")
        with suppress(OSError), server.connect() as connection:
            connection.sendall(b"POST / HTTP/1.1\r\nHost: canary\r\nContent-Length: 9\r\n\r\n")

    written = lonely.written()
    failed = written.pop("failed.log")

    said = "".join([*written.values(), *proxy.written().values(), secure_site.read_log()])
    assert (READER in said, "canary" in said) == (False, False)
    asked = [line.split(" ", 2)[2].rsplit(" ", 1)[0] for line in failed.splitlines()]
    assert set(asked) == {"GET /en/%0Acanary", f"GET {YEAR}", f"POST {YEAR}"}
