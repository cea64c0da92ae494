from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from amnesty_site.progress import Progress
from editorial.picture_store import remove_folder, remove_strays
from editorial.pictures import Picture


class Command(BaseCommand):
    help = (
        "Makes what pages show of each picture anew, and deletes files in the pictures' folder "
        "that belong to no picture and no draft."
    )

    def handle(self, *args, **options):
        pictures = Picture.objects.order_by("pk")
        try:
            for picture in Progress(pictures, "Making", self.stdout):
                remove_folder(picture.folder)
                picture.folder = ""
                picture.save()
            strays = remove_strays(Picture.objects.files() | Picture.objects.folders())
        except ValidationError as error:
            raise CommandError(f"Picture {picture.pk}: {' '.join(error.messages)}") from error
        except OSError as error:
            raise CommandError(f"The storage does not answer: {error}. Run this again.") from error
        self.stdout.write(f"Pictures made ready: {len(pictures)}. Strays deleted: {strays}.")
