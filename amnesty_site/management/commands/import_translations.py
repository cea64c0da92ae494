from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from amnesty_site.progress import Progress
from editorial.entries import subjects
from editorial.po_files import read_po
from editorial.po_parsing import PoError


class Command(BaseCommand):
    help = "Takes over what a PO file of export_translations changes, as unchecked translations."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        progress = partial(Progress, label="Reading", stream=self.stderr)
        try:
            report = read_po(file.read_bytes(), subjects(), progress=progress)
        except (OSError, PoError) as error:
            raise CommandError(str(error)) from error
        for refusal in report.refused:
            self.stdout.write(str(refusal))
        self.stdout.write(
            f"new: {report.texts}, as before: {report.unchanged}, refused: {len(report.refused)}"
        )
        if report.refused:
            raise CommandError("Not all of the file went in.")
