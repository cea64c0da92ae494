"""What readers get in each encoding is the page with their line in it, by decoders not our own."""

import subprocess
import zlib

import brotli
import cramjam
import pytest
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from amnesty_site.finished_page import FinishedPage, encodings, finished

# Pages as they are, and ones that compress to nothing or not at all
HEADS = st.one_of(
    st.text(max_size=400).map(str.encode),
    st.binary(max_size=5000),
    st.builds(
        lambda piece, times: piece * times, st.binary(min_size=1, max_size=9), st.integers(0, 30000)
    ),
)
ENDINGS = st.one_of(st.text(max_size=200).map(str.encode), st.binary(max_size=60_000))


def make_page(head, rest=b"</p></body></html>"):
    page = FinishedPage("200 OK", [("Content-Type", "text/html")], "en", head, rest)
    page.finish()
    return page


@given(head=HEADS, line=ENDINGS)
def test_every_encoding_decodes_to_the_page_with_the_line_in_it(head, line):
    page = make_page(head)
    wanted = head + line + page.rest

    _name, gzip = page.encode({"gzip"}, line)
    assert zlib.decompress(gzip, wbits=31) == wanted
    assert bytes(cramjam.gzip.decompress(gzip)) == wanted  # miniz, in Rust
    _name, br = page.encode({"br", "gzip"}, line)
    assert brotli.decompress(br) == wanted
    assert bytes(cramjam.brotli.decompress(br)) == wanted  # brotli-decompressor, in Rust
    assert page.encode(set(), line) == (None, wanted)


@given(head=HEADS)
def test_a_page_comes_back_from_disk_as_it_was(head):
    page = make_page(head)

    assert vars(FinishedPage.load(page.dump())) == vars(page)


@given(data=st.data())
def test_a_damaged_file_is_no_page(data):
    dumped = make_page("Хүний эрх 1961 ".encode() * 20).dump()
    place = data.draw(st.integers(0, len(dumped) - 1))
    changed = dumped[:place] + bytes([dumped[place] ^ 0x55]) + dumped[place + 1 :]

    for damaged in (dumped[:place], changed):
        with pytest.raises(ValueError, match="the page is damaged"):
            FinishedPage.load(damaged)


def test_gzips_own_program_reads_it(tmp_path):
    page = make_page("Түүх ".encode() * 9000)

    (tmp_path / "page.gz").write_bytes(page.encode({"gzip"}, b"887,767")[1])
    read = subprocess.run(["gzip", "-dc", tmp_path / "page.gz"], capture_output=True, check=True)

    assert read.stdout == "Түүх ".encode() * 9000 + b"887,767" + page.rest


@pytest.mark.parametrize(
    ("header", "allowed"),
    [
        ("gzip, deflate, br, zstd", {"gzip", "br"}),
        ("gzip", {"gzip"}),
        ("GZIP ; q=0.5 , BR;q=1.0", {"gzip", "br"}),
        ("br;q=0, gzip;q=1", {"gzip"}),
        ("br;q=0.000, gzip;q=0", set()),
        ("*", {"gzip", "br"}),
        ("*;q=0", set()),
        ("gzip;q=0, *", {"br"}),
        ("identity", set()),
        ("xgzip, brr, x-gzip", set()),
        ("", set()),
        ("gzip;q=abc", {"gzip"}),
        (",,,;;;q=,", set()),
    ],
)
def test_a_reader_gets_only_what_they_accept(header, allowed):
    assert encodings(header) == allowed


@given(st.text(max_size=60))
def test_no_header_is_too_odd_to_read(header):
    assert encodings(header) <= {"br", "gzip"}


def test_an_answer_without_a_place_for_the_line_is_no_page():
    assert finished(HttpResponse("<html></html>")) is None


def test_the_last_place_is_the_lines_whatever_somebody_wrote_before():
    marker = b"<!-- visitor line: en -->"

    page = finished(HttpResponse(b"<p>" + marker + b"</p><p>" + marker + b"</p>"))

    assert page.encode(set(), b"887,767") == (None, b"<p>" + marker + b"</p><p>887,767</p>")
