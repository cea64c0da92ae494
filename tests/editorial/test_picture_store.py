"""What is stored of pictures belongs to a row, whatever happens to the disk or the bucket."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.core.management import CommandError, call_command
from PIL import Image

from editorial import picture_files, picture_store
from editorial.pictures import Picture
from editorial.withdrawing import withdraw
from tests.bucket import address, refusing, use
from tests.desk import Desk
from tests.factories import make_event, make_picture, picture_bytes
from tests.pictures_corpus import saved
from tests.postgres import free_port
from tests.uploads import TEXTS, files, upload

pytestmark = pytest.mark.django_db

TROUBLES = {
    "unreachable": None,
    "wrong key": (403, "InvalidAccessKeyId"),
    "wrong secret": (403, "SignatureDoesNotMatch"),
    "no such bucket": (404, "NoSuchBucket"),
    "full": (507, "XMinioStorageFull"),
    "over its quota": (403, "QuotaExceeded"),
    "ill": (500, "InternalError"),
}


# Where it is the way that matters, not the reason
WORST = pytest.mark.parametrize("trouble", ["unreachable", "wrong key"], indirect=True)


@pytest.fixture(params=TROUBLES)
def trouble(request, settings):
    """Has pictures kept in a store that does nothing; call it when that shall begin."""
    if TROUBLES[request.param] is None:
        yield lambda: use(settings, address(free_port()))
    else:
        with refusing(*TROUBLES[request.param]) as somewhere:
            yield lambda: use(settings, somewhere)


def small():
    return SimpleUploadedFile("photo.jpg", picture_bytes(size=(40, 30)))


def told(answer):
    """The sentence beside the field, with what else was typed."""
    form = answer.context["adminform"].form
    return str(form.errors["file"]), form["alt_en"].value()


@pytest.mark.usefixtures("media_storage")
@pytest.mark.parametrize("room", [0, 1, 3])
@pytest.mark.parametrize("deletes", [True, False])
def test_a_full_disk_leaves_no_row_and_no_file_and_says_so(monkeypatch, room, deletes):
    save, stored = default_storage._save, []

    def until_full(name, content):
        if len(stored) == room:
            raise OSError(28, "No space left on device")
        stored.append(name)
        return save(name, content)

    def fails(name):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(storages["default"], "_save", until_full)
    if not deletes:
        monkeypatch.setattr(storages["default"], "delete", fails)
    sentence, kept = told(upload(Desk("editor"), file=small()))

    assert ("could not be stored" in sentence, kept) == (True, "A candle")
    assert (len(files()), Picture.objects.count()) == (0 if deletes else room, 0)


def test_a_store_that_takes_nothing_leaves_no_row_and_says_so(trouble):
    trouble()

    sentence, kept = told(upload(Desk("editor"), file=small()))

    assert ("could not be stored" in sentence, kept) == (True, "A candle")
    assert Picture.objects.count() == 0


@WORST
def test_another_focal_point_waits_for_the_store(trouble):
    picture = make_picture(file=small(), **TEXTS)
    trouble()

    sentence, kept = told(Desk("editor").save(picture, focal_x="10"))

    assert ("could not be stored" in sentence, kept) == (True, "A candle")
    assert Picture.objects.get().focal == (50, 50)


@WORST
def test_words_are_written_while_the_store_is_away(trouble):
    picture = make_picture(file=small(), **TEXTS)
    trouble()

    Desk("editor").save(picture, alt_en="A torch")

    assert Picture.objects.get().alt_en == "A torch"


@WORST
def test_what_is_not_gone_is_not_called_withdrawn(trouble):
    picture = make_picture(file=small(), **TEXTS)
    event, desk = make_event(picture=picture), Desk("publisher")
    trouble()

    with pytest.raises(OSError, match=r"."):
        withdraw(picture)
    one = desk.client.post(desk.address(picture, "delete"), {"post": "yes"}, follow=True)
    chosen = {"action": "delete_selected", "_selected_action": [picture.pk], "post": "yes"}
    some = desk.client.post("/en/admin/editorial/picture/", chosen, follow=True)

    for answer in (one, some):
        assert list(map(str, answer.context["messages"])) == [str(picture_store.NOT_REMOVED)]
    event.refresh_from_db()
    assert event.picture == Picture.objects.get() == picture


def test_a_picture_is_replaced_though_the_former_one_cannot_be_deleted(
    monkeypatch, django_capture_on_commit_callbacks
):
    picture = make_picture(file=small())

    def fails(name):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(storages["default"], "delete", fails)
    with django_capture_on_commit_callbacks(execute=True):
        picture.file = SimpleUploadedFile("new.jpg", picture_bytes(size=(900, 900)))
        picture.full_clean()
        picture.save()

    assert Picture.objects.get().width == 900


@pytest.mark.usefixtures("media_storage")
def test_the_command_makes_all_anew_and_deletes_what_belongs_to_nothing(monkeypatch):
    picture, changed = make_picture(file=small()), make_picture(file=small())
    make_event(picture=changed)
    Desk("editor").save(changed, focal_x="10")  # waits
    expected = files()
    default_storage.delete(next(name for name in expected if picture.folder in name))
    stray = f"pictures/{'x' * 16}"
    for name in (
        f"{stray}.jpg",
        f"{stray}-50-50/card-1x1.jpg",
        f"{picture.folder[:-5]}0-0/c-1x1.x",
    ):
        default_storage.save(name, ContentFile(b"stray"))

    call_command("make_renditions")
    assert set(files()) - set(expected) != set()  # they may still get their row
    later = picture_store.timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(picture_store.timezone, "now", lambda: later)
    call_command("make_renditions")

    assert files() == expected


@WORST
def test_the_command_says_that_the_store_is_away(trouble):
    make_picture(file=small())
    trouble()

    with pytest.raises(CommandError, match="storage does not answer"):
        call_command("make_renditions")


@pytest.mark.usefixtures("media_storage")
def test_what_a_killed_process_left_by_half_is_made_whole():
    picture = make_picture(file=small())
    whole = files()
    for name in [name for name in whole if "hero" in name]:
        default_storage.delete(name)

    picture_store.make(picture.file.name, picture.focal)

    assert files() == whole


@pytest.mark.usefixtures("media_storage")
def test_withdrawing_takes_the_picture_that_waits_to_replace_it():
    picture = make_picture(file=small(), **TEXTS)
    make_event(picture=picture)
    Desk("editor").save(picture, file=small())
    before = files()
    picture.refresh_from_db()

    withdraw(picture)

    assert (len(before) > 18, files()) == (True, [])


def large():
    """A JPEG of three megabytes, which Django writes to the disk as it comes."""
    return saved(Image.effect_noise((2000, 2000), 90).convert("RGB"), "JPEG", quality=98)


def test_a_large_upload_has_no_name_while_it_is_looked_at(monkeypatch, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    seen = []

    def look(file):
        seen.append((len(file.read()) > 2_621_440, list(tmp_path.iterdir())))
        raise ValidationError("Looked at.")

    monkeypatch.setattr(picture_files, "clean", look)
    upload(Desk("editor"), data=large())

    assert seen == [(True, [])]


@pytest.mark.parametrize("method", ["__init__", "write", "seek"])
def test_an_upload_for_which_there_is_no_room_is_told_at_its_field(monkeypatch, method):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(TemporaryUploadedFile, method, full, raising=False)

    sentence, kept = told(upload(Desk("editor"), data=large()))

    assert (sentence.count("<li>"), "could not be stored" in sentence, kept) == (
        1,
        True,
        "A candle",
    )
    assert (files(), Picture.objects.count()) == ([], 0)


def test_an_empty_file_is_told_once():
    sentence, _kept = told(upload(Desk("editor"), data=b""))

    assert (sentence.count("<li>"), "This file is empty" in sentence) == (1, True)
