"""Everything out and in again: a dump tells all that a site is, and nobody's name."""

import re
import shutil

import pytest
from django.conf import settings as site_settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import TestCase

from amnesty_site.content import dumping
from campaigns.models import Campaign
from editorial import drafts
from editorial.drafts import Draft
from editorial.entries import subjects
from editorial.history import Version
from tests.content_world import (
    empty,
    files_of,
    generation,
    make_small_picture,
    make_world,
    pages,
)
from tests.desk import make_user, states
from tests.factories import make_decade, make_event, make_picture
from tests.pictures_corpus import CANARY, SIZE, taken
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db

TAKEN = dict(taken())


@pytest.fixture
def dump(tmp_path):
    def dump(name="dump"):
        call_command("dump_content", str(tmp_path / name), verbosity=0)
        return files_of(tmp_path / name)

    return dump


@pytest.fixture
def load(tmp_path, capsys):
    def load(name="dump"):
        capsys.readouterr()
        with TestCase.captureOnCommitCallbacks(execute=True):
            call_command("load_content", str(tmp_path / name))
        return capsys.readouterr().out

    return load


@pytest.fixture
def world():
    make_world(make_user("editor", name="sarangerel"))


def test_a_dump_loaded_into_an_empty_database_makes_equal_pages_files_and_dumps(
    world, dump, load, settings
):
    first, before, stored = dump(), pages(), files_of(settings.MEDIA_ROOT)

    empty()
    settings.MEDIA_ROOT = settings.MEDIA_ROOT.with_name("other")
    load()

    assert pages() == before
    assert dump("again") == first
    assert files_of(settings.MEDIA_ROOT) == stored


def test_no_name_of_a_person_who_works_here_is_in_a_dump(world, dump):
    assert [name for name, data in dump().items() if b"sarangerel" in data] == []


def test_every_subject_is_dumped():
    assert set(dumping.ENTRIES) == set(subjects())


def test_loading_a_dump_of_the_same_site_changes_nothing(world, dump, load):
    dump()
    before = generation(), Version.objects.count(), Draft.objects.count()

    told = load()

    assert (generation(), Version.objects.count(), Draft.objects.count()) == before
    assert [line.partition(":")[0] for line in told.splitlines()] == ["as before"]


def test_a_file_edited_by_hand_changes_just_its_entry_with_history(world, dump, load, tmp_path):
    dump()
    last = Version.objects.latest("pk").pk
    path = tmp_path / "dump" / "campaigns" / "ant.yaml"
    path.write_text(path.read_text().replace("title:\n  en: ", "title:\n  en: Our "))

    assert "changed: 1 campaigns\n" in load()
    (version,) = Version.objects.filter(pk__gt=last)
    assert (version.entry.slug, version.note, version.user) == ("ant", "load_content", None)
    assert version.values["title_en"].startswith("Our Campaign")
    assert states(version.entry)["title"] == "stale"


def test_a_dump_takes_the_place_of_the_former_one(world, dump, tmp_path):
    dump()
    TimelineEvent.objects.filter(year=1955).delete()
    Campaign.objects.get(slug="ant").delete()

    again = dump()

    assert {"campaigns/ant.yaml", "timeline/1950s.yaml"} & set(again) == set()
    assert "campaigns/renamed.yaml" in again
    assert [path.name for path in tmp_path.iterdir() if "dump" in path.name] == ["dump"]


