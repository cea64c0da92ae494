"""Pictures sent by somebody at the desk, and the files that are there then."""

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import picture_bytes

TEXTS = {"alt_en": "A candle", "alt_mn": "Лаа", "credit_en": "Photo: B. Bat"}


def files():
    """All files there are in the media folder or the bucket, as paths."""
    found, folders = [], [""]
    while folders:
        folder = folders.pop()
        try:
            inner, names = default_storage.listdir(folder)
        except FileNotFoundError:
            continue
        folders += [f"{folder}/{name}".strip("/") for name in inner]
        found += [f"{folder}/{name}" for name in names]
    return sorted(found)


def upload(desk, name="photo.jpg", data=None, button="_save", **given):
    file = SimpleUploadedFile(name, picture_bytes() if data is None else data)
    fields = {"file": file, "focal_x": "50", "focal_y": "50", **TEXTS, **given, button: "1"}
    return desk.client.post("/en/admin/editorial/picture/add/", fields)
