"""What a page costs, measured on the real server. Run by `script/bench`; no test asserts it."""

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from tests.postgres import free_port
from tests.server import Site

PAGE = "/en/history/all/"
ROUNDS, REQUESTS, CONNECTIONS = 3, 80, 4
BROWSER = {"User-Agent": "Mozilla/5.0", "Accept-Encoding": "br, gzip"}
RETURNING = {**BROWSER, "Cookie": "seen=1"}
FRESH = ["/en/history/all/", "/mn/history/2000s/", "/en/history/1987/"]

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
        self.port = free_port()
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "bare:application", "--preload"),
                *("--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--threads", "4"),
                *("--log-level", "error", "--no-control-socket"),
            ],
            cwd=folder,
            start_new_session=True,
        )
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                get(self.port, "/", BROWSER)
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the bare server did not start")

    def stop(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=30)


def get(port, path, headers):
    """One request on a connection of its own: status, headers, body as it came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def cpu_seconds(leader):
    """User and system time of every process of the server's group."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(fields[2]) == leader:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def load(port, path, headers, expected):
    """Sends the requests of one round; raises where an answer has another status."""

    def send(count):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for _ in range(count):
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != expected:
                raise RuntimeError(f"{path} answered {answer.status}, not {expected}")

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(send, [REQUESTS // CONNECTIONS] * CONNECTIONS))


def check(site):
    """The page is right before it is measured: its ends, and an exact count."""
    page = get(site.port, PAGE, {"Cookie": "seen=1"})[2].decode()
    for title in ("A newspaper appeal started a movement", "Governments could use the golden rule"):
        if title not in page:
            raise RuntimeError(f"{PAGE} lacks “{title}”.")
    before = count(site)
    load(site.port, PAGE, BROWSER, 200)
    if count(site) - before != REQUESTS:
        raise RuntimeError(f"{REQUESTS} visits counted as {count(site) - before}.")


def count(site):
    code = "from visitors.models import VisitorCount as V; print(V.objects.total())"
    return int(site.manage("shell", "--no-imports", "-c", code).stdout.split()[-1])


def measure(cases):
    """Microseconds of CPU a request, by case: the median of rounds that alternate."""
    spent = {name: [] for name, *_ in cases}
    for number in range(ROUNDS):
        for name, leader, *request in cases:
            sys.stderr.write(f"\rRound {number + 1} of {ROUNDS}: {name:<40}")
            before = cpu_seconds(leader)
            load(*request)
            spent[name].append((cpu_seconds(leader) - before) / REQUESTS * 1e6)
    sys.stderr.write("\r" + " " * 60 + "\r")
    return {name: median(values) for name, values in spent.items()}


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        site = Site(folder, f"sqlite:///{folder}/db.sqlite3").start()
        bare = None
        try:
            check(site)
            _status, headers, body = get(site.port, PAGE, RETURNING)
            bare = BareServer(folder, body)
            leader, tag = site.process.pid, headers.get("ETag")
            cases = [
                ("bare server, the same bytes", bare.process.pid, bare.port, "/", BROWSER, 200),
                ("returning reader", leader, site.port, PAGE, RETURNING, 200),
                ("new visitor", leader, site.port, PAGE, BROWSER, 200),
                *((f"rendered: {p}", leader, site.port, p, RETURNING, 200) for p in FRESH),
            ]
            if tag:
                known = {**RETURNING, "If-None-Match": tag}
                cases.append(("304", leader, site.port, PAGE, known, 304))
            result = measure(cases)
        finally:
            site.stop()
            if bare:
                bare.stop()
    base = result["bare server, the same bytes"]
    encoding = headers.get("Content-Encoding", "as they are")
    lines = [
        f"{PAGE}, {len(body):,} bytes {encoding}, SQLite",
        "",
        f"{'':<40} {'µs':>8} {'ratio':>8}",
    ]
    lines += [f"{name:<40} {us:>8,.0f} {us / base:>8.1f}" for name, us in result.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
