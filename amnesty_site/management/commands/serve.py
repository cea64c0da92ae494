import hashlib
import os
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.executor import MigrationExecutor

from campaigns.models import Campaign
from sections.models import Section
from timeline.models import TimelineEvent

WORKERS = 2
THREADS = 4


class Command(BaseCommand):
    help = "Makes catalogues, static files, database and content ready, and serves the site."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--prepare-only", action="store_true", help="Make everything ready and stop."
        )

    def handle(self, *args, prepare_only, **options):
        try:
            self.prepare()
        except Error as error:
            raise CommandError(f"The database does not answer: {error}") from error
        if not prepare_only:
            self.serve()

    def prepare(self):
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        call_command("build_catalogues", stdout=self.stdout)
        self.collect_static_files()
        self.migrate()
        self.load_first_content()

    def collect_static_files(self):
        """Collects and compresses static files when one of them has changed since."""
        stamp = settings.DATA_DIR / "static.sources"
        sources = fingerprint_static_files()
        if stamp.exists() and stamp.read_text() == sources:
            return
        self.say("Collecting and compressing static files (a few seconds the first time)")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(sources)

    def migrate(self):
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Bringing the database up to date")
            call_command("migrate", interactive=False, verbosity=0)

    def load_first_content(self):
        if any(model.objects.exists() for model in (TimelineEvent, Campaign, Section)):
            return
        self.say("Loading the first content, as the database is empty")
        call_command("load_content", stdout=self.stdout)

    def serve(self):
        address = f"http://{settings.HOST}:{settings.PORT}"
        self.say(f"The site is at {address}/ and its admin at {address}/admin/")
        self.say("To make a staff account: script/manage createsuperuser")
        self.say("Ctrl-C stops it.")
        self.stdout.flush()
        connections.close_all()
        os.execv(
            sys.executable,
            [
                *(sys.executable, "-m", "gunicorn", "amnesty_site.wsgi"),
                *("--bind", f"{settings.HOST}:{settings.PORT}"),
                *("--workers", str(WORKERS), "--threads", str(THREADS)),
                # Warnings name the addresses of readers; the control socket lies in a home folder
                *("--log-level", "error", "--no-control-socket"),
            ],
        )

    def say(self, sentence):
        self.stdout.write(sentence)


def fingerprint_static_files():
    """A digest that changes with the name, size or time of any static file."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
