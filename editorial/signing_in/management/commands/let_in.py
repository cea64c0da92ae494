from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from editorial.signing_in import log
from editorial.signing_in.second_factor import has_second_factor
from editorial.signing_in.sessions import end_sessions
from editorial.signing_in.tries import Tries


class Command(BaseCommand):
    help = "Lets somebody sign in who has to wait, or whose phone and recovery codes are lost."

    def add_arguments(self, parser):
        parser.add_argument("name", help="the name of the account, as it is typed to sign in")
        parser.add_argument(
            "--without-second-factor",
            action="store_true",
            help="remove the second factor, and sign the account out everywhere",
        )

    def handle(self, *args, name, without_second_factor, **options):
        user = User.objects.select_related("second_factor").filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account “{name}”. The admin lists them under Users.")
        Tries.objects.forget(name)
        self.stdout.write(f"“{name}” may try to sign in at once.")
        if not user.is_active:
            self.stdout.write("The account is not active: an administrator ticks Active in it.")
        if without_second_factor and has_second_factor(user):
            user.second_factor.remove()
            end_sessions(user)
            log.removed_by_command(user)
            self.stdout.write("The password alone is enough now. Set up a new second factor next.")
