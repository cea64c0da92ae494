from django.core.management.base import BaseCommand, CommandError

from amnesty_site.backups.errors import BackupError
from amnesty_site.backups.moving import move
from amnesty_site.progress import Progress


class Command(BaseCommand):
    help = (
        "Copies the whole database into an empty one, SQLite or PostgreSQL, and compares every "
        "row. Stop the site before: what is written meanwhile stays behind. Pictures stay where "
        "they are."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "url",
            help="as DATABASE_URL has it; a password can be left out and stand in PGPASSWORD",
        )

    def handle(self, *args, url, **options):
        try:
            number = move(url, lambda label, items: Progress(items, label, self.stdout))
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"moved and compared: {number:,} rows. Set DATABASE_URL to the other database and "
            "start the site; this one stays as it is."
        )
