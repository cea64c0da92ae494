"""Requests by the thousand, a bare server to compare with, and what a server uses."""

import http.client
import os
import re
import shutil
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from amnesty_site import server
from tests.answers import get
from tests.postgres import free_port
from tests.server import comes_up

CONNECTIONS, SECONDS = 8, 1
REQUESTS = 2000  # in one round, where wrk is missing

BARE = """
from pathlib import Path

BODY = Path(__file__).with_name("body").read_bytes()
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
"""


class BareServer:
    """The same server as the site's, with an application that hands out finished bytes."""

    def __init__(self, folder, body):
        (folder / "body").write_bytes(body)
        (folder / "bare.py").write_text(BARE)
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            server.command("bare:application", "127.0.0.1", port),
            cwd=folder,
            env={**os.environ, **server.ENVIRONMENT},
            start_new_session=True,
        )
        if not comes_up(self.process, self.url):
            raise RuntimeError("the bare server did not start")

    def stop(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=30)


def load(url, headers, expected):
    """Sends the requests of one round and returns how many were answered. Raises where the first
    has another status than `expected`."""
    if (status := get(url, headers).status) != expected:
        raise RuntimeError(f"{url} answered {status}, not {expected}")
    if not shutil.which("wrk"):
        return load_exactly(REQUESTS, url, headers)
    options = [f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-t1"]
    for name, value in headers.items():
        options += ["-H", f"{name}: {value}"]
    printed = subprocess.run(
        ["wrk", *options, url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in printed or "Socket errors" in printed:
        raise RuntimeError(printed)
    return int(re.search(r"(\d+) requests in", printed)[1])


def load_exactly(number, url, headers):
    """Sends `number` requests, a multiple of the connections, and returns that."""

    def send(count):
        address = urlsplit(url)
        connection = http.client.HTTPConnection(address.netloc, timeout=30)
        for _ in range(count):
            connection.request("GET", address.path, headers=headers)
            connection.getresponse().read()
        connection.close()

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(send, [number // CONNECTIONS] * CONNECTIONS))
    return number


def processes(leader):
    """The folders in /proc of every process of the group."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[2]) == leader:
                yield stat.parent
        except OSError:
            continue  # it ended meanwhile


def cpu_seconds(leader):
    """What all threads of the group have had of the processor, to the nanosecond: the time of
    whole processes is counted in hundredths, which are several requests each."""
    threads = (path for process in processes(leader) for path in process.glob("task/*/schedstat"))
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


def memory(leader):
    """Bytes of memory of the whole group, shared pages divided among those who share them."""
    pss = [
        int(re.search(r"^Pss:\s+(\d+) kB", (process / "smaps_rollup").read_text(), re.M)[1])
        for process in processes(leader)
    ]
    return sum(pss) * 1024
