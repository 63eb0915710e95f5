"""A service that speaks S3's protocol, for tests: one in this process, or the one that S3_TEST_ENDPOINT names."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from urllib.request import urlopen

import boto3
from botocore.config import Config
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer

from cms_pages.models import SiteRendition
from site_config import uploads

PRIVATE, PUBLIC = "town-private", "town-pictures"


@dataclass
class Service:
    """`public` is where anybody reads what lies in the public bucket."""

    endpoint: str
    public: str

    def client(self):
        path = Config(s3={"addressing_style": "path"}, signature_version="s3v4")
        return boto3.client("s3", endpoint_url=self.endpoint, config=path)

    def make_buckets(self) -> None:
        self.client().create_bucket(Bucket=PRIVATE)
        self.client().create_bucket(Bucket=PUBLIC, ACL="public-read")

    def keys(self, bucket: str) -> list[str]:
        return [one["Key"] for one in self.client().list_objects_v2(Bucket=bucket).get("Contents", [])]

    def serve(self, settings, monkeypatch) -> None:
        """As an installation whose environment names this service."""
        monkeypatch.setenv("S3_BUCKET", PRIVATE)
        monkeypatch.setenv("S3_PUBLIC_BUCKET", PUBLIC)
        monkeypatch.setenv("S3_ENDPOINT", self.endpoint)
        monkeypatch.setenv("S3_PUBLIC_ADDRESS", self.public)
        settings.STORAGES = settings.STORAGES | uploads.storages()
        # The field of a rendition looks its storage up once, when the program starts.
        monkeypatch.setattr(SiteRendition._meta.get_field("file"), "storage", storages["renditions"])


NOBODY_ANSWERS = Service("http://127.0.0.1:9", "http://127.0.0.1:9/pictures")


@contextmanager
def running_here() -> Iterator[Service]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        service = Service(f"http://{host}:{port}", f"http://{host}:{port}/{PUBLIC}")
        service.make_buckets()
        yield service
    finally:
        server.stop()


def running_there() -> AbstractContextManager[Service] | None:
    endpoint = os.environ.get("S3_TEST_ENDPOINT")
    if not endpoint:
        return None
    service = Service(endpoint, os.environ["S3_TEST_PUBLIC_ADDRESS"])
    service.make_buckets()
    return nullcontext(service)


def answered(address: str):
    with urlopen(address, timeout=5) as answer:
        return answer.headers, answer.read()
