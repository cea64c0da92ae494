"""A PostgreSQL of the tests' own, on a free port, gone afterwards.

    python -m tests.postgres COMMAND …

runs the command with DATABASE_URL pointing at it. Needs PostgreSQL's binaries and no running
server; as root it runs them as an unprivileged user, which PostgreSQL insists on.
"""

import contextlib
import os
import pwd
import random
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
    """A port below those that the system gives to connections which go out: a server that listens
    a moment later, or is started again, finds it free, whatever else goes on."""
    while True:
        port = random.randrange(10_000, 32_000)
        with socket.socket() as sock, contextlib.suppress(OSError):
            sock.bind(("", port))
            return port


def unprivileged():
    """Arguments for `subprocess` that give up root, if this is root."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class Server:
    """A fresh server in a folder of its own, which can be stopped, frozen and started again."""

    def __init__(self):
        self.binaries, self.who = find_binaries(), unprivileged()
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="postgres-")), free_port()
        if self.who:
            os.chown(self.folder, self.who["user"], self.who["group"])
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        self.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")

    def run(self, program, *arguments, check=True):
        subprocess.run(
            [self.binaries / program, "-D", self.folder / "data", *arguments],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            check=check,
            **self.who,
        )

    def start(self):
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        options += " -c fsync=off -c max_connections=200"
        self.run("pg_ctl", "-w", "-o", options, "-l", self.folder / "log", "start")

    def stop(self):
        self.run("pg_ctl", "-m", "immediate", "stop", check=False)

    def signal(self, number):
        """Sends a signal to every process of the server."""
        leader = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                pid, parent = (
                    int(stat.parent.name),
                    int(stat.read_text().rpartition(")")[2].split()[1]),
                )
                if leader in (pid, parent):
                    os.kill(pid, number)


@contextlib.contextmanager
def running_server():
    """A fresh server that runs, gone afterwards: a `Server`."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def main(command):
    if find_binaries() is None:
        sys.exit("No PostgreSQL binaries were found. On Debian: apt-get install postgresql")
    with running_server() as server:
        process = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": server.url})
        with contextlib.suppress(KeyboardInterrupt):  # the command gets it, too, and has to tidy up
            process.wait()
        return process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
