"""Readers of the whole application as the server runs it: the page store, and Django behind it."""

import contextlib
import gzip
import io
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import unquote

import brotli
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection

from amnesty_site.page_store import PageStore

DECODE = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes
    cookies: SimpleCookie

    @property
    def text(self):
        """The page as a reader sees it, whatever way it came."""
        way = self.headers.get("Content-Encoding")
        return DECODE[way](self.body).decode()

    @property
    def line(self):
        """The words of the visitor line, without its drawing and its marks; None without one."""
        if 'class="visitor"' not in self.text:
            return None
        words = self.text.split('class="visitor"')[1].split("<span>")[1].split("</span>")[0]
        return words.replace("<b>", "").replace("</b>", "") or None


@contextlib.contextmanager
def open_connections():
    """Keeps the end of a request from closing a connection in a transaction, as a test's is; what
    Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class Process:
    """One process of the site's, within the test's: its own page store, with its own memory."""

    def __init__(self):
        self.store = PageStore(get_wsgi_application())

    def reader(self, **headers):
        return Reader(self, headers)

    def notices(self):
        """Has the store ask the database now, as it does when half a second has passed."""
        connection.check_constraints()  # what waits for the end of the test's transaction
        self.store.known.ask_at = 0

    def finishes(self):
        """Waits until pages are compressed."""
        self.store.background.submit(int).result()


class Reader:
    """A browser: it sends `headers` with every request, and back the cookies it was given."""

    def __init__(self, process, headers):
        self.process, self.headers, self.cookies = process, headers, {}

    def ask(self, method, url, **headers):
        path, _sign, query = url.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "testserver",
            "wsgi.input": io.BytesIO(),
            "wsgi.url_scheme": "http",
        }
        if self.cookies:
            environ["HTTP_COOKIE"] = "; ".join(f"{n}={v}" for n, v in self.cookies.items())
        for name, value in {**self.headers, **headers}.items():
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        started = []
        with open_connections():
            body = b"".join(self.process.store(environ, lambda *start: started.extend(start)))
        cookies = SimpleCookie()
        for name, value in started[1]:
            if name == "Set-Cookie":
                cookies.load(value)
        self.cookies |= {name: morsel.value for name, morsel in cookies.items()}
        return Answer(int(started[0].split()[0]), dict(started[1]), body, cookies)

    def get(self, url, **headers):
        return self.ask("GET", url, **headers)

    def head(self, url, **headers):
        return self.ask("HEAD", url, **headers)
