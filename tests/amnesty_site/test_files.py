"""Static files and pictures: small, kept by browsers for ever, and sent in parts on demand."""

import re
import urllib.error
import urllib.request

import brotli
import pytest

FOR_EVER = re.compile(r"max-age=(\d+), public, immutable")


def ask(url, **headers):
    try:
        answer = urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read()


@pytest.fixture(scope="module")
def style(site):
    """The address of the style sheet."""
    page = ask(f"{site.url}/en/")[2].decode()
    return site.url + re.search(r'rel="stylesheet" href="([^"]+)"', page)[1]


@pytest.fixture(scope="module")
def picture(site):
    """The address of an uploaded picture: bytes of which every one differs from the next."""
    folder = site.data_dir / "media" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a1b2c3.jpg").write_bytes(bytes(range(256)) * 40)
    return f"{site.url}/media/pictures/a1b2c3.jpg"


def test_styles_are_compressed_beforehand(style):
    plain, packed, small = (
        ask(style),
        ask(style, **{"Accept-Encoding": "gzip"}),
        ask(style, **{"Accept-Encoding": "gzip, br"}),
    )

    assert [headers["Content-Encoding"] for _status, headers, _body in (plain, packed, small)] == [
        None,
        "gzip",
        "br",
    ]
    assert len(small[2]) < len(packed[2]) < len(plain[2]) / 3
    assert brotli.decompress(small[2]) == plain[2]


@pytest.mark.parametrize("file", ["style", "picture"])
def test_what_is_static_is_kept_for_ever_and_sent_in_parts(request, file):
    url = request.getfixturevalue(file)
    status, headers, body = ask(url)
    part = ask(url, Range="bytes=100-199")
    end = ask(url, Range="bytes=-50")
    beyond = ask(url, Range="bytes=9999999-")
    known = ask(url, **{"If-None-Match": headers["ETag"]})
    since = ask(url, **{"If-Modified-Since": headers["Last-Modified"]})

    assert (status, int(FOR_EVER.fullmatch(headers["Cache-Control"])[1]) >= 31536000) == (200, True)
    assert (part[0], part[2]) == (206, body[100:200])
    assert part[1]["Content-Range"] == f"bytes 100-199/{len(body)}"
    assert (end[0], end[2]) == (206, body[-50:])
    assert (beyond[0], known[0], since[0]) == (416, 304, 304)
    assert (headers["X-Content-Type-Options"], headers["Set-Cookie"]) == ("nosniff", None)


@pytest.mark.parametrize(
    "path",
    ["nothing.jpg", "pictures/", "../site.sqlite3", "..%2fsecret_key", "/etc/passwd", "a%00b"],
)
def test_no_other_file_is_given_away(site, path):
    assert ask(f"{site.url}/media/{path}")[0] == 404
