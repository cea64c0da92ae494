import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories import make_campaign

pytestmark = pytest.mark.django_db

DESCRIBED = {"picture_alt_en": "A candle", "picture_credit_en": "Photo: B. Bat"}


def picture_bytes(kind="JPEG", size=(40, 30), **options):
    buffer = io.BytesIO()
    Image.new("RGB", size, "yellow").save(buffer, kind, **options)
    return buffer.getvalue()


def campaign_with(data, name="photo.jpg", **described):
    return make_campaign(picture=SimpleUploadedFile(name, data), **(described or DESCRIBED))


def stored_bytes(campaign):
    with campaign.picture.open() as file:
        return file.read()


def stored_size(campaign):
    return Image.open(io.BytesIO(stored_bytes(campaign))).size


def test_only_the_pixels_of_an_upload_are_kept():
    exif = Image.Exif()
    exif[0x010E] = "CANARY"
    data = picture_bytes(exif=exif.tobytes()) + b"CANARY"

    campaign = campaign_with(data)

    assert b"CANARY" in data
    assert b"CANARY" not in stored_bytes(campaign)
    assert stored_size(campaign) == (40, 30)


def test_a_stored_picture_has_a_name_of_ours():
    campaign = campaign_with(picture_bytes(), name="Бат-Эрдэнэ.jpg")

    assert campaign.picture.name.startswith("pictures/")
    assert "Бат" not in campaign.picture.name


def test_the_orientation_of_a_phone_is_applied():
    exif = Image.Exif()
    exif[0x0112] = 6

    campaign = campaign_with(picture_bytes(exif=exif.tobytes()))

    assert stored_size(campaign) == (30, 40)


def test_a_large_picture_is_made_smaller():
    campaign = campaign_with(picture_bytes(size=(5000, 1000)))

    assert stored_size(campaign) == (2560, 512)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>not a picture</html>",
        picture_bytes()[:200],
        picture_bytes("GIF"),
        picture_bytes("TIFF"),
    ],
    ids=["empty", "html", "half", "gif", "tiff"],
)
def test_what_is_no_whole_picture_is_refused_at_its_field(data):
    with pytest.raises(ValidationError) as refusal:
        campaign_with(data)

    assert list(refusal.value.message_dict) == ["picture"]


def test_a_picture_needs_its_description_and_its_credit():
    with pytest.raises(ValidationError, match="description and its credit"):
        campaign_with(picture_bytes(), picture_alt_en="A candle")
