from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from amnesty_site.content.dumping import DumpError, dump_folder
from amnesty_site.progress import Progress


class Command(BaseCommand):
    help = (
        "Writes all content into a folder of plain files, which load_content loads again. "
        "Accounts, history and the visitor count stay out."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="empty, missing, or a former dump")

    def handle(self, *args, folder, **options):
        progress = partial(Progress, label="Writing", stream=self.stdout)
        try:
            with override("en"):
                counts = dump_folder(folder, progress)
        except DumpError as error:
            raise CommandError(f"Nothing was written. {error}") from error
        entries = ", ".join(f"{count} {name}" for name, count in counts.items())
        self.stdout.write(f"written: {entries}")
