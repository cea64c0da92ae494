from functools import partial

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from amnesty_site.dead_links import find_dead_links
from amnesty_site.progress import Progress


class Command(BaseCommand):
    help = (
        "Names the links in all texts that lead to no page of this site a reader can open, and "
        "those written with an old address. Asks no other site. Fails when a link is dead."
    )

    def handle(self, *args, **options):
        with override("en"):
            findings = find_dead_links(partial(Progress, label="Checking", stream=self.stdout))
            for finding in findings:
                self.stdout.write(str(finding))
        dead = sum(finding.is_dead for finding in findings)
        if dead:
            raise CommandError(f"Links that lead nowhere: {dead}.")
        self.stdout.write("No link leads nowhere.")
