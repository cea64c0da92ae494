"""Pictures in a bucket are shown by the site itself, as those on its disk are."""

import signal
import threading
import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from amnesty_site import environment
from amnesty_site.bucket import READERS
from tests.bucket import address, refusing, use
from tests.postgres import free_port

NAME = "pictures/a1b2c3.jpg"
CONTENT = bytes(range(256)) * 40


@pytest.fixture
def kept(media_storage):
    default_storage.save(NAME, ContentFile(CONTENT))
    return f"/media/{NAME}"


def ask(url, **headers):
    """Status, the headers that matter, and the bytes of an answer."""
    answer = Client().get(url, headers=headers)
    return answer.status_code, answer.headers, answer.getvalue()


def test_a_picture_is_sent_whole_in_part_or_not_at_all(kept):
    status, headers, body = ask(kept)
    assert (status, body) == (200, CONTENT)
    assert {
        name: headers[name] for name in ("Content-Type", "Content-Length", "Cache-Control")
    } == {
        "Content-Type": "image/jpeg",
        "Content-Length": str(len(CONTENT)),
        "Cache-Control": "max-age=31536000, public, immutable",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"

    part, end, beyond = (ask(kept, range=f"bytes={r}") for r in ("100-199", "-50", "9999999-"))
    assert (part[0], part[1]["Content-Range"], part[2]) == (
        206,
        f"bytes 100-199/{len(CONTENT)}",
        CONTENT[100:200],
    )
    assert (end[0], end[2], beyond[0]) == (206, CONTENT[-50:], 416)
    assert ask(kept, if_none_match=headers["ETag"])[::2] == (304, b"")
    assert ask(kept, if_modified_since=headers["Last-Modified"])[::2] == (304, b"")


ODD = [{"range": "bytes=a-b"}, {"range": "é"}, {"if_none_match": '"é"'}, {"range": "bytes=0-1,4-5"}]


@pytest.mark.parametrize("headers", ODD)
def test_what_nobody_understands_gets_the_whole(kept, headers):
    assert ask(kept, **headers)[::2] == (200, CONTENT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["pictures/none.jpg", "backup.sql", "pictures/../backup.sql", "pictures/", "a/b/c.jpg"]
)
def test_nothing_else_of_a_bucket_is_given_away(kept, path):
    default_storage.save("backup.sql", ContentFile(b"secret"))

    assert Client().get(f"/media/{path}").status_code == 404


def test_its_addresses_are_the_sites_own(kept):
    assert default_storage.url("pictures/a b.jpg") == "/media/pictures/a%20b.jpg"


@pytest.mark.parametrize("trouble", [(403, "AccessDenied"), (404, "NoSuchBucket"), (500, "Error")])
def test_a_store_that_refuses_answers_503_and_the_log_says_why_once(settings, caplog, trouble):
    with refusing(*trouble) as somewhere:
        use(settings, somewhere)
        status, headers, body = [ask(f"/media/{NAME}") for _ in range(3)][-1]

    assert (status, headers["Cache-Control"], headers["Retry-After"]) == (503, "no-store", "60")
    assert "out of reach" in body.decode()
    told = [record.getMessage() for record in caplog.records if record.name.endswith("_site")]
    assert [trouble[1] in text for text in told] == [True]


def test_a_store_that_is_not_there_answers_503_at_once(settings):
    use(settings, address(free_port()))
    start = time.monotonic()

    assert ask(f"/media/{NAME}")[0] == 503
    assert time.monotonic() - start < 2


def hold():
    """As many threads as may wait for the store, waiting."""
    held = [threading.Thread(target=ask, args=[f"/media/{NAME}"]) for _ in range(READERS)]
    for thread in held:
        thread.start()
    time.sleep(0.3)
    return held


def test_a_store_that_hangs_holds_two_threads_and_no_more(settings, store):
    use(settings, store.new_bucket())
    default_storage.save(NAME, ContentFile(CONTENT))
    store.signal(signal.SIGSTOP)
    try:
        held = hold()
        start = time.monotonic()
        assert ask(f"/media/{NAME}")[0] == 503  # it may only be busy
        assert time.monotonic() - start < 2
        for thread in held:
            thread.join()
        assert time.monotonic() - start < 10

        held = hold()
        start = time.monotonic()
        assert [ask(f"/media/{NAME}")[0] for _ in range(20)] == [503] * 20
        assert time.monotonic() - start < 2
    finally:
        store.signal(signal.SIGCONT)
    for thread in held:
        thread.join()
    assert ask(f"/media/{NAME}")[0] == 200


def test_a_start_without_the_packages_says_how_to_get_them(monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match="script/bootstrap requirements"):
        environment.make_media_storage("s3://key:secret@store.example/pictures?region=eu-1")


def test_all_parts_of_the_setting_are_taken():
    told = environment.make_media_storage(
        "s3://k:s%2F+a:b@store.example:9000/our.pictures?region=eu"
    )

    assert told["OPTIONS"] == {
        "access_key": "k",
        "secret_key": "s/+a:b",
        "endpoint_url": "https://store.example:9000",
        "bucket_name": "our.pictures",
        "region_name": "eu",
    }
