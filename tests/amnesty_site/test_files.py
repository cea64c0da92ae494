"""Static files and pictures: small, kept by browsers for ever, and sent in parts on demand."""

import re

import pytest

from tests.answers import get


@pytest.fixture(scope="module")
def style(site):
    """The address of the style sheet."""
    page = get(f"{site.url}/en/").text
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
        get(style, {"Accept-Encoding": way}) for way in ("", "gzip", "gzip, br")
    )

    ways = [answer.headers["Content-Encoding"] for answer in (plain, packed, small)]
    assert ways == [None, "gzip", "br"]
    assert len(small.body) < len(packed.body) < len(plain.body) / 3
    assert small.text == packed.text == plain.text


@pytest.mark.parametrize(("file", "seconds"), [("style", 315360000), ("picture", 31536000)])
def test_what_is_static_is_kept_for_ever_and_sent_in_parts(request, file, seconds):
    url = request.getfixturevalue(file)
    whole = get(url)
    part, end, beyond = (
        get(url, {"Range": f"bytes={asked}"}) for asked in ("100-199", "-50", "9999999-")
    )
    known = get(url, {"If-None-Match": whole.headers["ETag"]})
    since = get(url, {"If-Modified-Since": whole.headers["Last-Modified"]})

    assert whole.status == 200
    assert whole.headers["Cache-Control"] == f"max-age={seconds}, public, immutable"
    assert (part.status, part.body) == (206, whole.body[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole.body)}"
    assert (end.status, end.body) == (206, whole.body[-50:])
    assert (beyond.status, known.status, since.status) == (416, 304, 304)
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Set-Cookie"] is None


OTHERS = ["nothing.jpg", "pictures/", "../site.sqlite3", "..%2fsecret_key", "/etc/passwd", "a%20b"]


@pytest.mark.parametrize("path", OTHERS)
def test_no_other_file_is_given_away(site, path):
    assert get(f"{site.url}/media/{path}").status == 404
