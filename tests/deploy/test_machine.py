"""What a machine is given to run: scripts, units, and files for containers."""

import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from tests.postgres import find_binaries, running_server
from tests.server import ROOT

SCRIPTS = [f"deploy/{name}" for name in ("fill", "install", "manage", "ready", "rollback")]
SCRIPTS += ["deploy/common", "deploy/upgrade"]
UNITS = ["amnesty-site.service", "amnesty-backup.service", "amnesty-backup.timer"]
needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="no systemd; on Debian: apt-get install systemd"
)
needs_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="not root, which the scripts ask for first"
)
# What the scripts share, with a folder in the place of the machine's
COMMON = ". deploy/common; ETC=$0 FORMER=$0;"


def run(*command):
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return result.returncode, result.stdout, result.stderr


@pytest.fixture
def units(tmp_path):
    """The units as deploy/ready writes them, of a site in a folder that is there."""
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    shutil.copy("/bin/true", python)
    values = [f"{name}={tmp_path}" for name in ("SITE", "ETC", "DATA", "BACKUPS")]
    source = ROOT / "deploy" / "systemd"
    for file in filter(Path.is_file, source.rglob("*")):
        target = tmp_path / "units" / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(run("deploy/fill", str(file), *values)[1])
    return [str(tmp_path / "units" / name) for name in UNITS]


@needs_systemd
def test_systemd_understands_every_unit(units):
    assert run("systemd-analyze", "verify", *units) == (0, "", "")


@needs_systemd
def test_what_runs_may_do_little_else(units):
    """Exposure as systemd reckons it: ten is all, 1.5 what a site with a network can come to."""
    services = [unit for unit in units if unit.endswith(".service")]

    code, table, _ = run(
        "systemd-analyze", "security", "--offline=yes", "--threshold=15", *services
    )

    assert (code, table.count("Overall exposure level")) == (0, 2)


def test_bash_understands_every_script():
    assert [run("bash", "-n", script) for script in SCRIPTS] == [(0, "", "")] * len(SCRIPTS)


@pytest.mark.skipif(
    not shutil.which("shellcheck"), reason="no shellcheck; on Debian: apt-get install shellcheck"
)
def test_shellcheck_finds_no_fault_in_any_script():
    # 1111: quotation marks in sentences are meant
    assert run("shellcheck", "-S", "warning", "-e", "SC1111", *SCRIPTS) == (0, "", "")


@needs_root
@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], "Which name will the site have? deploy/install HOST"),
        (["localhost"], "HOST must be a full name such as amnesty.example, not “localhost”."),
        (["a.example", "b_c/d"], "HOST must be a full name such as amnesty.example, not “b_c/d”."),
        (["-d.example"], "HOST must be a full name such as amnesty.example, not “-d.example”."),
    ],
)
def test_a_name_that_cannot_be_a_site_s_is_refused_before_anything_is_done(names, sentence):
    assert run("deploy/install", *names) == (1, "", f"{sentence}\n")


AS_SYSTEMD_READS = r"""
# A comment, and a line that is none of these: &
ERRORS_TO=a@x.mn, b@y.mn
DATABASE_URL=postgres://a:b$c`d@x/y?one=1&two=2
SECRET_KEY="in # quotes; 'of both'=="
FROM='$(touch /nowhere)'
PORT=
LAST=no end of line=""".lstrip()


@needs_root
def test_the_settings_are_read_as_systemd_reads_them(tmp_path):
    (tmp_path / "environment").write_text(AS_SYSTEMD_READS)
    names = ("ERRORS_TO", "DATABASE_URL", "SECRET_KEY", "FROM", "PORT", "LAST")

    assert run("bash", "-euc", f"{COMMON} read_settings; printenv {' '.join(names)}", tmp_path) == (
        0,
        "a@x.mn, b@y.mn\n"
        "postgres://a:b$c`d@x/y?one=1&two=2\n"
        "in # quotes; 'of both'==\n"
        "$(touch /nowhere)\n"
        "\n"
        "no end of line=\n",
        "",
    )


@needs_root
def test_the_backup_that_an_upgrade_made_outlives_the_nights_to_come(tmp_path):
    backups, former = tmp_path / "backups", tmp_path / "former"
    backups.mkdir(), former.mkdir()
    made = "amnesty-mongolia-20261130-113000.tar.gz"
    for name in (made, "amnesty-peru-20261129-113000.tar.gz", "before-the-move.tar.gz"):
        (backups / name).write_text(name)
    (backups / f"{made}.sha256").write_text(f"{sha256(made.encode()).hexdigest()}  {made}\n")
    common = f"{COMMON} BACKUPS={backups}; has() {{ has_backup && echo yes || echo no; }};"
    kept = "keep_backup; rm $BACKUPS/*; cat $FORMER/backup; has"
    damaged = "echo x >>$FORMER/*.gz; has; rm $FORMER/*.gz; has"

    assert run("bash", "-euc", f"{common} {kept}; {damaged}", former) == (
        0,
        f"{former / made}\nyes\nno\nno\n",
        "",
    )
    refused = run("bash", "-euc", f"{common} systemctl() {{ echo $1; }}; go_back --restore", former)
    assert (refused[:2], "is not there, or damaged" in refused[2]) == ((1, ""), True)


