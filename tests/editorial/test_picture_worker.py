"""What the largest pictures take, of those that are accepted and of those that are refused."""

import io
import subprocess
import sys
import time

import pytest
from PIL import Image

from editorial import picture_worker, webp
from editorial.picture_files import SECONDS
from tests.pictures_corpus import quarters, saved, taken

SQUARE = (7745, 7745)  # 60 million pixels, nearly
LONG = (16383, 3662)
WORK = """
import sys
from editorial.picture_worker import main
main("clean")
peak = next(line for line in open("/proc/self/status") if "VmHWM" in line)
print(peak.split()[1], file=sys.stderr)
"""
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="not ours: needs /proc")


def large(mode, kind, size=SQUARE, **options):
    return saved(Image.new(mode, size), kind, **options)


def work(data):
    """What the worker says of a file, the megabytes it took, and the seconds."""
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", WORK], input=data, capture_output=True, check=True)
    return done.stdout.partition(b"\n")[0], int(done.stderr) / 1024, time.monotonic() - start


LARGEST = {
    "progressive jpeg for print": lambda: large("CMYK", "JPEG", progressive=True),
    "long progressive jpeg": lambda: large("RGB", "JPEG", (60_000, 999), progressive=True),
    "png": lambda: large("RGBA", "PNG", compress_level=1),
    "webp": lambda: large("RGBA", "WEBP", quality=1, method=0),
    "long webp": lambda: large("RGB", "WEBP", LONG, lossless=True, quality=0, method=0),
    "webp that pillow reads": lambda: large("RGB", "WEBP", (5477, 5477), quality=1, method=0),
}


@linux
@pytest.mark.parametrize("kind", LARGEST)
def test_the_largest_accepted_picture_takes_less_than_600_megabytes(kind):
    told, megabytes, _seconds = work(LARGEST[kind]())

    assert (b'"width": 25' in told, megabytes < 600) == (True, True), (told, megabytes)


@linux
@pytest.mark.parametrize("cut", [2, 2000])
def test_a_cut_picture_is_refused_with_less_than_400_megabytes(cut):
    told, megabytes, seconds = work(large("CMYK", "JPEG", progressive=True)[:-cut])

    assert b'"refused": "broken"' in told
    assert (megabytes < 400, seconds < SECONDS["clean"]) == (True, True), (megabytes, seconds)


@pytest.fixture
def as_if_large(monkeypatch):
    """Has small WebP pictures read as the large ones are."""
    monkeypatch.setattr(picture_worker, "PILLOWS_WEBP", 0)
    monkeypatch.setattr(picture_worker, "LONGEST_SIDE", 32)


WEBP = {name: data for name, data in taken() if "WEBP" in name}


@pytest.mark.usefixtures("as_if_large")
@pytest.mark.parametrize("name", WEBP)
def test_a_webp_read_smaller_is_the_same_picture(monkeypatch, name):
    scaled = picture_worker.upright(read(WEBP[name]))
    monkeypatch.setattr(picture_worker, "PILLOWS_WEBP", 10**9)
    whole = picture_worker.upright(read(WEBP[name]))

    assert scaled.size == whole.size
    width, height = scaled.size
    places = [(x, y) for x in (width // 4, 3 * width // 4) for y in (height // 4, 3 * height // 4)]
    assert [scaled.getpixel(place) for place in places] == [
        pytest.approx(whole.getpixel(place), abs=3) for place in places
    ]


def read(data):
    image = Image.open(io.BytesIO(data))
    return picture_worker.read(image, data)


@pytest.mark.usefixtures("as_if_large")
def test_what_shines_through_a_webp_is_white():
    clear = saved(Image.new("RGBA", (64, 48), (0, 0, 0, 0)), "WEBP", lossless=True, exact=True)

    assert picture_worker.upright(read(clear)).getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.usefixtures("as_if_large")
def test_a_large_webp_is_refused_where_libwebp_is_not_to_be_found(monkeypatch):
    monkeypatch.setattr(webp, "find_library", lambda: None)

    with pytest.raises(picture_worker.RefusedError, match="webp"):
        list(picture_worker.clean(saved(quarters(), "WEBP")))


@pytest.mark.usefixtures("as_if_large")
def test_half_of_a_large_webp_is_refused():
    data = saved(quarters(), "WEBP", lossless=True)
    image = Image.open(io.BytesIO(data))

    with pytest.raises(OSError, match="libwebp"):
        picture_worker.read(image, data[: len(data) // 2])
