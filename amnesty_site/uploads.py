"""Files as they arrive, before anything has looked at them."""

import io
import logging
from contextlib import contextmanager, suppress
from pathlib import Path

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

logger = logging.getLogger("django.amnesty_site")


class NamelessFileUploadHandler(TemporaryFileUploadHandler):
    """Takes the name of a large upload away at once: a picture still says where it was taken, and
    must not stay on the disk when the process is killed.

    One that a full disk has no room for arrives empty, so that its form can say so and keep the
    rest; `is_lost` tells it from a file that is empty.
    """

    is_lost = False

    def new_file(self, *args, **kwargs):
        self.is_lost = False
        vars(self).pop("file", None)
        with self.room():
            super().new_file(*args, **kwargs)
            Path(self.file.temporary_file_path()).unlink()

    def receive_data_chunk(self, raw_data, start):
        with self.room():
            if not self.is_lost:
                super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        with self.room():
            if not self.is_lost:
                return super().file_complete(file_size)
        with suppress(OSError, AttributeError):
            self.file.close()
        about = self.field_name, self.file_name, self.content_type, 0, self.charset
        lost = InMemoryUploadedFile(io.BytesIO(), *about)
        lost.is_lost = True
        return lost

    @contextmanager
    def room(self):
        try:
            yield
        except OSError as error:
            logger.error("There is no room for an upload: %s", error)
            self.is_lost = True
