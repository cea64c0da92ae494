"""Signing in as a person does, by the form."""

import re
import time

from django.contrib.auth import SESSION_KEY
from django.test import Client

from editorial.signing_in import totp
from editorial.signing_in.models import SecondFactor
from tests.desk import PASSWORD

PAGE = "/en/admin/second-factor/"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def sign_in(name, password=PASSWORD, code="", client=None, language="en"):
    """The answer to somebody's try; the browser that made it is its `client`."""
    sent = {"username": name, "password": password, "code": code}
    return (client or Client()).post(f"/{language}/admin/login/", sent)


def is_signed_in(answer):
    return answer.status_code == 302 and SESSION_KEY in answer.client.session


def said(answer):
    """What a page says went wrong."""
    found = re.findall(r'(?s)<p class="errornote"[^>]*>(.*?)</p>', answer.content.decode())
    return [text.strip() for text in found]


def add_second_factor(user, secret=SECRET):
    """Gives somebody a second factor, and returns the recovery codes."""
    return SecondFactor.objects.of(user).set_up(secret, step=0)


def code_now(steps=0, secret=SECRET):
    """What the phone shows, so many half minutes from now."""
    return totp.make_code(secret, int(time.time()) // totp.SECONDS + steps)


def set_up(client, code=None, password=PASSWORD):
    """Opens the page, reads the letters and sends what a phone makes of them."""
    page = client.get(PAGE).content.decode()
    secret = re.search('__secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    return client.post(PAGE, {"password": password, "code": code or code_now(secret=secret)})
