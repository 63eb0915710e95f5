"""The blocks of a page as JSON: rich text as safe HTML, addresses absolute."""

import re
from typing import Any

from django.utils.functional import Promise
from rest_framework.request import Request
from wagtail.blocks import StreamValue, StructValue
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

LOCAL_ADDRESS = re.compile(r'(href|src)="/(?!/)')
WIDTHS = (400, 800, 1200)


def body_of(body: StreamValue, request: Request) -> list[dict[str, Any]]:
    """Each block as `{"id", "type", "value"}`."""
    return [{"id": block.id, "type": block.block_type, "value": plain(block.value, request)} for block in body]


def plain(value: Any, request: Request) -> Any:
    if isinstance(value, RichText):
        return with_absolute_addresses(expand_db_html(value.source), request)
    if isinstance(value, StructValue):
        return {name: plain(inner, request) for name, inner in value.items()}
    if isinstance(value, Page):
        return {"id": value.pk, "title": value.title, "path": value.get_url(request)}
    if isinstance(value, AbstractImage):
        return picture(value, request)
    return str(value) if isinstance(value, Promise) else value


def with_absolute_addresses(html: str, request: Request) -> str:
    return LOCAL_ADDRESS.sub(lambda found: f'{found[1]}="{request.build_absolute_uri("/")}', html)


def picture(image: AbstractImage, request: Request) -> dict[str, Any]:
    renditions = image.get_renditions(*(f"width-{width}" for width in WIDTHS)).values()
    return {
        "alt": getattr(image, "contextual_alt_text", None) or image.default_alt_text,
        "decorative": getattr(image, "decorative", False),
        "credit": image.credit,
        "width": image.width,
        "height": image.height,
        "srcset": ", ".join(f"{request.build_absolute_uri(one.url)} {one.width}w" for one in renditions),
    }
