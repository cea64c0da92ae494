"""The real site as a process of its own: `manage.py serve`, on a free port, in its own folder."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import psycopg2

from tests.answers import get
from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120


def comes_up(process, url):
    """Waits until `url` is answered; false when the process ends before, or takes too long."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            get(url)
        except OSError:
            time.sleep(0.01)
        else:
            return True
    return False


class Site:
    """A site to start, kill and start again; `url` is where it listens."""

    def __init__(self, data_dir, database_url, **environment):
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "DATA_DIR": str(data_dir),
            "DATABASE_URL": database_url,
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "amnesty_site.settings",
            **environment,
        }

    def manage(self, *arguments, check=True):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=check,
        )

    def start(self, path="/static/icons/favicon.svg", command=None):
        """Starts the site, by `command` if it needs not be made ready, and waits until `path` is
        answered."""
        self.log = (self.data_dir / "log").open("ab")
        self.process = subprocess.Popen(
            command or [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        try:
            if not comes_up(self.process, self.url + path):
                raise RuntimeError(f"the site did not start: {self.read_log()}")
        except BaseException:  # an interrupt, too: nobody else would stop it
            self.stop()
            raise
        return self

    def workers(self):
        """The process ids of those that answer, as they are now."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def wait_for_workers(self):
        """Waits until each has begun to answer: by then it has threads."""
        until = time.monotonic() + START_SECONDS
        while any(len(os.listdir(f"/proc/{pid}/task")) < 2 for pid in self.workers()):
            if time.monotonic() > until:
                raise RuntimeError("a worker did not begin")
            time.sleep(0.01)

    def finish(self, path):
        """Waits until every worker has the page at `path` in its smallest form."""
        until, in_a_row = time.monotonic() + 30, 0
        while in_a_row < 12:
            if time.monotonic() > until:
                raise RuntimeError(f"{path} was not compressed in 30 seconds")
            way = get(self.url + path, {"Accept-Encoding": "br"}).headers["Content-Encoding"]
            in_a_row = in_a_row + 1 if way == "br" else 0

    def read_log(self):
        return (self.data_dir / "log").read_text(errors="replace")

    def stop(self, how=signal.SIGTERM):
        """Sends every process of the site the signal and waits for the end of the first."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)
            self.process.wait(timeout=30)
            self.log.close()
            self.process = None


def new_database_url(data_dir, like=None):
    """The address of a database, empty or a copy of that of a site which does not run: of its own
    in the tests' PostgreSQL, else SQLite."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        if like:
            shutil.copy(like.data_dir / "site.sqlite3", data_dir)
        return f"sqlite:///{data_dir / 'site.sqlite3'}"
    address, name = server.rsplit("/", 1)[0], f"site_{uuid.uuid4().hex}"
    template = like.environment["DATABASE_URL"].rsplit("/", 1)[1] if like else "template1"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    connection.close()
    return f"{address}/{name}"


def make_site(data_dir, like=None, static_from=None, database_url=None):
    """A site that has not started. What takes it seconds is copied from another that does not run:
    its content and static files from one it is `like`, the files alone from `static_from`."""
    data_dir.mkdir(parents=True, exist_ok=True)
    if made := like or static_from:
        static = "collected-static"
        shutil.copytree(made.data_dir / static, data_dir / static)
        shutil.copy(made.data_dir / "static.sources", data_dir)
    return Site(data_dir, database_url or new_database_url(data_dir, like))
