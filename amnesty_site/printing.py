"""Pages of the site as PDF documents, printed by Chromium from this process alone."""

import contextlib
import os
import shutil
import socketserver
import subprocess
import tempfile
import threading
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import reverse
from django.utils.translation import override

from bilingual.translations import languages
from sections.models import Section
from timeline.models import Decade, TimelineEvent

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
SECONDS = 120  # as long as one document may take

FLAGS = [
    *("--headless", "--disable-gpu", "--no-first-run", "--disable-extensions"),
    *("--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline"),
    "--disable-dev-shm-usage",  # a container has little of it
    # Time stands still while anything is on its way: no page is printed before its fonts are there
    "--virtual-time-budget=10000",
    # It asks nobody but this process for anything
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-domain-reliability", "--no-pings", "--no-proxy-server"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


class PrintError(Exception):
    """A document that could not be printed, in a sentence that says why."""


def find_chromium():
    """The path of a Chromium on this machine, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def documents():
    """What is printed, as a list of pairs of a file's name and the path of its page: the history
    by decade and the achievements by year, in every language."""
    found = []
    years = TimelineEvent.objects.published().years()
    sections = [(s, s.achievements.published().years()) for s in Section.objects.published()]
    for language in languages():
        with override(language):
            for decade in Decade.objects.chain(years):
                found.append((f"history-{decade.slug}.{language}.pdf", decade.get_absolute_url()))
            for section, section_years in sections:
                for year in section_years:
                    path = reverse("sections:year", args=[section.slug, year])
                    found.append((f"{section.slug}-{year}.{language}.pdf", path))
    return found


@contextlib.contextmanager
def printer(chromium):
    """A function that prints the page at a path into a file. It raises PrintError."""
    with serving() as server, tempfile.TemporaryDirectory() as profile:
        command = [chromium, *FLAGS, f"--user-data-dir={profile}"]
        if os.geteuid() == 0:
            command.append("--no-sandbox")  # it refuses to start for root otherwise

        def print_page(path, file):
            file.unlink(missing_ok=True)
            server.faults.clear()
            to = [
                f"--print-to-pdf={file.absolute()}",
                f"http://127.0.0.1:{server.server_port}{path}",
            ]
            try:
                done = subprocess.run([*command, *to], capture_output=True, timeout=SECONDS)
            except subprocess.TimeoutExpired as error:
                raise PrintError(f"{path} was not printed in {SECONDS} seconds.") from error
            if server.faults:
                raise PrintError(f"{path} cannot be printed: {server.faults[0]}.")
            if not file.exists():
                said = done.stderr.decode(errors="replace").strip().splitlines() or ["nothing"]
                raise PrintError(f"Chromium did not print {path}. The last it said: {said[-1]}")

        yield print_page


@contextlib.contextmanager
def serving():
    """The site on a free port of this machine, for this process's own Chromium, for a while."""
    with Server(("127.0.0.1", 0), Handler) as server:
        server.set_app(ours(get_wsgi_application(), server.faults))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


def ours(application, faults):
    """`application` for requests that come by no name of the site and without TLS. It counts no
    visitor, as the page store is not there; what it refuses is noted in `faults`."""
    named = {"HTTP_HOST": settings.ALLOWED_HOSTS[0].removeprefix(".")}
    if settings.HTTPS:
        named["HTTP_X_FORWARDED_PROTO"] = "https"

    def answer(environ, start_response):
        def start(status, headers, *args):
            if not status.startswith(("2", "304")):
                faults.append(f"{environ['PATH_INFO']} answers {status}")
            return start_response(status, headers, *args)

        return application({**environ, **named}, start)

    return answer


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def __init__(self, *args):
        self.faults = []
        super().__init__(*args)

    def server_bind(self):
        """Without asking the network for the name of this machine."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address
        self.setup_environ()

    def process_request_thread(self, request, client_address):
        super().process_request_thread(request, client_address)
        connections.close_all()  # of this thread, which ends


class Handler(WSGIRequestHandler):
    def log_message(self, *args):
        """Nobody reads a log of these requests."""
