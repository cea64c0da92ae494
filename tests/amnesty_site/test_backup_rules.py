"""What a backup takes and what it leaves out, which archives stay, and which are not restored."""

import re

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from amnesty_site.backups import pictures, postgresql, restoring, saving
from amnesty_site.backups.errors import BackupError
from amnesty_site.content.pictures import read
from tests.content_world import files_of, make_small_picture


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
