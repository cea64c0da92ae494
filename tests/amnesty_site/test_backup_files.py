"""Archives as files: what is refused of them, and which of them are deleted. No database."""

import gzip
import io
import json
import re
import tarfile

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from amnesty_site.backups import archive, pictures, postgresql, restoring, saving
from amnesty_site.backups.errors import BackupError
from amnesty_site.content.pictures import read
from tests.content_world import files_of, make_small_picture

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


def test_the_newest_archives_stay_and_no_other_file_is_touched(tmp_path, settings):
    settings.SECTION = "mongolia"
    days = [f"amnesty-mongolia-202611{day:02}-030000.tar.gz" for day in range(1, 6)]
    others = [
        "amnesty-mongolia-20261101-030000-kept.tar.gz",
        "amnesty-nepal-20261101-030000.tar.gz",
    ]
    for name in [*days, *others]:
        (tmp_path / name).touch()
        (tmp_path / f"{name}.sha256").touch()

    saving.rotate(tmp_path, 2, new=tmp_path / days[0])  # made while the clock was wrong

    stay = sorted([days[0], days[-1], *others])
    assert list(files_of(tmp_path)) == sorted([*stay, *(f"{name}.sha256" for name in stay)])


def test_no_secret_is_in_what_an_archive_tells_of_the_settings():
    told = saving.harmless_settings(
        {
            "SECRET_KEY": "geheim",
            "DATABASE_URL": "postgres://site:geheim@db.example:5432/site?sslpassword=geheim",
            "MEDIA_STORAGE": "s3://key:geheim@store.example/bucket?region=x",
            "SEARCH_URL": "https://user:geheim@search.example/texts",
            "REDIS_URL": "redis://:geheim@cache.example:6379/1",
            "EMAIL_URL": "smtps://user:geheim@mail.example",
            "ERRORS_TO": "geheim@amnesty.example",
            "ALLOWED_HOSTS": "amnesty.example",
            "PGPASSWORD": "geheim",
        }
    )

    assert told == {
        "ALLOWED_HOSTS": "amnesty.example",
        "DATABASE_URL": "postgres://db.example:5432/site",
        "MEDIA_STORAGE": "s3://store.example/bucket",
        "SEARCH_URL": "https://search.example/texts",
        "REDIS_URL": "redis://cache.example:6379/1",
        "EMAIL_URL": "smtps://mail.example",
    }


def test_every_setting_of_the_readme_is_told_but_the_key_and_whom_errors_are_mailed_to():
    readme = (settings.BASE_DIR / "README.md").read_text()
    table = readme.partition("| name | what it sets")[2].partition("\n\n")[0]
    names = re.findall(r"`([A-Z_]+)`", "".join(re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)))

    assert set(names) - {"SECRET_KEY", "ERRORS_TO"} == {*saving.HARMLESS, *saving.ADDRESSES}


def test_an_archive_is_not_written_where_readers_get_it(tmp_path, settings):
    with pytest.raises(BackupError, match="is open to all readers"):
        saving.save(settings.MEDIA_ROOT / "archives", 1)
    assert not (settings.MEDIA_ROOT / "archives").exists()


def test_two_backups_are_not_written_into_a_folder_at_once(tmp_path):
    with saving.alone_in(tmp_path) as unfinished:
        with (
            pytest.raises(BackupError, match="Another backup is just being written"),
            saving.alone_in(tmp_path),
        ):
            pass
        assert unfinished.is_dir()


def manifest(engine=connection.vendor, migrations=("timeline.0001_initial",)):
    return {"engine": engine, "migrations": list(migrations)}


def test_an_archive_of_a_newer_release_is_refused():
    with pytest.raises(
        BackupError, match=r"newer release .* \(timeline\.0999_later is unknown here"
    ):
        restoring.check(manifest(migrations=["timeline.0001_initial", "timeline.0999_later"]), [])


def test_an_archive_of_another_database_is_refused_with_the_way_to_go():
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]

    with pytest.raises(BackupError, match=f"has a database of {other} .* move_database"):
        restoring.check(manifest(other), [])


def test_an_archive_without_a_database_is_refused():
    with pytest.raises(BackupError, match="has no database"):
        restoring.check(manifest(), ["settings.json"])


@pytest.mark.parametrize("name", ["../evil.jpg", "/tmp/evil.jpg", "pictures/../../evil.jpg"])
def test_no_file_of_an_archive_is_put_outside_the_pictures(tmp_path, settings, name):
    (tmp_path / "member").write_bytes(b"evil")

    with pytest.raises(BackupError, match="has a file where none can be"):
        pictures.put(name, tmp_path / "member")
    assert list(files_of(tmp_path)) == ["member"]


@pytest.mark.django_db
def test_the_files_of_pictures_go_and_come_back_on_the_disk_and_in_a_bucket(
    media_storage, tmp_path
):
    make_small_picture()
    names, lacking = pictures.in_storage(*pictures.in_database())
    before = {name: read(name) for name in names}
    for name in names:
        default_storage.delete(name)
    assert pictures.in_storage(*pictures.in_database())[1] == pictures.in_database()[1]

    for name, data in before.items():
        (tmp_path / "member").write_bytes(data)
        pictures.put(name, tmp_path / "member")

    assert (len(names), lacking) == (10, set())
    assert pictures.in_storage(*pictures.in_database()) == (names, set())
    assert {name: read(name) for name in names} == before


def make_program(root, version, name="pg_dump"):
    path = root / "usr/lib/postgresql" / str(version) / "bin" / name
    path.parent.mkdir(parents=True)
    path.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}.4 (Debian {version}.4-1)'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def server(monkeypatch):
    """A server of version 16; no program of PostgreSQL is in the PATH."""
    monkeypatch.setattr(postgresql, "connection", type("Connection", (), {"pg_version": 160004}))
    monkeypatch.setattr(postgresql.shutil, "which", lambda name: None)


def test_the_program_of_the_servers_version_is_taken_or_the_next_newer(server, tmp_path):
    paths = [make_program(tmp_path, version) for version in (15, 18, 17)]
    assert postgresql.find_program("pg_dump", tmp_path) == paths[2]

    same = make_program(tmp_path, 16)
    assert postgresql.find_program("pg_dump", tmp_path) == same


def test_a_missing_or_older_program_is_named_with_the_way_to_get_it(server, tmp_path):
    with pytest.raises(BackupError, match=r"16 or newer; none was found\. On Debian: apt-get"):
        postgresql.find_program("pg_dump", tmp_path)

    make_program(tmp_path, 15)
    with pytest.raises(BackupError, match=r"16 or newer; only that of 15 was found\."):
        postgresql.find_program("pg_dump", tmp_path)
