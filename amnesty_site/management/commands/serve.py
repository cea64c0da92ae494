import contextlib
import fcntl
import os
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.db.migrations.executor import MigrationExecutor

from amnesty_site import server
from amnesty_site.content.loading import document_is_shown
from amnesty_site.files import fingerprint
from amnesty_site.last_known import LastKnown
from amnesty_site.shelf import fingerprint_release
from campaigns.models import Campaign
from editorial import search_server, triggers
from editorial.models import Page
from sections.models import Section
from timeline.models import TimelineEvent


class Command(BaseCommand):
    help = "Makes catalogues, static files, database and content ready, and serves the site."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--prepare-only", action="store_true", help="Make everything ready and stop."
        )

    def handle(self, *args, prepare_only, **options):
        if not prepare_only:
            self.check_address()
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        try:
            with one_at_a_time():
                self.prepare()
        except Error as error:
            if prepare_only or not has_stored_pages():
                raise CommandError(f"The database does not answer: {error}") from error
            self.say(f"The database does not answer: {error}")
            self.say("Stored pages are served until it does; whatever else is asked for waits.")
        if not prepare_only:
            self.serve()

    def check_address(self):
        """Says at once when something else listens there already."""
        family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.HOST, settings.PORT))
            except OSError as error:
                address = f"{settings.HOST}, port {settings.PORT}"
                raise CommandError(f"Cannot listen on {address}: {error.strerror}.") from error

    def prepare(self):
        call_command("build_catalogues", stdout=self.stdout)
        self.collect_static_files()
        self.migrate()
        self.load_first_content()
        self.tell_search_server()

    def collect_static_files(self):
        """Collects and compresses static files when one of them has changed since."""
        stamp = settings.DATA_DIR / "static.sources"
        sources = fingerprint_static_files()
        if stamp.exists() and stamp.read_text() == sources:
            return
        self.say("Collecting and compressing static files (a few seconds the first time)")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(sources)

    def migrate(self):
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        # A migration that went back and failed half way leaves no trigger
        if waiting or not triggers.all_of(connection):
            self.say("Bringing the database up to date")
            call_command("migrate", interactive=False, verbosity=0)

    def load_first_content(self):
        is_empty = not any(m.objects.exists() for m in (TimelineEvent, Campaign, Section, Page))
        lacks_frame = document_is_shown() and not Page.objects.exists()
        if not is_empty and not lacks_frame:
            return
        self.say("Loading the first content")
        call_command("load_content", stdout=self.stdout)

    def tell_search_server(self):
        if not settings.SEARCH_SERVER:
            return
        try:
            for number in search_server.send_all():
                self.say(f"The search server was told of {number} texts")
        except ConnectionError as error:
            self.say(f"The search server does not answer; the database finds until then: {error}")

    def serve(self):
        host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
        shown = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)
        self.say(f"The site is at http://{shown}:{settings.PORT}/, its admin at /admin/ there.")
        self.say("To make a staff account: script/manage createsuperuser")
        self.say("Ctrl-C stops it.")
        self.stdout.flush()
        connections.close_all()
        os.environ.update(server.ENVIRONMENT)
        os.execv(
            sys.executable,
            server.command("amnesty_site.wsgi:application", settings.HOST, settings.PORT),
        )

    def say(self, sentence):
        self.stdout.write(sentence)


def has_stored_pages():
    """Whether this same code has served pages before, so that readers can do without a database."""
    known = LastKnown(settings.PAGES_ROOT / "last-known.json", fingerprint_release())
    known.read()
    return known.generation is not None


@contextlib.contextmanager
def one_at_a_time():
    """Keeps a second start waiting, in the same data folder or on the same PostgreSQL."""
    with (settings.DATA_DIR / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 0; SELECT pg_advisory_lock(1961)")
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(1961); RESET lock_timeout")


def fingerprint_static_files():
    """A digest that changes with the name, size or time of any static file."""
    found = (finder.list([]) for finder in finders.get_finders())
    return fingerprint(Path(storage.path(name)) for files in found for name, storage in files)
