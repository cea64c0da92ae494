"""A finished page: bytes that are the same for every reader, compressed once, and a short ending.

Only the visitor line and what follows it differ between readers. Each encoding is therefore an
unchanging head, to which the ending is added as it is: both formats have blocks for bytes that
are not compressed, so nothing is compressed while a reader waits. A document (a feed, a table) has
no line, and goes the same way.
"""

import hashlib
import json
import re
import struct
import zlib

import brotli
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags

from visitors.line import MARKER_PATTERN

QUALITY, QUICK_LEVEL = 11, 6  # of Brotli, of gzip
LARGE, LARGE_QUALITY = 1_000_000, 5  # 11 would take many seconds for more bytes than that
GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # RFC 1952, 2.3: no name, no time
REFUSED = re.compile(r"q\s*=\s*0(\.0*)?")  # RFC 9110, 12.4.2


class FinishedPage:
    """`status` and `headers` are WSGI's, without what depends on the encoding; `language` is that
    of the visitor line, which stands between `head` and `rest`; "" for a document without one.

    A page is kept and brought back with `dump()` and `load()`. It has no Brotli until `finish()`,
    and no `tag` where it may not be kept, here or by its reader.
    """

    def __init__(self, status, headers, language, head, rest):
        self.status, self.headers = status, headers
        # Weak, as the number is not part of it; none for a page that nobody is to keep
        self.tag = f'W/"{digest(head + rest)}"' if may_be_kept(status, headers) else ""
        if self.tag:
            self.headers = [*headers, ("ETag", self.tag)]
        self.language, self.rest = language, rest
        self.size, self.checksum = len(head), zlib.crc32(head)
        self.gzip, self.brotli = gzip_head(head), None

    @property
    def weight(self):
        """About how many bytes of memory it takes, once it is finished."""
        return 2 * len(self.gzip) + 2000

    def finish(self):
        """Makes the smallest form, which takes long: 24 ms for 25 KB."""
        self.brotli = brotli_head(self.head(), QUALITY if self.size < LARGE else LARGE_QUALITY)

    def head(self):
        return zlib.decompressobj(wbits=31).decompress(self.gzip)

    def encode(self, accepted, line):
        """The whole page, with the visitor line in it, for a reader who accepts some of "br" and
        "gzip": a pair of the encoding's name, or None, and the bytes."""
        ending = line + self.rest
        if "br" in accepted and self.brotli:
            return "br", self.brotli + brotli_ending(ending)
        if "gzip" in accepted:
            return "gzip", self.gzip + gzip_ending(ending, self.size, self.checksum)
        return None, self.head() + ending

    def dump(self):
        fields = {**vars(self), "rest": self.rest.decode(), "gzip": len(self.gzip), "brotli": None}
        data = json.dumps(fields).encode() + b"\n" + self.gzip + (self.brotli or b"")
        return digest(data).encode() + b"\n" + data

    @classmethod
    def load(cls, dumped):
        """The page that was dumped so. ValueError where that is not whole any more."""
        kept, _newline, data = dumped.partition(b"\n")
        if kept.decode(errors="replace") != digest(data):
            raise ValueError("the page is damaged")
        fields, _newline, bodies = data.partition(b"\n")
        page = cls.__new__(cls)
        vars(page).update(json.loads(fields))
        page.headers = [tuple(header) for header in page.headers]
        page.rest = page.rest.encode()
        page.gzip, page.brotli = bodies[: page.gzip], bodies[page.gzip :] or None
        return page


def may_be_kept(status, headers):
    return status == "200 OK" and not any(
        name == "Set-Cookie" or (name == "Cache-Control" and "no-store" in value)
        for name, value in headers
    )


def digest(data):
    return hashlib.blake2b(data, digest_size=9).hexdigest()


def finished(response):
    """The finished page that an answer of Django's is; None for one without a visitor line that is
    no public document either."""
    if getattr(response, "is_public_document", False):
        return finished_document(response)
    markers = list(MARKER_PATTERN.finditer(response.content))
    if not markers:
        return None
    patch_vary_headers(response, ["Accept-Encoding", "Cookie", "Save-Data"])
    patch_cache_control(response, private=True, no_cache=True)
    del response["Content-Length"]
    marker = markers[-1]
    head, rest = response.content[: marker.start()], response.content[marker.end() :]
    return FinishedPage(*status_and_headers(response), marker[1].decode(), head, rest)


def finished_document(response):
    response["Vary"] = "Accept-Encoding"  # nothing else makes a difference to it
    patch_cache_control(response, public=True, no_cache=True)
    del response["Content-Length"]
    head, rest = response.content[:-1], response.content[-1:]  # an ending is never empty
    return FinishedPage(*status_and_headers(response), "", head, rest)


def status_and_headers(response):
    """The status and the headers of an answer of Django's, as WSGI has them."""
    cookies = [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
    return f"{response.status_code} {response.reason_phrase}", [*response.items(), *cookies]


def encodings(accept_encoding):
    """Which of "br" and "gzip" the value of an Accept-Encoding header allows, as a frozenset."""
    named, refused = set(), set()
    for item in accept_encoding.lower().split(","):
        name, _sign, quality = item.partition(";")
        is_refused = REFUSED.fullmatch(quality.strip())
        (refused if is_refused else named).add(name.strip())
    if "*" in named:
        named |= {"br", "gzip"} - refused
    return frozenset({"br", "gzip"} & named - refused)


def has_tag(if_none_match, tag):
    """Whether the value of an If-None-Match header names the page of `tag`."""
    tags = {known.removeprefix("W/") for known in parse_etags(if_none_match)}
    return not tags.isdisjoint({"*", tag.removeprefix("W/")})


def gzip_head(data):
    """A gzip stream of `data` that stops at a full byte, so that more blocks can follow."""
    compressor = zlib.compressobj(QUICK_LEVEL, wbits=-zlib.MAX_WBITS)
    return GZIP_HEADER + compressor.compress(data) + compressor.flush(zlib.Z_SYNC_FLUSH)


def gzip_ending(ending, size, checksum):
    """The last block of a gzip stream, stored as it is, and its trailer (RFC 1951, 3.2.4).

    `size` and `checksum` are those of what the stream holds so far. At most 65,535 bytes.
    """
    block = struct.pack("<BHH", 1, len(ending), len(ending) ^ 0xFFFF)
    trailer = struct.pack("<LL", zlib.crc32(ending, checksum), (size + len(ending)) & 0xFFFFFFFF)
    return block + ending + trailer


def brotli_head(data, quality):
    """A Brotli stream of `data` that stops at a full byte, so that more blocks can follow."""
    compressor = brotli.Compressor(mode=brotli.MODE_TEXT, quality=quality)
    return compressor.process(data) + compressor.flush()


def brotli_ending(ending):
    """The last blocks of a Brotli stream: one not compressed, one empty (RFC 7932, 9.2).

    1 to 65,536 bytes. From the lowest bit: not the last, four nibbles of length, the length less
    one, not compressed; then zeros to the full byte.
    """
    header = (len(ending) - 1) << 3 | 1 << 19
    return header.to_bytes(3, "little") + ending + b"\x03"
