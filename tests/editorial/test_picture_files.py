"""What is uploaded becomes a picture of pixels alone, or is refused with a sentence."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from editorial import picture_files
from editorial.picture_files import Cleaned, clean, renditions
from tests.factories import make_picture, picture_bytes
from tests.pictures_corpus import CANARY, CORNERS, NAMES, SIZE, refused, taken

TAKEN = dict(taken())
REFUSED = {name: (data, word) for name, data, word in refused()}
MARKERS = [b"Exif", b"ICC_PROFILE", b"Photoshop", b"http://ns.adobe", b"JFXX", b"<?xpacket"]


@pytest.fixture(autouse=True)
def one_process_for_all(monkeypatch):
    """The same work without a new process for each of a hundred files; others test that."""
    from editorial import picture_worker

    def run(job, data, *numbers):
        work = picture_worker.JOBS[job]
        try:
            return list(work(data, *map(float, numbers)))
        except picture_worker.RefusedError as refusal:
            raise ValidationError(picture_files.SENTENCES[str(refusal)]) from refusal

    monkeypatch.setattr(picture_files, "run", run)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)


def upload(data, name="photo.jpg"):
    return SimpleUploadedFile(name, data)


def test_the_corpus_is_large_enough():
    assert len(TAKEN) + len(REFUSED) + len(NAMES) >= 120


@pytest.mark.parametrize("name", TAKEN)
def test_only_upright_pixels_in_their_colours_are_kept(name):
    cleaned = clean(upload(TAKEN[name]))

    image = Image.open(io.BytesIO(cleaned.data))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", SIZE)
    assert Cleaned(cleaned.data, *image.size) == cleaned
    assert [mark for mark in [CANARY, *MARKERS] if mark in cleaned.data] == []
    places = [
        (x, y) for y in (SIZE[1] // 4, 3 * SIZE[1] // 4) for x in (SIZE[0] // 4, 3 * SIZE[0] // 4)
    ]
    far = [
        (place, image.getpixel(place), colour)
        for place, colour in zip(places, CORNERS, strict=True)
        if max(abs(a - b) for a, b in zip(image.getpixel(place), colour, strict=True)) > 40
    ]
    assert far == []


@pytest.mark.parametrize("name", TAKEN)
def test_what_has_been_cleaned_is_not_encoded_again(name):
    once = picture_files.clean_once(TAKEN[name]).data

    assert [mark for mark in [CANARY, *MARKERS] if mark in once] == []
    assert picture_files.clean_once(once).data == once
    cleaned = clean(upload(TAKEN[name])).data
    assert picture_files.clean_once(cleaned).data == cleaned


@pytest.mark.parametrize("name", REFUSED)
def test_anything_else_is_refused_with_what_to_do(name):
    data, word = REFUSED[name]

    with pytest.raises(ValidationError) as refusal:
        clean(upload(data))

    assert word in " ".join(refusal.value.messages)


def test_more_than_twenty_megabytes_are_refused_unread():
    file = upload(b"")
    file.size = 20 * 1024 * 1024 + 1

    with pytest.raises(ValidationError, match="larger than 20 MB"):
        clean(file)


def test_sixteen_bits_of_grey_and_a_see_through_picture_become_what_eyes_see():
    grey = io.BytesIO()
    Image.new("I;16", (40, 30), 32768).save(grey, "PNG")
    clear = picture_bytes("PNG", (40, 30))
    half = Image.new("LA", (40, 30), (0, 0))
    buffer = io.BytesIO()
    half.save(buffer, "PNG")

    pixels = [
        Image.open(io.BytesIO(clean(upload(data)).data)).getpixel((20, 15))
        for data in (grey.getvalue(), clear, buffer.getvalue())
    ]

    assert pixels[0] == pytest.approx((128, 128, 128), abs=2)
    assert pixels[2] == pytest.approx((255, 255, 255), abs=2)


def test_a_large_picture_is_made_smaller():
    cleaned = clean(upload(picture_bytes(size=(5200, 1000))))

    assert (cleaned.width, cleaned.height) == (2560, pytest.approx(492, abs=1))


def test_renditions_are_cut_around_the_focal_point_and_never_enlarged():
    image = Image.new("RGB", (1200, 400), "black")
    image.paste("white", (0, 0, 300, 400))
    data = io.BytesIO()
    image.save(data, "JPEG", quality=95)

    made = renditions(data.getvalue(), (0, 0.5))

    sizes = sorted({(r.slot, r.width, r.height) for r in made})
    assert sizes == [
        ("card", 400, 300),
        ("column", 480, 160),
        ("column", 960, 320),
        ("hero", 600, 400),
    ]
    card = next(r for r in made if (r.slot, r.suffix) == ("card", "jpg"))
    pixel = Image.open(io.BytesIO(card.data)).getpixel((10, 150))
    assert pixel == pytest.approx((255, 255, 255), abs=4)
    kinds = [Image.open(io.BytesIO(r.data)).format for r in made if r.slot == "hero"]
    assert kinds == ["AVIF", "WEBP", "JPEG"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_an_upload_reaches_the_storage(name):
    file = upload(picture_bytes(size=(40, 30)))
    file._name = name

    picture = make_picture(file=file)

    assert picture.file.name.startswith("pictures/")
    assert len(picture.file.name) == len("pictures/.jpg") + 16
