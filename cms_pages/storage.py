"""Where uploads lie when they lie in buckets: any service that speaks S3's protocol."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

# A page waits for a storage that is down no longer than a reader would, in seconds.
CLIENT = {"connect_timeout": 2, "read_timeout": 10, "retries": {"total_max_attempts": 2}, "signature_version": "s3v4"}


class StorageDownError(OSError):
    """The storage did not answer, or refused: as a disk that fails, so that whoever opens files knows one fault."""


@contextmanager
def as_of_a_disk() -> Iterator[None]:
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as fault:
        raise StorageDownError(f"The storage of uploads: {type(fault).__name__}") from fault


class Bucket(S3Storage):
    """Signatures of the fourth version, the bucket in the path where the service is not Amazon's."""

    def get_default_settings(self) -> dict[str, Any]:
        return super().get_default_settings() | {"file_overwrite": False}

    def __init__(self, **options: Any) -> None:
        style = "path" if options.get("endpoint_url") else "auto"
        super().__init__(client_config=Config(**CLIENT, s3={"addressing_style": style}), **options)

    def _open(self, name: str, mode: str = "rb") -> File:
        with as_of_a_disk():
            file = super()._open(name, mode)
            # Fetched at once: a fault while reading would come where nobody expects one.
            file.open()
            return file

    def _save(self, name: str, content: File) -> str:
        with as_of_a_disk():
            return super()._save(name, content)

    def exists(self, name: str) -> bool:
        with as_of_a_disk():
            return super().exists(name)

    def delete(self, name: str) -> None:
        with as_of_a_disk():
            super().delete(name)

    def size(self, name: str) -> int:
        with as_of_a_disk():
            return super().size(name)
