"""The files of pictures, which lie in `pictures/` under the names they have on the site."""

import re

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from editorial import picture_files, picture_store
from editorial.picture_store import FOLDER

# As the site makes them: nobody guesses where a picture is that is not published yet
NAME = re.compile(r"[A-Za-z0-9_-]{16}\.jpg")


def stored_name(name):
    return f"{FOLDER}/{name}"


def name_in_files(name):
    return name.removeprefix(f"{FOLDER}/")


def read(name):
    """The bytes of a stored picture; OSError where they are not there."""
    with default_storage.open(name) as file:
        return file.read()


class Shelf:
    """Puts the files of a folder where the site keeps its own; `take_back` removes what was put."""

    def __init__(self, folder):
        self.folder = folder / FOLDER
        self.put = []

    def store(self, part, focal):
        """Stores the file that `part` names, cleaned where it is not, with what pages show of it:
        its width and height, or None where it was there. Takes seconds."""
        name = part.text()
        if not NAME.fullmatch(name):
            raise part.mistake(
                f"{name[:80]} cannot be the name of a picture. Write 16 letters, digits, hyphens "
                "or underscores that nobody can guess, and “.jpg”."
            )
        path = self.folder / name
        if not path.is_file():
            raise part.mistake(f"the file {FOLDER}/{name} is missing. Put it there.")
        data = path.read_bytes()
        if default_storage.exists(stored_name(name)) and read(stored_name(name)) == data:
            return None
        try:
            return self.store_clean(name, picture_files.clean_once(data), focal)
        except FileExistsError as error:
            raise part.mistake(
                f"another picture has the name {name} here. Give the file a new name."
            ) from error
        except (OSError, ValidationError) as error:
            raise part.mistake(" ".join(picture_store.refusal(error).messages)) from error

    def store_clean(self, name, cleaned, focal):
        stored = stored_name(name)
        if default_storage.exists(stored):
            if read(stored) != cleaned.data:
                raise FileExistsError(stored)
        else:
            self.put.append(stored)
            default_storage.save(stored, ContentFile(cleaned.data))
        picture_store.make(stored, focal)
        return cleaned.width, cleaned.height

    def take_back(self):
        for name in self.put:
            picture_store.remove(name)
