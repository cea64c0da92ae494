"""Machines learn whether the site works, and people what to do when it does not."""

import os
import shutil
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from amnesty_site import health
from editorial.drafts import Draft
from editorial.searching import Searched
from tests.answers import get
from tests.factories import make_event, make_picture, make_section
from tests.postgres import running_server
from tests.server import make_site

CHECKS = health.OF_THE_MACHINE
WELL = {"database": True, "migrations": True, "storage": True}


@pytest.fixture
def well(settings, monkeypatch, tmp_path):
    """A site with which nothing is wrong; its own server is not part of these tests."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(health, "OF_THE_MACHINE", [c for c in CHECKS if c is not health.server])
    make_section(slug="mongolia")
    make_event()
    User.objects.create_superuser("admin", password="a long password")


def doctor():
    """What the command says, line by line, but for what is well."""
    out = StringIO()
    try:
        call_command("doctor", stdout=out)
    except CommandError as error:
        out.write(f"{error}\n")
    lines = [line.strip() for line in out.getvalue().splitlines()]
    return [line for line in lines if " " in line and not line.endswith(" well")]


@pytest.mark.django_db
def test_the_process_and_what_it_needs_are_told_to_machines(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    answers = [client.get(path) for path in ("/healthz", "/readyz")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == b"ok\n"
    assert answers[1].json() == WELL
    assert ["no-store" in answer["Cache-Control"] for answer in answers] == [True, True]


@pytest.mark.django_db
def test_a_site_that_lacks_a_migration_is_not_ready(client):
    MigrationRecorder.Migration.objects.filter(app="timeline").last().delete()

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {**WELL, "migrations": False})


@pytest.mark.django_db
def test_a_site_that_cannot_write_is_not_ready(client, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.DATA_DIR = tmp_path / "file" / "data"

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {**WELL, "storage": False})


@pytest.mark.django_db
def test_the_doctor_finds_nothing_wrong_with_a_site_that_is_well(well):
    assert doctor() == ["Nothing is wrong."]


@pytest.mark.django_db
def test_the_doctor_says_in_sentences_what_to_do(well, settings, monkeypatch):
    make_section(slug="other")
    settings.SECTION = "nowhere"
    User.objects.all().delete()
    picture = make_picture()
    picture.file.storage.delete(picture.file.name)
    event = make_event()
    Searched.objects.of(event).delete()
    Draft.objects.create(
        entry=event, language="en", values={}, publish_at=timezone.now() - timedelta(hours=1)
    )
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(9, 9, 2**20))

    assert doctor() == [
        "Only 1 MB are free for DATA_DIR: make room, or writing will stop.",
        "There is no section “nowhere”: correct SECTION, or add it in the admin.",
        "Nobody may administer this site: run script/manage createsuperuser.",
        "1 scheduled changes should have been published: ask for a page of the site, which "
        "publishes them, and read in the log why that fails.",
        f"The files of 1 pictures are missing (keys {picture.pk}): restore them from a backup, or "
        "withdraw the pictures.",
        "1 events cannot be found by searching: run script/manage migrate.",
        "6 to mend.",
    ]


def test_a_public_site_that_tells_nobody_of_errors_is_told_so(settings):
    settings.PUBLIC_HOSTS = ["amnesty.example"]

    assert [*health.mail()] == ["Nobody is told of errors: set EMAIL_URL and ERRORS_TO."]
    settings.ERRORS_TO = ["help@example.org"]
    assert [*health.mail()] == []


def test_a_backup_that_is_missing_or_old_is_told(tmp_path):
    assert [*health.backups(tmp_path)] == [
        f"There is no backup in {tmp_path}: run script/manage backup {tmp_path}."
    ]
    archive = tmp_path / "amnesty-mongolia-20261130-033000.tar.gz"
    archive.touch()
    assert [*health.backups(tmp_path)] == []
    week_ago = time.time() - 7 * 86400
    os.utime(archive, (week_ago, week_ago))
    assert [*health.backups(tmp_path)] == [
        f"The newest backup in {tmp_path} is 7 days old: run script/manage backup {tmp_path}, and "
        "see why nothing does so every night."
    ]


@pytest.mark.django_db
def test_the_doctor_tells_a_database_that_is_newer_than_the_code(well):
    MigrationRecorder(connection).record_applied("timeline", "9999_later")

    assert doctor() == [
        "The database is newer than the code (timeline 9999_later): put the newer code back, or "
        "restore a backup.",
        "1 to mend.",
    ]


def test_the_running_site_answers_and_its_doctor_finds_it(site):
    answers = [get(site.url + path) for path in ("/healthz", "/readyz")]

    said = site.manage("doctor", check=False).stdout

    assert [answer.status for answer in answers] == [200, 200]
    assert "server      well\n" in said


@pytest.mark.postgresql
def test_a_site_whose_database_is_gone_lives_and_is_not_ready(tmp_path, ready):
    with running_server() as server:
        own = make_site(tmp_path / "own", static_from=ready, database_url=server.url).start()
        try:
            server.stop()
            answers = [get(own.url + path) for path in ("/healthz", "/readyz")]
            said = own.manage("doctor", check=False)
        finally:
            own.stop()

    assert [answer.status for answer in answers] == [200, 503]
    assert '"database": false' in answers[1].text
    assert "The database does not answer: " in said.stdout
    assert "accounts" not in said.stdout
    assert "1 to mend." in said.stderr
