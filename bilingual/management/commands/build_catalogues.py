from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Builds the message catalogues (.mo) from their sources (.po), where those are newer."

    def handle(self, *args, **options):
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                self.build(source, source.with_suffix(".mo"))

    def build(self, source, target):
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            return
        try:
            catalogue = polib.pofile(str(source))
        except OSError as error:
            raise CommandError(f"{source} is not a readable catalogue: {error}") from error
        partial = target.with_suffix(".partial")
        catalogue.save_as_mofile(str(partial))
        partial.replace(target)  # at once, so that no process reads half a catalogue
        self.stdout.write(f"Built {target.relative_to(settings.BASE_DIR)}")
