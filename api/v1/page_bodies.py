"""The content of pages as JSON: rich text as safe HTML, addresses absolute."""

import re
from datetime import date, datetime
from typing import Any

import nh3
from django.utils.functional import Promise
from rest_framework.request import Request
from wagtail.blocks import StreamValue, StructValue
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from cms_pages.blocks.media import EmbedValue
from participation.models import Budget

LOCAL_ADDRESS = re.compile(r'(href|src)="/(?!/)')
SCHEMES = {"http", "https", "mailto", "tel"}
WIDTHS = (400, 800, 1200)


def body_of(body: StreamValue, request: Request) -> list[dict[str, Any]]:
    """Each block as `{"id", "type", "value"}`."""
    return [{"id": block.id, "type": block.block_type, "value": plain(block.value, request)} for block in body]


def plain(value: Any, request: Request) -> Any:
    match value:
        case RichText():
            return safe_html(value.source, request)
        case StreamValue():
            return body_of(value, request)
        case EmbedValue():
            return {**value, "host": value.host, "player": value.player}
        case StructValue():
            return {name: plain(inner, request) for name, inner in value.items()}
        case Page():
            return linked(value, request)
        case AbstractImage():
            return picture(value, request)
        case AbstractDocument():
            return document(value, request)
        case Budget():
            return {"slug": value.slug, "uuid": str(value.uuid)} if value.is_public else None
        case datetime() | date():
            return value.isoformat()
    return str(value) if isinstance(value, Promise) else value


def safe_html(source: str, request: Request) -> str:
    html = nh3.clean(expand_db_html(source), url_schemes=SCHEMES)
    return LOCAL_ADDRESS.sub(lambda found: f'{found[1]}="{request.build_absolute_uri("/")}', html)


def linked(page: Page, request: Request) -> dict[str, Any] | None:
    """A page that a block leads to, unless readers cannot see it."""
    if not page.live or page.get_view_restrictions().exists():
        return None
    return {"id": page.pk, "title": page.title, "path": page.get_url(request)}


def picture(image: AbstractImage, request: Request) -> dict[str, Any] | None:
    """None where the file is out of reach. `focal_point` is where to look at, in parts of the width and height."""
    try:
        renditions = image.get_renditions(*(f"width-{width}" for width in WIDTHS)).values()
    except OSError:
        return None
    focus = image.get_focal_point()
    return {
        "alt": getattr(image, "contextual_alt_text", None) or image.default_alt_text,
        "decorative": getattr(image, "decorative", False),
        "credit": image.credit,
        "width": image.width,
        "height": image.height,
        "focal_point": focus and [focus.centroid.x / image.width, focus.centroid.y / image.height],
        "srcset": ", ".join(f"{request.build_absolute_uri(one.url)} {one.width}w" for one in renditions),
    }


def document(one: AbstractDocument, request: Request) -> dict[str, Any]:
    return {
        "title": one.title,
        "address": request.build_absolute_uri(one.url),
        "extension": one.file_extension,
        "size": one.file_size,
    }
