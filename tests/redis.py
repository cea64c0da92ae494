"""A Redis of the tests' own, on a free port and in memory alone, gone afterwards."""

import contextlib
import shutil
import subprocess
import time

import pytest
import redis

from tests.postgres import free_port


class Server:
    """A server that can be stopped, frozen and started again, empty."""

    def __init__(self):
        self.port, self.process = free_port(), None
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis.Redis.from_url(self.url, socket_timeout=5)

    def start(self):
        options = {"port": self.port, "bind": "127.0.0.1", "save": "", "appendonly": "no"}
        command = ["redis-server", *(word for n, v in options.items() for word in (f"--{n}", v))]
        self.process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with contextlib.suppress(redis.RedisError):
                return self.client.ping()
            time.sleep(0.02)
        raise RuntimeError("Redis did not start.")

    def stop(self):
        self.process.kill()
        self.process.wait(timeout=10)

    def signal(self, number):
        self.process.send_signal(number)


HAS_REDIS = bool(shutil.which("redis-server"))
needs_redis = pytest.mark.skipif(
    not HAS_REDIS, reason="no Redis; on Debian: apt-get install redis-server"
)


@contextlib.contextmanager
def running_redis():
    """A fresh server that runs, gone afterwards: a `Server`."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.stop()
        server.client.close()
