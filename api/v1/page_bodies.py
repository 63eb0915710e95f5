"""The blocks of a page as JSON: rich text as safe HTML, addresses absolute."""

import re
from typing import Any

import nh3
from django.utils.functional import Promise
from rest_framework.request import Request
from wagtail.blocks import StreamValue, StructValue
from wagtail.images.models import AbstractImage, SourceImageIOError
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

LOCAL_ADDRESS = re.compile(r'(href|src)="/(?!/)')
SCHEMES = {"http", "https", "mailto", "tel"}
WIDTHS = (400, 800, 1200)


def body_of(body: StreamValue, request: Request) -> list[dict[str, Any]]:
    """Each block as `{"id", "type", "value"}`."""
    return [{"id": block.id, "type": block.block_type, "value": plain(block.value, request)} for block in body]


def plain(value: Any, request: Request) -> Any:
    if isinstance(value, RichText):
        return with_absolute_addresses(nh3.clean(expand_db_html(value.source), url_schemes=SCHEMES), request)
    if isinstance(value, StructValue):
        return {name: plain(inner, request) for name, inner in value.items()}
    if isinstance(value, Page):
        return linked(value, request)
    if isinstance(value, AbstractImage):
        return picture(value, request)
    return str(value) if isinstance(value, Promise) else value


def linked(page: Page, request: Request) -> dict[str, Any] | None:
    """A page that a block leads to, unless readers cannot see it."""
    if not page.live or page.get_view_restrictions().exists():
        return None
    return {"id": page.pk, "title": page.title, "path": page.get_url(request)}


def with_absolute_addresses(html: str, request: Request) -> str:
    return LOCAL_ADDRESS.sub(lambda found: f'{found[1]}="{request.build_absolute_uri("/")}', html)


def picture(image: AbstractImage, request: Request) -> dict[str, Any] | None:
    """None for a picture whose file is gone."""
    try:
        renditions = image.get_renditions(*(f"width-{width}" for width in WIDTHS)).values()
    except SourceImageIOError:
        return None
    return {
        "alt": getattr(image, "contextual_alt_text", None) or image.default_alt_text,
        "decorative": getattr(image, "decorative", False),
        "credit": image.credit,
        "width": image.width,
        "height": image.height,
        "srcset": ", ".join(f"{request.build_absolute_uri(one.url)} {one.width}w" for one in renditions),
    }
