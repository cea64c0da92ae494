"""Requests as bytes to the real server, also those that no library would send."""

import contextlib
import socket
from email.message import Message
from http.client import HTTPException, HTTPResponse

from tests.answers import Answer

HOST = "amnesty.example"
# What the proxy in front of a public site sends on
FORWARDED = {"Host": HOST, "X-Forwarded-Proto": "https", "User-Agent": "Mozilla/5.0"}
SECONDS = 20


def request(path, method="GET", body=b"", **headers):
    """The bytes of a request as the proxy sends it; a header named so replaces one of its own, and
    one that is None is left out."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named = {**FORWARDED, "Connection": "close", **named}
    if body:
        named.setdefault("Content-Length", str(len(body)))
    lines = [b" ".join([method.encode(), as_bytes(path), b"HTTP/1.1"])]
    lines += [
        b": ".join([name.encode(), as_bytes(value)])
        for name, value in named.items()
        if value is not None
    ]
    return b"\r\n".join([*lines, b"", body])


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def send(site, data, is_whole=True):
    """The answer to these bytes; None where the server closes the connection without one. Of what
    is no whole request it learns that nothing follows."""
    with socket.create_connection(("127.0.0.1", site.port), SECONDS) as connection:
        with contextlib.suppress(OSError):  # it need not read what it refuses
            connection.sendall(data)
            if not is_whole:
                connection.shutdown(socket.SHUT_WR)
        method = data.partition(b" ")[0].decode("latin-1")
        response = HTTPResponse(connection, method=method)
        try:
            response.begin()
            body = response.read()
        except (HTTPException, OSError):
            return None
        headers = Message()
        for name, value in response.getheaders():
            headers[name] = value
        return Answer(response.status, headers, body)


def ask(site, path, method="GET", body=b"", **headers):
    return send(site, request(path, method, body, **headers))
