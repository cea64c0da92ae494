"""Pictures in a bucket of any store that speaks S3, switched on by MEDIA_STORAGE.

Imported only where that is set: its packages are an extra (pyproject.toml).
"""

import logging
import threading
from contextlib import contextmanager
from types import SimpleNamespace

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from storages.backends.s3 import S3Storage

logger = logging.getLogger("django.amnesty_site")

# Who waits holds a thread that readers need; a store in good health answers in milliseconds
PATIENCE = {
    "connect_timeout": 2,
    "read_timeout": 3,
    "retries": {"mode": "standard", "total_max_attempts": 2},
}
READERS = 2  # at once, so that of a process's four threads two are left for pages
# What stores other than Amazon's own know
SPOKEN = {
    "signature_version": "s3v4",
    "s3": {"addressing_style": "path"},
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}


@contextmanager
def errors_of_a_disk():
    """What goes wrong in a bucket is told as it would be of a disk: by an OSError."""
    try:
        yield
    except ClientError as error:
        missing = error.response["Error"]["Code"] in ("NoSuchKey", "404")
        raise (FileNotFoundError if missing else OSError)(str(error)) from error
    except BotoCoreError as error:
        raise ConnectionError(str(error)) from error
    except Boto3Error as error:
        raise OSError(str(error)) from error


class Bucket(S3Storage):
    """Like the local disk to whoever uses it; the site itself answers at the addresses."""

    exists, delete, listdir, get_modified_time, _save = (
        errors_of_a_disk()(method)
        for method in (
            S3Storage.exists,
            S3Storage.delete,
            S3Storage.listdir,
            S3Storage.get_modified_time,
            S3Storage._save,
        )
    )

    def __init__(self, **options):
        super().__init__(**options)
        self._connections = SimpleNamespace()  # threads may share a client, which takes 10 MB
        self.is_away = False  # the last time it was asked for a picture
        self.asking = threading.BoundedSemaphore(READERS)

    def get_default_settings(self):
        """All but what MEDIA_STORAGE says; nothing else in the environment is heard."""
        return super().get_default_settings() | {
            "security_token": None,
            "session_profile": None,
            "client_config": Config(**PATIENCE, **SPOKEN),
            "transfer_config": TransferConfig(use_threads=False),
        }

    def url(self, name):
        return FileSystemStorage(base_url=settings.MEDIA_URL).url(name)

    def _open(self, name, mode="rb"):
        with errors_of_a_disk():
            return ContentFile(self.get(name)["Body"].read(), name)

    def get(self, name, **conditions):
        client = self.connection.meta.client
        return client.get_object(Bucket=self.bucket_name, Key=name, **conditions)

    def answer(self, name, **conditions):
        """What the store answers to who asks for a picture under these conditions of `get_object`:
        status, headers and bytes. OSError where it gives none.

        While it is away others than those who wait for it are told at once.
        """
        if not self.asking.acquire(timeout=0 if self.is_away else 1):
            raise ConnectionError("The storage does not answer.")
        try:
            with errors_of_a_disk():
                answer = self.ask(name, conditions)
            self.is_away = False
            return answer
        except FileNotFoundError:
            self.is_away = False
            raise
        except OSError as error:
            if not self.is_away:
                logger.error("Pictures cannot be shown: %s", error)
            self.is_away = True
            raise
        finally:
            self.asking.release()

    def ask(self, name, conditions):
        try:
            answer = self.get(name, **conditions)
        except ClientError as error:
            told = error.response["ResponseMetadata"]
            if told["HTTPStatusCode"] not in (304, 416):
                raise
            return told["HTTPStatusCode"], told["HTTPHeaders"], b""
        told = answer["ResponseMetadata"]
        return told["HTTPStatusCode"], told["HTTPHeaders"], answer["Body"].read()
