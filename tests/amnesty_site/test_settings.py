"""A wrong setting stops the start with one sentence; a right one is honoured."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "k3y" * 20


def manage(tmp_path, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data"), **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("DEBUG", "maybe"),
        ("HTTPS", "perhaps"),
        ("DATABASE_URL", "mysql://localhost/site"),
        ("DATABASE_URL", "site.sqlite3"),
        ("DATABASE_URL", "postgres://localhost"),
        ("DATABASE_URL", "postgres://user@localhost:port/site"),
        ("ALLOWED_HOSTS", "amnesty.example"),
        ("DATA_DIR", "/dev/null/here"),
        ("DATA_DIR", str(ROOT)),
        ("DATA_DIR", str(ROOT.parent)),
        ("HOST", "no such host"),
        ("SECTION", "a b"),
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "redis://localhost:70000"),
        ("REDIS_URL", "redis://localhost"),
        ("MEDIA_STORAGE", "s3://store.example/pictures"),
        ("MEDIA_STORAGE", "s3://key:sec/ret@store.example/pictures"),
        ("MEDIA_STORAGE", "s3+http://key:secret@store.example/pictures"),
        ("EMAIL_URL", "mail.example"),
        ("ERRORS_TO", "nobody"),
        ("ERRORS_TO", "help@example.org"),  # no EMAIL_URL
        ("SEARCH_URL", "https://search.example"),
        ("SEARCH_URL", "http://search.example/amnesty"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(tmp_path, name, value):
    result = manage(tmp_path, "check", **{name: value})

    assert result.returncode == 1
    assert result.stdout == ""
    sentence = result.stderr.strip()
    assert sentence.startswith("This site cannot start: ")
    assert sentence.count("\n") == 0
    assert ("SECRET_KEY" if name == "ALLOWED_HOSTS" else name) in sentence


def test_without_settings_the_site_is_safe_for_this_machine_alone(tmp_path):
    result = manage(tmp_path, "shell", "-v0", "-c", SHOW)

    assert result.stdout.split() == ["False", "False", "localhost,127.0.0.1,[::1]"]


SHOW = """
from django.conf import settings
print(settings.DEBUG, settings.HTTPS, ",".join(settings.ALLOWED_HOSTS))
"""


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path):
    manage(tmp_path, "check")
    key = tmp_path / "data" / "secret_key"
    first = key.read_text()
    manage(tmp_path, "check")

    assert len(first) >= 50
    assert key.read_text() == first
    assert key.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("hosts", ["*", "https://a.example/", "a b"])
def test_what_is_no_host_name_is_refused(tmp_path, hosts):
    result = manage(tmp_path, "check", ALLOWED_HOSTS=hosts, SECRET_KEY=KEY)

    assert "ALLOWED_HOSTS must be host names" in result.stderr


def test_debug_is_refused_on_a_public_site(tmp_path):
    result = manage(tmp_path, "check", ALLOWED_HOSTS="a.example", SECRET_KEY=KEY, DEBUG="yes")

    assert "DEBUG must be off" in result.stderr


def test_an_empty_key_file_is_made_anew(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret_key").touch()

    assert manage(tmp_path, "check").returncode == 0
    assert len((tmp_path / "data" / "secret_key").read_text()) >= 50


def test_naming_public_hosts_makes_a_production_site(tmp_path):
    settings = {"ALLOWED_HOSTS": "amnesty.example", "SECRET_KEY": KEY}

    assert manage(tmp_path, "shell", "-v0", "-c", SHOW, **settings).stdout.split() == [
        *("False", "True", "amnesty.example")
    ]
    assert not (tmp_path / "data" / "secret_key").exists()
