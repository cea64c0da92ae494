"""A full disk on the real server: people are told, nothing is there by half, readers read on, and
it needs no restart when there is room again."""

import subprocess
from contextlib import suppress

import pytest

from tests.amnesty_site.test_kills import tell
from tests.amnesty_site.test_uploads import MAKE, stored
from tests.answers import get
from tests.factories import picture_bytes
from tests.server import make_site
from tests.typist import ADD_EVENT, Typist

pytestmark = pytest.mark.sqlite

STORED, NOT_STORED = "/mn/history/", "/mn/history/1977/"
# Of the page in Mongolian
WORDS = "Таны бичсэн зүйл хөтчид тань хэвээр байгаа"
ADD_IN_MONGOLIAN = ADD_EVENT.replace("/en/", "/mn/")


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory):
    """A folder with a disk of its own."""
    folder = tmp_path_factory.mktemp("disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("not ours: this machine lets nobody mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture(scope="module")
def site(small_disk, ready):
    site = make_site(small_disk / "site", like=ready)
    site.environment["MEDIA_STORAGE"] = ""
    try:
        site.start()
        site.manage("shell", "-v0", "-c", MAKE)
        yield site
    finally:
        site.stop()


class Filling:
    """A file that takes all the room there is, until it is removed."""

    def __init__(self, path):
        self.path = path
        with suppress(OSError), path.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))

    def remove(self):
        self.path.unlink(missing_ok=True)


def test_a_full_disk_is_told_and_passes_without_a_restart(site, small_disk):
    typist = Typist(site)
    page = get(site.url + STORED).text.split('class="visitor"')[0]
    filling = Filling(small_disk / "filling")

    told = typist.upload("photo.jpg", picture_bytes())
    saves = {n: typist.send_event(f"Saved {n}", path=ADD_IN_MONGOLIAN) for n in range(10)}
    read = [get(site.url + path) for path in [STORED, NOT_STORED]]

    assert "the disk is full" in told
    assert stored(site) == {}
    refused = {text for status, text in saves.values() if status != 302}
    assert {status for status, _text in saves.values()} - {302} == {503}
    assert all(WORDS in text for text in refused)
    assert [answer.status for answer in read] == [200, 200]
    assert read[0].text.split('class="visitor"')[0] == page

    filling.remove()
    assert typist.save("Saved when there was room") == 302
    assert typist.upload("photo.jpg", picture_bytes()) is None
    acknowledged = {f"Saved {n}" for n, (status, _text) in saves.items() if status == 302}
    there = tell(site)
    assert there.keys() == acknowledged | {"Saved when there was room"}
    assert all(event["versions"] == [True] for event in there.values())
