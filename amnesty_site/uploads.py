"""Files as they arrive, before anything has looked at them."""

from pathlib import Path

from django.core.files.uploadhandler import TemporaryFileUploadHandler


class NamelessFileUploadHandler(TemporaryFileUploadHandler):
    """Takes the name of a large upload away at once: a picture still says where it was taken, and
    must not stay on the disk when the process is killed."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        Path(self.file.temporary_file_path()).unlink()
