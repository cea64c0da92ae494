from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from amnesty_site import error_mail
from amnesty_site.health import examine


class Command(BaseCommand):
    help = "Says in plain sentences what is wrong with this site, and what to do. Changes nothing."
    requires_system_checks = []  # they are among what it tells

    def add_arguments(self, parser):
        parser.add_argument("--mail", action="store_true", help="Send a mail to ERRORS_TO, too.")
        parser.add_argument(
            "--backups", type=Path, metavar="FOLDER", help="See that a backup is there, and new."
        )

    def handle(self, *args, mail, backups, **options):
        wrong = 0
        for name, sentences in examine(backups):
            self.stdout.write(f"{name:<12}{'' if sentences else 'well'}")
            for sentence in sentences:
                self.stdout.write(f"  {sentence}")
            wrong += len(sentences)
        if mail:
            self.send()
        if wrong:
            raise CommandError(f"{wrong} to mend.")
        self.stdout.write("Nothing is wrong.")

    def send(self):
        if not settings.ERRORS_TO:
            raise CommandError("ERRORS_TO names nobody to send a mail to.")
        try:
            error_mail.mail("A test", f"This is how {settings.SITE_URL} tells of errors.")
        except OSError as error:
            raise CommandError(f"No mail could be sent: {error}. Correct EMAIL_URL.") from error
        self.stdout.write(f"A mail was sent to {', '.join(settings.ERRORS_TO)}.")
