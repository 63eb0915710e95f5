"""Where uploads lie: in a folder, or in two buckets of any service that speaks S3's protocol."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from site_config import env

# For how many seconds the address of a document is good.
LINK_SECONDS = 300
FOREVER = "public, max-age=31536000, immutable"
FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def storages() -> dict[str, dict[str, Any]]:
    """`default` holds what is not for everybody: documents, originals, citizens' photos. `renditions` holds pictures.

    With buckets the first is private, its addresses short-lived; the second is the public one, read by browsers at
    `S3_PUBLIC_ADDRESS`.
    """
    bucket = env.text("S3_BUCKET", "")
    if not bucket:
        return {"default": FOLDER, "renditions": FOLDER}
    address = urlsplit(public_address())
    service = {"endpoint_url": env.text("S3_ENDPOINT", "") or None}
    private = {"bucket_name": bucket, "querystring_expire": LINK_SECONDS}
    private["object_parameters"] = {"ContentDisposition": "attachment", "CacheControl": "private"}
    public = {"bucket_name": env.text("S3_PUBLIC_BUCKET"), "object_parameters": {"CacheControl": FOREVER}}
    public |= {"custom_domain": f"{address.netloc}{address.path}".rstrip("/"), "url_protocol": f"{address.scheme}:"}
    return {
        "default": {"BACKEND": "cms_pages.storage.Bucket", "OPTIONS": service | private},
        "renditions": {"BACKEND": "cms_pages.storage.Bucket", "OPTIONS": service | public},
    }


def public_address() -> str:
    """Where browsers find public pictures; empty where the site serves them itself."""
    if not env.text("S3_BUCKET", ""):
        return ""
    address = env.text("S3_PUBLIC_ADDRESS")
    if urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).netloc:
        raise ImproperlyConfigured("S3_PUBLIC_ADDRESS must be an address such as https://pictures.example.org.")
    return address
