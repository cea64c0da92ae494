"""A store that speaks S3, as a process of its own on this machine, with a bucket for each test."""

import contextlib
import subprocess
import sys
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

from django.utils.module_loading import import_string

from amnesty_site.environment import make_media_storage
from tests.postgres import free_port


class Store:
    """A store that runs. `signal` freezes it: then it takes connections and answers none."""

    def __init__(self, log):
        self.port = free_port()
        command = [sys.executable, "-m", "moto.server", "-p", str(self.port)]
        with log.open("w") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out)

    def new_bucket(self):
        """MEDIA_STORAGE of a bucket that is empty."""
        name, until = f"pictures-{uuid.uuid4().hex[:8]}", time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                url = f"http://127.0.0.1:{self.port}/{name}"
                urlopen(Request(url, method="PUT"), timeout=10).close()
                return address(self.port, name)
            time.sleep(0.05)
        raise RuntimeError("The store did not start.")

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        self.process.kill()
        self.process.wait(timeout=30)


def address(port, bucket="pictures"):
    return f"s3+http://key:secret%2Fpart@127.0.0.1:{port}/{bucket}"


def use(settings, media_storage):
    """Has the running test keep pictures there."""
    settings.STORAGES = settings.STORAGES | {"default": make_media_storage(media_storage)}


def contents(media_storage):
    """All that lies in a bucket: bytes by name."""
    described = make_media_storage(media_storage)
    bucket = import_string(described["BACKEND"])(**described["OPTIONS"]).bucket
    return {found.key: found.get()["Body"].read() for found in bucket.objects.all()}


@contextlib.contextmanager
def refusing(status, code):
    """MEDIA_STORAGE of a store that answers everything with an error."""
    told = f"<Error><Code>{code}</Code><Message>No.</Message></Error>".encode()

    class Handler(BaseHTTPRequestHandler):
        def refuse(self):
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            self.send_response(status)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        do_GET = do_PUT = do_DELETE = refuse  # noqa: N815

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address(server.server_port)
        server.shutdown()
