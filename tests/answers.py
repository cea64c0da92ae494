"""What a reader gets for a request, whatever way it came."""

import gzip
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from http.cookies import SimpleCookie

import brotli

DECODE = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@dataclass
class Answer:
    """`headers` finds one by its name in any case, and gives None for one that is not there."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self):
        return DECODE[self.headers["Content-Encoding"]](self.body).decode()

    @property
    def cookies(self):
        return SimpleCookie("\n".join(self.headers.get_all("Set-Cookie", [])))

    @property
    def line(self):
        """The words of the visitor line, without its drawing and its marks; None without one."""
        if 'class="visitor"' not in self.text:
            return None
        words = self.text.split('class="visitor"')[1].split("<span>")[1].split("</span>")[0]
        return words.replace("<b>", "").replace("</b>", "") or None

    @property
    def number(self):
        """The number in the visitor line."""
        return int(re.search(r"[\d,]+", self.line)[0].replace(",", ""))


def get(url, headers=None):
    """The answer to a request on a connection of its own, so that any worker may give it."""
    request = urllib.request.Request(url, headers={"User-Agent": "Mozilla/5.0", **(headers or {})})
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return Answer(answer.status, answer.headers, answer.read())
