"""Many tries at the same moment, on the running site with its several processes."""

import re
import urllib.parse
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.answers import get

TRIES = 30


def test_of_many_tries_at_once_five_get_as_far_as_the_password(site):
    address = f"{site.url}/en/admin/login/"
    page = get(address)
    token = re.search('name="csrfmiddlewaretoken" value="(.*?)"', page.text)[1]
    cookies = "; ".join(f"{name}={kept.value}" for name, kept in page.cookies.items())
    sent = {"csrfmiddlewaretoken": token, "username": "at-once", "password": "not this one"}
    body = urllib.parse.urlencode(sent).encode()

    def send(_number):
        request = urllib.request.Request(address, body, {"Cookie": cookies})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return re.search('errornote">([^.]*)', answer.read().decode())[1]

    with ThreadPoolExecutor(TRIES) as pool:
        said = Counter(pool.map(send, range(TRIES)))

    assert said == {
        "Name, password or code is wrong": 5,
        "There were too many tries with this name": TRIES - 5,
    }
