from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand

from amnesty_site.progress import Progress
from bilingual.languages import OWN_NAMES
from editorial.entries import subjects
from editorial.po_files import make_po


class Command(BaseCommand):
    help = "Writes a PO file of the texts to translate, with the translations there are."

    def add_arguments(self, parser):
        names = [model._meta.label_lower for model in subjects()]
        parser.add_argument("file", type=Path)
        parser.add_argument("--from", dest="source", choices=list(OWN_NAMES), required=True)
        parser.add_argument("--subject", choices=names, help="alone, not the whole site")

    def handle(self, *args, file, source, subject, **options):
        models = [model for model in subjects() if subject in (None, model._meta.label_lower)]
        progress = partial(Progress, label="Writing", stream=self.stderr)
        file.write_text(str(make_po(models, source, progress)), encoding="utf-8")