def test_a_dump_that_is_broken_off_leaves_the_former_one(world, dump, tmp_path):
    before = dump()

    def until_the_end(entries):
        yield entries[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dumping.dump_folder(tmp_path / "dump", until_the_end)
    assert files_of(tmp_path / "dump") == before
    assert [path.name for path in tmp_path.iterdir() if "dump" in path.name] == ["dump"]


@pytest.mark.parametrize("name", ["notes.txt", "campaigns/notes.txt", "campaigns/mine.yaml"])
def test_a_folder_with_other_files_is_not_written_into(dump, tmp_path, name):
    path = tmp_path / "dump" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine")

    with pytest.raises(CommandError, match=f"has files that no dump wrote .{name}"):
        dump()
    assert files_of(tmp_path / "dump") == {name: b"mine"}


def test_a_lost_picture_is_named_and_nothing_is_written(dump, tmp_path):
    picture = make_picture()
    default_storage.delete(picture.file.name)

    with pytest.raises(CommandError, match=f"{picture.file.name} is missing in the media folder"):
        dump()
    assert not (tmp_path / "dump").exists()


def test_an_entry_deleted_here_comes_back_from_its_file(world, dump, load):
    dump()
    Campaign.objects.get(slug="notice").delete()

    assert "new: 1 campaigns\n" in load()
    assert Campaign.objects.get(slug="notice").is_published


def test_what_waits_for_an_entry_by_now_stays_and_is_told(world, dump, load):
    dump()
    event = TimelineEvent.objects.get(slug="candle")
    drafts.keep(event, {"title_mn": "Шинэ гарчиг"})

    assert re.search(r"1960s\.yaml, line \d+: drafts: others wait here by now", load())
    assert Draft.objects.of(event).get(language="mn").values["title_mn"] == "Шинэ гарчиг"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("part: mn", "part: ru", "part: write which part of the entry waits: en, mn, rest"),
        ("part: rest", "part: en", "figures: there is no such key in this part of the entry"),
        ("month: 6", "month: x", "month: “x” value must be an integer"),
        ("themes: [women]", "themes: [men]", "themes: men is not in themes.yaml"),
        ("handed_in_at", "author", "author: there is no such key of a draft"),
        ("source: ", "title: ", "title: write “right”, or since and source, not title"),
        ("translation:\n      title", "translation:\n      name", "name: there is no such text"),
        ("picture: ", "picture: ../", "picture: there is no ../"),
    ],
)
def test_a_mistake_beside_an_entry_is_told_at_its_line(
    world, dump, load, tmp_path, old, new, message
):
    dump()
    path = tmp_path / "dump" / "timeline" / "1960s.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    empty()

    with pytest.raises(CommandError, match=r"1960s\.yaml, line \d+: " + re.escape(message)):
        load()
    assert not Campaign.objects.exists()


def test_the_first_content_is_written_as_its_files_are(dump):
    call_command("load_content", verbosity=0)
    content = files_of(site_settings.BASE_DIR / "content")
    written = dump()

    del written["dump.yaml"]
    assert {name: data for name, data in content.items() if name.endswith(".yaml")} == written


def hand_over(picture, name, data):
    """Puts another file in the place of a dumped picture's, under another name."""
    for path in (
        picture.parent.parent / "pictures.yaml",
        *picture.parent.parent.rglob("1960s.yaml"),
    ):
        path.write_text(path.read_text().replace(picture.name, name))
    picture.unlink()
    if data is not None:
        picture.with_name(name).write_bytes(data)


@pytest.fixture
def picture(dump, tmp_path, settings):
    """The file of a picture in a dump of it and an event that shows it; the site is empty."""
    make_decade(1960)
    make_event(picture=make_small_picture())
    dump()
    empty()
    shutil.rmtree(settings.MEDIA_ROOT)
    (path,) = (tmp_path / "dump" / "pictures").iterdir()
    return path


def test_a_picture_that_is_not_clean_is_cleaned(picture, load):
    hand_over(picture, "abcdefghijklmnop.jpg", TAKEN["exif JPEG"])
    load()

    stored = TimelineEvent.objects.get().picture
    assert (stored.file.name, stored.width) == ("pictures/abcdefghijklmnop.jpg", SIZE[0])
    with stored.file.open() as file:
        assert CANARY not in file.read()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("../../secret.jpg", None, "line 1: ../../secret.jpg cannot be the name of a picture"),
        ("candle.jpg", b"", "line 1: candle.jpg cannot be the name of a picture"),
        ("abcdefghijklmnop.jpg", None, "line 1: the file pictures/abcdefghijklmnop.jpg is missing"),
        ("abcdefghijklmnop.jpg", b"<svg/>", "line 1: This is a SVG file"),
        ("abcdefghijklmnop.jpg", TAKEN["plain JPEG"][:-20], "line 1: This picture is damaged"),
    ],
)
def test_a_picture_that_cannot_be_taken_is_told_at_its_line(picture, load, name, data, message):
    hand_over(picture, name, data)

    with pytest.raises(CommandError, match=re.escape(f"dump/pictures.yaml, {message}")):
        load()
    assert not TimelineEvent.objects.exists()


def test_no_picture_takes_the_name_of_another(picture, load):
    load()
    picture.write_bytes(TAKEN["plain JPEG"])

    with pytest.raises(CommandError, match="another picture has the name"):
        load()


def test_pictures_of_a_folder_that_is_refused_are_taken_back(picture, load, settings):
    path = picture.parent.parent / "timeline" / "1960s.yaml"
    path.write_text(path.read_text().replace("year: 1961", "year: 1"))
    before = files_of(settings.MEDIA_ROOT)

    with pytest.raises(CommandError, match="year"):
        load()
    assert files_of(settings.MEDIA_ROOT) == before
