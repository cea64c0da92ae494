"""Readers of the whole application as the server runs it: the page store, and Django behind it."""

import contextlib
import io
from email.message import Message
from urllib.parse import unquote

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection

from amnesty_site.page_store import PageStore
from tests.answers import Answer


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


def make_environ(method, url):
    """A request for `url` as WSGI has it."""
    path, _sign, query = url.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote(path, "latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "HTTP_ACCEPT_ENCODING": "identity",  # every browser sends one
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
    }


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
        environ = make_environ(method, url)
        if self.cookies:
            environ["HTTP_COOKIE"] = "; ".join(f"{n}={v}" for n, v in self.cookies.items())
        for name, value in {**self.headers, **headers}.items():
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        started = []
        with open_connections():
            body = b"".join(self.process.store(environ, lambda *start: started.extend(start)))
        answer = Answer(int(started[0].split()[0]), Message(), body)
        for name, value in started[1]:
            answer.headers[name] = value
        self.cookies |= {name: morsel.value for name, morsel in answer.cookies.items()}
        return answer

    def get(self, url, **headers):
        return self.ask("GET", url, **headers)

    def head(self, url, **headers):
        return self.ask("HEAD", url, **headers)
