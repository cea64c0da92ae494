"""Pictures through the real admin on the real server: what it keeps, and that readers go on."""

import re
import statistics
import threading
import time

import pytest

from tests.answers import get
from tests.bucket import contents
from tests.editor_at_desk import Editor
from tests.factories import picture_bytes
from tests.pictures_corpus import CANARY, NAMES, refused, taken

MAKE = "from tests.desk import make_user; make_user('editor', name='editor')"
READ = ["/en/history/1961/", "/mn/campaigns/", "/static/icons/favicon.svg"]


@pytest.fixture
def editor(own_site, media_storage):
    own_site.environment["MEDIA_STORAGE"] = media_storage
    own_site.start()
    own_site.manage("shell", "-v0", "-c", MAKE)
    return Editor(own_site)


def stored(site):
    """What there is on the disk of the site, or in its bucket, by name."""
    if address := site.environment["MEDIA_STORAGE"]:
        return contents(address)
    media = site.data_dir / "media"
    paths = [path for path in media.rglob("*") if path.is_file()]
    return {path.relative_to(media).as_posix(): path.read_bytes() for path in paths}


def test_what_is_stored_has_no_word_of_the_camera_and_no_name_of_the_sender(own_site, editor):
    for name, data in list(taken())[::6]:
        assert (name, editor.upload(f"{CANARY.decode()}.jpg", data)) == (name, None)
    for name in NAMES:
        assert (name, editor.upload(name, picture_bytes(size=(40, 30)))) == (name, None)

    files = stored(own_site)
    assert len(files) > 200
    assert [name for name, data in files.items() if CANARY in data] == []
    ours = r"pictures/[\w-]{16}(\.jpg|-50-50/\w+-\d+x\d+\.\w+)"
    assert [name for name in files if not re.fullmatch(ours, name)] == []


def test_what_is_refused_is_told_at_the_field_and_leaves_nothing(own_site, editor):
    for name, data, word in list(refused())[::4]:
        told = editor.upload("photo.jpg", data)
        assert (name, word in (told or "")) == (name, True)

    assert stored(own_site) == {}


def test_ten_uploads_at_once_leave_the_site_answering(own_site, editor):
    large = picture_bytes(size=(4000, 3000), quality=95)
    people = [Editor(own_site) for _ in range(10)]
    told, waits = [], []
    threads = [
        threading.Thread(target=lambda one=one: told.append(one.upload("photo.jpg", large)))
        for one in people
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        for path in READ:
            start = time.monotonic()
            status = get(own_site.url + path).status
            waits.append((time.monotonic() - start, path, status))
        time.sleep(0.05)

    # Some are asked to wait and try again; nobody gets a fault, and readers notice nothing
    assert len(told) == 10
    assert None in told
    assert {sentence and "Try again in half a minute" in sentence for sentence in told} <= {
        None,
        True,
    }
    assert [wait for wait in waits if wait[2] != 200] == []
    assert statistics.median(seconds for seconds, *_ in waits) < 1
    assert max(waits)[0] < 5, max(waits)
