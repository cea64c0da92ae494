from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from amnesty_site.printing import PrintError, documents, find_chromium, printer
from amnesty_site.progress import Progress


class Command(BaseCommand):
    help = (
        "Prints the history by decade and the achievements by year as PDF files, in both "
        "languages. It needs Chromium, and no running server and no network."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="where the files go; made if it is not there")

    def handle(self, *args, folder, **options):
        chromium = find_chromium()
        if chromium is None:
            raise CommandError(
                "There is no Chromium on this machine to print with: install it (on Debian: "
                "apt-get install chromium) and start this command again."
            )
        call_command("serve", prepare_only=True, stdout=self.stdout)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            done = documents()
            with printer(chromium) as print_page:
                for name, path in Progress(done, "Printing", self.stdout):
                    print_page(path, folder / name)
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}.") from error
        except PrintError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(done)} documents are in {folder}.")
