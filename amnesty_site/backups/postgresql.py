"""A PostgreSQL database out of a site that runs and back into it, by PostgreSQL's own programs."""

import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from amnesty_site.backups.errors import BackupError

MEMBER = "database.pgdump"
PLACES = "usr/lib/postgresql/*/bin"  # where Debian keeps those of each version
# Of the database itself, which is there, and may be another's to make
NOT_OURS = re.compile(r" (EXTENSION|SCHEMA) ")


@contextmanager
def snapshot():
    """Within it this process reads one state of the database, however much others write; yields
    what copies that state: a function of a path, and of the tables whose rows stay out."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            cursor.execute("SELECT pg_export_snapshot()")
            yield partial(copy, cursor.fetchone()[0])
        finally:
            cursor.execute("ROLLBACK")


def copy(name, path, without):
    run(
        "pg_dump",
        *("--format=custom", "--compress=0", "--no-owner", "--no-privileges"),
        *(f"--exclude-table-data={table}" for table in without),
        *(f"--snapshot={name}", f"--file={path}"),
        connects=True,
    )


def prepare(path):
    """Writes what PostgreSQL is to do as a file of SQL. BackupError where the copy is damaged."""
    listed, script = path.with_name("list"), path.with_name("script.sql")
    lines = run("pg_restore", "--list", path).splitlines(keepends=True)
    listed.write_text("".join(line for line in lines if not NOT_OURS.search(line)))
    options = ("--no-owner", "--no-privileges", "--clean", "--if-exists")
    run("pg_restore", *options, f"--use-list={listed}", f"--file={script}", path)
    return script


def load(path):
    """Puts the tables in the place of the site's own, in one transaction: who reads meanwhile sees
    one or the other, and so does who comes after a kill."""
    ours = [
        MigrationRecorder.Migration._meta.db_table,
        *connection.introspection.django_table_names(),
    ]
    tables = ", ".join(map(connection.ops.quote_name, ours))
    connection.close()
    run(
        "psql",
        *("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"),
        *(f"--command=DROP TABLE IF EXISTS {tables} CASCADE", f"--file={path}"),
        connects=True,
    )


def run(name, *arguments, connects=False):
    """What one of PostgreSQL's programs prints. Its password is in no command line."""
    command, surroundings = [name, *arguments], {}
    if connects:
        client, described = connection.client, connection.settings_dict
        command, told = client.settings_to_cmd_args_env(described, [*arguments])
        surroundings = (told or {}) | {"PGOPTIONS": "-c lock_timeout=30s"}
    done = subprocess.run(
        [find_program(name), *command[1:]],
        env=os.environ | surroundings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BackupError(f"{name} did not succeed: {done.stderr.strip()}")
    return done.stdout


def find_program(name, root=Path("/")):
    """One of PostgreSQL's programs that knows the server's version: the oldest of those."""
    needed = connection.pg_version // 10000
    paths = [*root.glob(f"{PLACES}/{name}"), shutil.which(name)]
    found = {version_of(path): path for path in filter(None, paths)}
    if fitting := [version for version in found if version >= needed]:
        return found[min(fitting)]
    have = f"only that of {max(found)} was found" if found else "none was found"
    raise BackupError(
        f"The server is PostgreSQL {needed}, which needs {name} of {needed} or newer; {have}. "
        f"On Debian: apt-get install postgresql-client-{needed}"
    )


def version_of(program):
    said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    return int(re.search(r"\d+", said)[0])
