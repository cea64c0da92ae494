"""The nginx that is shipped, in front of a site, in a folder of its own."""

import http.client
import os
import secrets
import shutil
import socket
import ssl
import subprocess
import time

from tests.answers import Answer
from tests.postgres import free_port
from tests.server import ROOT, make_site

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
HAS_NGINX = NGINX and os.geteuid() == 0  # it makes its folders as root
HOST = "site.example"
READER = "127.0.0.77"  # where requests come from: an address that nothing else here has
PATIENCE = 2  # seconds for the headers of a request; more on a real machine


def make_certificate(folder):
    """A key and a certificate that this key itself has signed."""
    folder.mkdir()
    how = f"req -x509 -nodes -days 2 -subj /CN={HOST} -newkey ec -pkeyopt ec_paramgen_curve:P-256"
    files = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subprocess.run(["openssl", *how.split(), *files], capture_output=True, check=True)


def make_secure_site(data_dir, like):
    """The real site as it is deployed, for HTTPS and a public name; not started."""
    site = make_site(data_dir, like)
    site.environment |= {"ALLOWED_HOSTS": HOST, "SECRET_KEY": secrets.token_urlsafe(50)}
    return site


def straight_to(site):
    """A connection to the site that does what the proxy does."""
    return socket.create_connection(("127.0.0.1", site.port), 30)


def ask(connection, path, headers=None, method="GET", body=None):
    """The answer to one request on a connection, as it came."""
    client = http.client.HTTPConnection(HOST)
    client.sock = connection
    try:
        client.request(method, path, body, headers or {})
        answer = client.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        client.close()


def secure(connection, name=HOST, protocols=("http/1.1",)):
    """TLS as a browser speaks it, whoever has signed the certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(protocols)
    return context.wrap_socket(connection, server_hostname=name)


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Proxy:
    """nginx in front of what listens on `port`."""

    def __init__(self, folder, port, onion=""):
        self.folder, self.http, self.https = folder, free_port(), free_port()
        make_certificate(folder / "tls")
        (folder / "challenges").mkdir()
        values = {
            **{"NAMES": f"{HOST} www.{HOST}", "PORT": port, "HTTP": self.http, "HTTPS": self.https},
            **{"USER": "root", "RUN": folder, "LOGS": folder, "PATIENCE": PATIENCE},
            **{"TLS": folder / "tls", "CHALLENGES": folder / "challenges"},
            **{"ANSWERS": ROOT / "deploy" / "answers", "ONION": onion},
        }
        filled = subprocess.run(
            ["deploy/fill", "deploy/nginx.conf", *(f"{n}={value}" for n, value in values.items())],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        (folder / "nginx.conf").write_bytes(filled.stdout)
        self.log = (folder / "stderr").open("wb")
        self.process = subprocess.Popen(
            [NGINX, "-c", folder / "nginx.conf", "-g", "daemon off;"], stderr=self.log
        )
        while not is_open(self.https):
            if self.process.poll() is not None:
                raise RuntimeError(f"nginx did not start: {(folder / 'stderr').read_text()}")
            time.sleep(0.01)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.log.close()

    def connect(self, is_secure=True, **how):
        """A connection of a reader's, over TLS or not."""
        port = self.https if is_secure else self.http
        connection = socket.create_connection(("127.0.0.1", port), 30, (READER, 0))
        return secure(connection, **how) if is_secure else connection

    def takes(self, version, name=HOST):
        """Whether a browser that knows this version of TLS alone is let in: "-tls1_2"."""
        address = f"-connect 127.0.0.1:{self.https} -bind {READER}:0 -servername {name}"
        how = [*address.split(), version, "-cipher", "ALL:@SECLEVEL=0"]
        end = {"stdin": subprocess.DEVNULL, "capture_output": True}
        return subprocess.run(["openssl", "s_client", *how], **end).returncode == 0

    def ask(self, path, headers=None, method="GET", body=None, **how):
        return ask(self.connect(**how), path, headers, method, body)

    def written(self):
        """All that nginx has written, by file."""
        return {
            path.name: path.read_text(errors="replace")
            for path in sorted(self.folder.iterdir())
            if path.is_file() and path.name not in ("nginx.conf", "nginx.pid")
        }
