"""Archives as files: whatever is not whole or not ours is refused."""

import gzip
import io
import json
import tarfile

import pytest

from amnesty_site.backups import archive
from amnesty_site.backups.errors import BackupError
from tests.content_world import files_of

ABOUT = {"made_at": "2026-11-30T10:00:00+00:00", "engine": "sqlite", "migrations": []}
MEMBERS = {"media/pictures/a.jpg": b"\xff\xd8" * 5000, "database.sqlite3": bytes(range(256)) * 90}


@pytest.fixture
def path(tmp_path):
    """A small archive, whole."""
    path = tmp_path / "archive.tar.gz"
    with archive.Writer(path) as writer:
        for name, data in MEMBERS.items():
            writer.add(name, io.BytesIO(data), len(data))
        writer.finish(ABOUT)
    return path


@pytest.fixture
def unpack(tmp_path):
    """Unpacks an archive into a folder of its own: the manifest, and bytes by name."""

    def unpack(path, folder=tmp_path / "unpacked"):
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        manifest, members = archive.unpack(path, folder)
        return manifest, {name: member.read_bytes() for name, member in members.items()}

    return unpack


def pack(path, given, kind=tarfile.REGTYPE, **said):
    """Writes an archive by hand: bytes by name, and a manifest that fits but in what is `said`."""
    with tarfile.open(path, "w:gz") as tar:
        listed = {}
        for name, data in given.items():
            member = tarfile.TarInfo(name)
            member.type, member.size = kind, len(data) if kind == tarfile.REGTYPE else 0
            member.linkname = "/etc/passwd"
            tar.addfile(member, io.BytesIO(data))
            listed[name] = {"size": len(data), "sha256": archive.hashlib.sha256(data).hexdigest()}
        manifest = {"project": archive.PROJECT, **ABOUT, "members": listed, **said}
        data = json.dumps(manifest).encode()
        member = tarfile.TarInfo(archive.MANIFEST)
        member.size = len(data)
        tar.addfile(member, io.BytesIO(data))
    return path


def test_an_archive_gives_back_what_it_was_given_and_is_its_owners_alone(path, unpack):
    manifest, members = unpack(path)

    assert members == MEMBERS
    assert {name: manifest[name] for name in ABOUT} == ABOUT
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_archive_with_one_bit_flipped_anywhere_is_refused(path, unpack):
    whole = path.read_bytes()
    taken = []
    begins = whole.index(b"\0", 10) + 1  # before lie the time and the name that gzip notes
    for place in range(begins, len(whole), 3):
        for_one = bytearray(whole)
        for_one[place] ^= 1 << place % 8
        path.write_bytes(for_one)
        try:
            taken.append(unpack(path)[1])
        except BackupError:
            continue
    assert [members for members in taken if members != MEMBERS] == []
    assert len(taken) < 9  # bits that mean nothing: it unpacks to the very same


def test_an_archive_that_ends_too_early_is_refused(path, unpack):
    whole = path.read_bytes()
    for end in {0, 1, 20, len(whole) // 2, len(whole) - 9, len(whole) - 1}:
        path.write_bytes(whole[:end])
        with pytest.raises(BackupError, match="is damaged, or no backup"):
            unpack(path)


def test_an_archive_that_is_not_what_its_checksum_tells_is_refused(path, unpack):
    archive.checksum_path(path).write_text(f"{archive.checksum(path)}  {path.name}\n")
    assert unpack(path)[1] == MEMBERS

    path.write_bytes(path.read_bytes() + b"\0")

    with pytest.raises(BackupError, match=r"not the file that archive\.tar\.gz\.sha256 tells of"):
        unpack(path)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
)
def test_a_member_that_is_no_file_is_refused(tmp_path, unpack, kind):
    with pytest.raises(BackupError, match="no backup has 'media/x' as this one"):
        unpack(pack(tmp_path / "hostile", {"media/x": b""}, kind))


@pytest.mark.parametrize(
    "name", ["/tmp/evil", "../evil", "media/../../evil", "media/pictures/..\\"]
)
def test_no_name_in_an_archive_is_a_path_on_the_disk(tmp_path, unpack, name):
    pack(tmp_path / "hostile", {name: b"evil"})

    assert unpack(tmp_path / "hostile")[1] == {name: b"evil"}
    assert list(files_of(tmp_path)) == ["hostile", "unpacked/member-1", "unpacked/member-2"]


def test_an_archive_that_unpacks_to_a_flood_is_refused(tmp_path, unpack, monkeypatch):
    monkeypatch.setattr(archive, "AT_LEAST", 1_000_000)
    with gzip.open(tmp_path / "bomb", "wb", compresslevel=9) as file:
        member = tarfile.TarInfo("media/bomb")
        member.size = 300_000_000
        file.write(member.tobuf())
        for _ in range(30):
            file.write(bytes(1_000_000))

    with pytest.raises(BackupError, match="unpacks to far more than a backup does"):
        unpack(tmp_path / "bomb")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"project": "another"}, "another program wrote it"),
        ({"members": {}}, "not what its manifest says"),
        ({"members": {"media/x": {"size": 1, "sha256": ""}}}, "not what its manifest says"),
    ],
)
def test_an_archive_whose_manifest_does_not_fit_is_refused(tmp_path, unpack, said, message):
    with pytest.raises(BackupError, match=message):
        unpack(pack(tmp_path / "foreign", {"media/x": b"x"}, **said))


def test_what_is_no_archive_at_all_is_refused(tmp_path, unpack):
    for data in (b"", b"PK\3\4", gzip.compress(b""), gzip.compress(b"x" * 2000)):
        (tmp_path / "other").write_bytes(data)
        with pytest.raises(BackupError, match="is damaged, or no backup"):
            unpack(tmp_path / "other")
