from contextlib import suppress
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.template.defaultfilters import filesizeformat
from django.utils.translation import override

from amnesty_site import error_mail
from amnesty_site.backups.errors import BackupError
from amnesty_site.backups.saving import save
from amnesty_site.progress import Progress


class Command(BaseCommand):
    help = (
        "Writes the whole site into one new archive, while it runs: database, pictures and what "
        "is no secret of its settings. `restore` makes the same site of it."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="where archives lie; made if it is missing")
        parser.add_argument(
            "--keep", type=int, default=14, help="how many of the newest archives stay there: 14"
        )

    def handle(self, *args, **options):
        try:
            self.save(**options)
        except CommandError as error:
            if settings.ERRORS_TO:  # nobody sees what a timer starts at night
                with suppress(OSError):
                    error_mail.mail("The backup failed", str(error))
            raise

    def save(self, folder, keep, **options):
        if keep < 1:
            raise CommandError("--keep must be 1 or more: the new archive stays in any case.")
        try:
            saved = save(folder, keep, partial(Progress, label="Saving", stream=self.stdout))
        except BackupError as error:
            raise CommandError(f"Nothing was saved. {error}") from error
        except (OSError, Error) as error:
            raise CommandError(f"Nothing was saved: {error}") from error
        with override("en"):
            size = filesizeformat(saved.path.stat().st_size)
        self.stdout.write(f"saved: {saved.path} ({size}, {saved.files} files of pictures)")
        if saved.missing:
            raise CommandError(
                f"All else is in it, but pictures lack files: {', '.join(saved.missing[:3])}. Put "
                "them back from an older backup, then run script/manage make_renditions."
            )
