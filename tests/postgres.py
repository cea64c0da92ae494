"""A PostgreSQL of the tests' own, on a free port, gone afterwards.

    python -m tests.postgres COMMAND …

runs the command with DATABASE_URL pointing at it. Needs PostgreSQL's binaries and no running
server; as root it runs them as an unprivileged user, which PostgreSQL insists on.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path


def find_binaries():
    """The folder with initdb and pg_ctl, or None."""
    places = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    if found := shutil.which("initdb"):
        places.append(Path(found).resolve().parent)
    return next((place for place in places if (place / "pg_ctl").exists()), None)


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def unprivileged():
    """Arguments for `subprocess` that give up root, if this is root."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def running_server():
    """A fresh server; yields its DATABASE_URL."""
    binaries = find_binaries()
    who = unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    if who:
        os.chown(folder, who["user"], who["group"])
    run = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL, **who}
    data, port = folder / "data", free_port()
    options = (
        f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
    )
    try:
        subprocess.run(
            [
                *(binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust"),
                *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
            ],
            **run,
        )
        subprocess.run(
            [
                *(binaries / "pg_ctl", "-D", data, "-w", "-o", options),
                *("-l", folder / "log", "start"),
            ],
            **run,
        )
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **run | {"check": False}
        )
        shutil.rmtree(folder, ignore_errors=True)


def main(command):
    if find_binaries() is None:
        sys.exit("No PostgreSQL binaries were found. On Debian: apt-get install postgresql")
    with running_server() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
