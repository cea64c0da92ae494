from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from amnesty_site.backups.errors import BackupError, UnfinishedError
from amnesty_site.backups.restoring import restore
from amnesty_site.progress import Progress


class Command(BaseCommand):
    help = (
        "Makes the site what it was when `backup` wrote the archive. What was written since is "
        "lost; a picture that was withdrawn since is back."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path)
        parser.add_argument("--yes", action="store_true", help="replace what is there unasked")

    def handle(self, *args, archive, yes, **options):
        progress = partial(Progress, label="Restoring", stream=self.stdout)
        try:
            done = restore(archive, lambda manifest: yes or self.ask(manifest), progress)
        except BackupError as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        except UnfinishedError as error:
            raise CommandError(str(error)) from error
        except (OSError, Error) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        if not done:
            raise CommandError("Nothing was restored.")
        manifest, files = done
        self.stdout.write(
            f"restored: the site of {manifest['made_at']}, with {files} files of pictures. If it "
            "is running, restart it."
        )

    def ask(self, manifest):
        self.stdout.write(f"The site becomes what it was at {manifest['made_at']}.")
        try:
            return input("What was written since is lost. Go on? [y/N] ").strip().lower() == "y"
        except EOFError as error:
            raise CommandError("Nothing was restored. Without a terminal, say --yes.") from error
