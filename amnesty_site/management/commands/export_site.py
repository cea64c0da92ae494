from functools import partial
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from amnesty_site.exporting import ExportError, export
from amnesty_site.progress import Progress


class Command(BaseCommand):
    help = (
        "Writes the whole public site, in both languages and with its search, as a folder that "
        "opens without a server (index.html), and as a zip file beside it."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", type=Path, help="where it goes; an earlier export is replaced"
        )
        parser.add_argument(
            "--without-pictures", action="store_true", help="as readers get it who save data"
        )

    def handle(self, *args, folder, without_pictures, **options):
        call_command("serve", prepare_only=True, stdout=self.stdout)
        progress = partial(Progress, label="Writing", stream=self.stdout)
        try:
            files, archive, dead = export(folder.absolute(), not without_pictures, progress)
        except ExportError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{files} files are in {folder}, and in {archive}.")
        if dead:
            self.stdout.write(
                f"Some pages lead to addresses that are not there: {', '.join(dead)}. "
                "script/manage check_links names the texts."
            )
