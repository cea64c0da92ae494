from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from amnesty_site.content.loading import load_folder
from amnesty_site.progress import Progress
from amnesty_site.yaml_files import ContentError


class Command(BaseCommand):
    help = "Loads the site's content from plain files. What they do not name stays as it is."

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", nargs="?", type=Path, default=settings.BASE_DIR / "content", help="content/"
        )

    def handle(self, *args, folder, **options):
        progress = partial(Progress, label="Loading", stream=self.stdout)
        try:
            with override("en"):
                report = load_folder(folder.absolute(), progress)
        except ContentError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        if report.is_frame_only:
            self.stdout.write(
                "Only themes and pages were loaded, as the organisation's own document tells the "
                "history here."
            )
        for doubt in report.doubts:
            self.stdout.write(str(doubt))
        for label, counts in [
            ("new", report.created),
            ("changed", report.changed),
            ("as before", report.unchanged),
        ]:
            if counts:
                entries = ", ".join(f"{count} {name}" for name, count in counts.items())
                self.stdout.write(f"{label}: {entries}")