AWAY = 'systemctl() { echo "$@"; }; git() { echo "$@"; }; go_back'


@needs_root
def test_nothing_is_taken_back_while_the_database_is_away(tmp_path):
    (tmp_path / "migrations").write_text("editorial 0001_initial\n")
    away = f'{COMMON} manage() {{ [ "$1" = check ]; }}; {AWAY}'

    assert run("bash", "-euc", away, tmp_path) == (
        1,
        "",
        "The database does not tell which migrations it has had. When it answers, deploy/rollback "
        "goes back.\n",
    )
    # Code that does not even start has made none
    assert run("bash", "-euc", f"{COMMON} manage() {{ false; }}; made_since", tmp_path)[0] == 0


@needs_root
def test_whether_migrations_can_be_undone_is_asked_before_any_is(tmp_path):
    final = "from django.db.migrations import RunPython; RunPython.reversible = False"
    python = f"DATABASE_URL= DATA_DIR=$FORMER {sys.executable} manage.py"
    manage = f'manage() {{ [ "$1" != shell ] || {python} "${{@:1:3}}" "{final}$4"; }}'

    def go_back(last):
        made = f'made_since() {{ printf "%s\\n" "visitors 0001_initial" "{last}"; }}'
        undo = 'undo_migrations() { echo "undo $1"; false; }'
        return run("bash", "-euc", f"{COMMON} {manage}; {made}; {undo}; {AWAY}", tmp_path)

    for last in ("visitors 0002_first_count", "of_no_app 0001_initial"):
        code, done, said = go_back(last)
        assert (code, done, "cannot be undone" in said) == (1, "", True)
    assert "undo visitors 0001_initial" in go_back("sections 0001_initial")[1]


@needs_root
@pytest.mark.skipif(
    not find_binaries(), reason="no PostgreSQL; on Debian: apt-get install postgresql"
)
def test_nothing_of_the_newer_version_is_left_before_a_backup_is_restored(tmp_path):
    make = "CREATE TABLE older (id int PRIMARY KEY); CREATE TABLE newer (id int REFERENCES older)"
    tell = 'shell --no-imports -c "from django.db import connection as c; {}"'
    made, left = (
        f"manage {tell.format(what)}"
        for what in (f"c.cursor().execute('{make}')", "print(c.introspection.table_names())")
    )
    with running_server() as server:
        python = f"DATABASE_URL={server.url} DATA_DIR=$FORMER {sys.executable} manage.py"
        script = f'manage() {{ {python} "$@"; }}; {made}; {left}; empty_database; {left}'
        done = run("bash", "-euc", f"{COMMON} {script}", tmp_path)

    assert done == (0, "['newer', 'older']\n[]\n", "")


@needs_root
def test_a_restore_that_broke_off_goes_on(tmp_path):
    """Also without being told so again: what it would keep is gone."""
    (tmp_path / "emptied").touch()
    (tmp_path / "commit").write_text("former")
    (tmp_path / "backup").write_text("/archive")
    script = 'manage() { echo "manage $1"; false; }; has_backup() { true; }'

    code, done, said = run("bash", "-euc", f"{COMMON} {script}; {AWAY}", tmp_path)

    assert (code, "checkout -q --detach former" in done) == (1, True)
    assert ("The site is stopped." in said, (tmp_path / "emptied").exists()) == (True, True)


def test_a_file_with_something_left_to_fill_in_is_refused():
    sentence = "deploy/nginx.conf needs a value for @USER@.\n"

    assert run("deploy/fill", "deploy/nginx.conf", "PORT=1") == (1, "", sentence)


def test_a_value_is_written_as_it_is(tmp_path):
    (tmp_path / "file").write_text("a @NAME@ b @NAME@\n")

    value = r"&\1 $x @ '\n"
    assert run("deploy/fill", str(tmp_path / "file"), f"NAME={value}")[1] == (
        f"a {value} b {value}\n"
    )


def test_the_file_with_the_secrets_goes_into_no_image_and_no_commit():
    assert "**/.env" in (ROOT / "deploy/Dockerfile.dockerignore").read_text().splitlines()
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()


def test_containers_start_with_none_of_the_settings_that_may_be_left_out():
    file = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
    optional = {n for n, value in file["x-site"]["environment"].items() if value == f"${{{n}:-}}"}
    code = "import amnesty_site.settings"
    told = [f"{name}=" for name in optional]

    assert optional == {"EMAIL_URL", "ERRORS_TO", "MEDIA_STORAGE", "REDIS_URL", "SEARCH_URL"}
    assert run("env", *told, sys.executable, "-c", code) == (0, "", "")


def test_the_container_takes_packages_that_there_are():
    named = set(re.findall(r"requirements[\w-]*\.txt", (ROOT / "deploy/Dockerfile").read_text()))

    assert [name for name in named if not (ROOT / name).exists()] == []


def test_caddy_tells_browsers_what_nginx_tells_them():
    nginx, caddy = ((ROOT / "deploy" / name).read_text() for name in ("nginx.conf", "Caddyfile"))
    told = re.findall(r'^ +add_header (\S+) ("[^"]+"|[^"$]\S+) always;', nginx, re.MULTILINE)

    assert len(told) == 7
    assert [line for line in map(" ".join, told) if f"\t\t{line}\n" not in caddy] == []
