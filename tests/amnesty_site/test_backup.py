"""The drill: a site is saved while it is written to, and restored, all of it or nothing."""

import re
import time

import pytest

from tests.answers import get
from tests.backups import begin, run
from tests.content_world import files_of
from tests.server import make_site, new_database_url
from tests.whole_site import Folder


@pytest.fixture(scope="module")
def saved(tmp_path_factory, ready):
    """A site that runs, with everything, and the folder where its archives lie."""
    folder = tmp_path_factory.mktemp("saved")
    site = make_site(folder / "site", static_from=ready)
    site.manage("migrate", "-v0")
    run(site, "fill")
    site.start()
    yield site, folder / "archives"
    site.stop()


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """A site that has never run, without anything."""
    folder = tmp_path_factory.mktemp("other")
    return Folder(folder, new_database_url(folder))


def newest(archives):
    return str(max(archives.glob("*.tar.gz")))


def shown(site):
    """The number of the save that readers see."""
    return int(re.search(r"Save (\d+)", get(f"{site.url}/en/history/1961/").text)[1])


def comes(site, numbers):
    """Waits until readers see one of these saves."""
    until = time.monotonic() + 20
    while shown(site) not in numbers:
        assert time.monotonic() < until, f"{numbers} did not come"
        time.sleep(0.1)


def test_an_archive_made_during_saves_is_of_one_moment_and_restores_on_the_running_site(saved):
    site, archives = saved
    writer = begin(site, "write_on")
    try:
        before = int(writer.stdout.readline())
        missing = run(site, "save_slowly", archives)
    finally:
        writer.kill()
    after = int(writer.communicate()[0].split()[-1])
    comes(site, [after, after + 1])  # it may have been killed before it could say so

    site.manage("restore", "--yes", newest(archives))

    title, version, versions, pictures = run(site, "moment")
    number = int(title.removeprefix("Save "))
    assert before <= number <= after
    assert after - before >= 20
    assert (version, versions) == (title, number + 1)
    comes(site, [number])
    assert missing == []
    assert [(site.data_dir / "media" / name).exists() for name in pictures] == [True]


def test_a_site_restored_in_an_empty_place_is_the_same_to_the_last_row_and_file(saved, other):
    site, archives = saved
    told = site.manage("backup", str(archives), "--keep", "2").stdout

    other.manage("restore", newest(archives))

    here = Folder(site.data_dir, site.environment["DATABASE_URL"])
    assert other.everything() == here.everything()
    assert files_of(other.media) == files_of(here.media)
    assert re.fullmatch(r"saved: \S+\.tar\.gz \(.+KB, 10 files of pictures\)\n", told)
    assert run(other, "passing") == [0, 0]


def test_a_restore_killed_anywhere_leaves_the_old_site_or_the_new_one(saved, other):
    _site, archives = saved
    first = str(min(archives.glob("*.tar.gz")))

    as_it_was, is_new, left = run(other, "kill_restores", first)

    assert set(as_it_was) == {True}
    assert is_new
    assert left == []


def test_a_backup_that_is_killed_leaves_the_former_ones_and_is_tidied_up_by_the_next(saved, other):
    site, archives = saved

    before, then, after, name = run(site, "kill_backup", archives)

    assert then == sorted([*before, ".amnesty-mongolia-unfinished"])
    assert after == [name, f"{name}.sha256"]


def test_nothing_is_replaced_unasked(saved, other):
    _site, archives = saved
    done = other.manage("restore", newest(archives), check=False)

    assert "Nothing was restored. Without a terminal, say --yes." in done.stderr


def test_a_lost_file_is_told_and_all_else_is_saved(saved, tmp_path):
    site, _archives = saved
    (lost,) = (site.data_dir / "media" / "pictures").glob("*.jpg")
    lost.rename(tmp_path / lost.name)

    done = site.manage("backup", str(tmp_path / "archives"), check=False)

    (tmp_path / lost.name).rename(lost)
    assert done.returncode == 1
    assert f"pictures lack files: pictures/{lost.name}." in done.stderr
    assert ", 9 files of pictures)" in done.stdout
    assert len(list((tmp_path / "archives").glob("*.tar.gz"))) == 1


def test_an_archive_of_an_earlier_release_is_brought_up_to_date(saved, other, tmp_path):
    before, after = run(other, "restore_earlier", tmp_path / "archives")

    assert sorted(before) == ["0001_initial", "0003_days", "0006_day_index"]
    assert after == []
