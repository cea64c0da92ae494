from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import override

from amnesty_site.document_import import import_document
from amnesty_site.documents import DocumentError, MapError, read_document, read_map, slips_in
from amnesty_site.progress import Progress
from editorial.deeds import deed

MAP = Path(__file__).with_suffix(".toml")


class Command(BaseCommand):
    help = (
        "Loads the organisation's own document (history, achievements, campaigns, notices), word "
        "for word. Where the site already shows other entries, it is loaded as drafts. What has "
        "been loaded before is left as it is."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the document, a UTF-8 text")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be loaded, and load nothing"
        )
        parser.add_argument(
            "--map", type=Path, default=MAP, help="a TOML file with the document's exceptions"
        )

    def handle(self, *args, file, dry_run, map, **options):
        progress = partial(Progress, label="Loading", stream=self.stdout)
        try:
            exceptions = read_map(map)
            document = read_document(file.read_bytes(), exceptions)
            self.describe(document, exceptions)
            with override("en"), transaction.atomic(), deed(note="import_document"):
                report = import_document(document, exceptions, progress)
                transaction.set_rollback(dry_run)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except DocumentError as error:
            raise CommandError(f"{file} was not loaded. {error}") from error
        except MapError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{report.created} new entries, {report.existing} already there.")
        if report.created and report.as_drafts:
            self.stdout.write("The new ones are drafts, as the site already shows other entries.")
        if dry_run:
            self.stdout.write("Nothing was changed, as --dry-run asks.")

    def describe(self, document, exceptions):
        """Says what the document holds, and what in it is known to be wrong."""
        campaigns = [card for card in document.cards if card.title not in exceptions["notices"]]
        achievement_years = {achievement.year for achievement in document.achievements}
        years = document.years
        self.stdout.write(
            f"{len(years)} years ({years[0]}-{years[-1]}) in {len(document.decades)} decades, "
            f"{len(document.events)} events, {len(document.achievements)} achievements in "
            f"{len(achievement_years)} years, {len(campaigns)} campaigns, "
            f"{len(document.cards) - len(campaigns)} notices; the visitor count it names, "
            f"{document.visitors:,}, is left as it is here."
        )
        for paragraph in [*document.events, *document.achievements, *document.cards]:
            for slip in slips_in(paragraph.text, exceptions):
                self.stdout.write(f"Line {paragraph.line}, {slip}")
