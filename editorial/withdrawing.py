"""Takes every copy of a picture away in one step: files, pages, drafts, history."""

from django.db import transaction

from editorial import picture_store
from editorial.drafts import Draft
from editorial.history import Version


def withdraw(picture):
    """Deletes a picture, its files and all that was said of it, and takes it out of every entry,
    draft and version that names it. Pages are made anew at once; what browsers and other sites
    have copied is out of reach.

    OSError, and nothing changed in the database, where the storage does not answer.
    """
    with transaction.atomic():
        for entries in picture.entries_by_model():
            for entry in entries.select_for_update():
                entry.picture = None
                entry.save()
            for rows in (Version.objects, Draft.objects):
                for row in rows.of_subject(entries.model).filter(values__picture=picture.pk):
                    row.values["picture"] = None
                    row.save(update_fields=["values"])
        for name in file_names(picture):
            picture_store.remove(name)
        Draft.objects.of(picture).delete()
        Version.objects.of(picture).delete()
        picture.delete()


def file_names(picture):
    """Its file, those it had before, and the one that waits to replace it."""
    rows = [*Version.objects.of(picture), *Draft.objects.of(picture)]
    return {picture.file.name, *(row.values.get("file") for row in rows)} - {None, ""}
