"""The six digits an app on a phone shows (RFC 6238): what they all know how to make.

Fifteen lines of the standard library. django-otp would bring three tables and its own pages for
them, keeps recovery codes as they are, and takes a code twice that is sent twice at once.
"""

import hmac
import time
from base64 import b32decode, b32encode
from secrets import token_bytes
from urllib.parse import quote, urlencode

SECONDS = 30  # as long as a code is shown
DRIFT = 1  # as many codes earlier and later are right too: clocks differ, and people type slowly


def make_secret():
    """A new secret, in the letters that apps take: 32 of them, 160 bits."""
    return b32encode(token_bytes(20)).decode()


def make_code(secret, step, digits=6):
    """The code for the `step`-th half minute since 1970."""
    digest = hmac.digest(b32decode(secret), step.to_bytes(8, "big"), "sha1")
    place = digest[-1] & 0x0F
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}}"


def bare(typed):
    """The digits of a code as somebody typed it."""
    return "".join(typed.split()).replace("-", "")


def step_of(secret, code):
    """The half minute whose code this is, if it is one of now; else None."""
    now = int(time.time()) // SECONDS
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(make_code(secret, step).encode(), code.encode()):
            return step
    return None


def address(secret, issuer, name):
    """What the square picture says to an app."""
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(name)}?{query}"
