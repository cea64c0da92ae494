"""The history and the achievements as PDF documents."""

import re
from copy import copy

import pytest
from django.core.management import CommandError, call_command
from django.core.wsgi import get_wsgi_application

from amnesty_site.printing import documents, ours
from tests.conftest import CHROMIUM
from tests.factories import make_achievement, make_decade, make_event, make_section
from tests.reader import make_environ, open_connections

# Chromium as it is, which also writes down whom it asks for anything
WATCHED = """#!/bin/sh
exec {chromium} --log-net-log="$WATCHED_LOG.$$" "$@"
"""


@pytest.mark.django_db
def test_what_is_published_is_printed_by_decade_and_by_year_in_both_languages():
    make_decade(1970)
    make_event(year=1961)
    make_event(year=1975, published_at=None)
    section = make_section()
    make_achievement(section=section, year=2014)
    make_achievement(section=section, year=2015, published_at=None)
    make_achievement(section=make_section(slug="draft", published_at=None))

    assert documents() == [
        ("history-1960s.en.pdf", "/en/history/1960s/"),
        ("mongolia-2014.en.pdf", "/en/sections/mongolia/2014/"),
        ("history-1960s.mn.pdf", "/mn/history/1960s/"),
        ("mongolia-2014.mn.pdf", "/mn/sections/mongolia/2014/"),
    ]


def test_without_chromium_it_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CommandError) as refusal:
        call_command("export_pdf", tmp_path / "documents")

    assert str(refusal.value) == (
        "There is no Chromium on this machine to print with: install it (on Debian: apt-get "
        "install chromium) and start this command again."
    )
    assert not (tmp_path / "documents").exists()


@pytest.mark.django_db
def test_a_site_with_names_and_tls_is_printed_and_a_page_that_is_not_there_is_told(settings):
    settings.ALLOWED_HOSTS = [".example.org"]
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    make_event()
    faults = []
    application = ours(get_wsgi_application(), faults)

    def ask(path):
        environ = {**make_environ("GET", path), "HTTP_HOST": "127.0.0.1:1961"}
        statuses = []
        with open_connections():
            application(environ, lambda status, *rest: statuses.append(status)).close()
        return statuses

    assert ask("/en/history/1961/") == ["200 OK"]
    assert faults == []
    assert ask("/en/history/1962/") == ["404 Not Found"]
    assert faults == ["/en/history/1962/ answers 404 Not Found"]


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium; on Debian: apt-get install chromium")
def test_the_command_prints_documents_and_asks_nobody_for_anything(own_site, tmp_path):
    chromium = tmp_path / "chromium"
    chromium.write_text(WATCHED.format(chromium=CHROMIUM))
    chromium.chmod(0o755)
    watched = copy(own_site)
    path = f"{tmp_path}:{own_site.environment['PATH']}"
    watched.environment = own_site.environment | {"PATH": path, "WATCHED_LOG": f"{tmp_path}/asked"}

    result = watched.manage("export_pdf", str(tmp_path / "documents"))

    files = sorted((tmp_path / "documents").iterdir())
    assert result.stdout.endswith(f"{len(files)} documents are in {tmp_path / 'documents'}.\n")
    kinds = ["history-1960s", "history-1970s", "history-1980s", "history-1990s", "history-2000s"]
    kinds += ["mongolia-2014", "mongolia-2015"]
    assert [file.name for file in files] == [
        f"{k}.{code}.pdf" for k in kinds for code in ("en", "mn")
    ]
    for file in files:
        assert file.read_bytes().startswith(b"%PDF-")
        assert f"/Lang ({file.suffixes[-2][1:]})".encode() in file.read_bytes()
    logs = [log.read_text() for log in tmp_path.glob("asked.*")]
    hosts = {host for log in logs for host in re.findall(r'"host":"https?://([^":]+)', log)}
    assert len(logs) == len(files)
    assert hosts - {"~notfound"} == {"127.0.0.1"}
