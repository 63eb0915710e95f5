"""The content of pages as JSON: rich text as safe HTML, addresses absolute."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import nh3
from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from rest_framework.request import Request
from wagtail.blocks import StreamValue, StructValue
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from cms_pages.blocks.media import EmbedValue
from cms_pages.menus import address_here, translated
from participation.models import Budget

LOCAL_ADDRESS = re.compile(r'(href|src)="/(?!/)')
SCHEMES = {"http", "https", "mailto", "tel"}
WIDTHS = (400, 800, 1200)


def body_of(body: StreamValue, request: Request) -> list[dict[str, Any]]:
    """Each block as `{"id", "type", "value"}`. What all of them show and lead to is asked for at once."""
    around = Around.of([block.value for block in body], request)
    return [{"id": block.id, "type": block.block_type, "value": plain(block.value, around)} for block in body]


def detail(value: Any, request: Request) -> Any:
    """A single field of a page."""
    return plain(value, Around.of([value], request))


@dataclass(frozen=True)
class Around:
    """`pages` are those that values lead to, by their translation keys: public ones, in the reader's language."""

    request: Request
    pages: dict[UUID, Page]

    @classmethod
    def of(cls, values: Iterable[Any], request: Request) -> "Around":
        found = list(leaves(values))
        prefetch_related_objects([one for one in found if isinstance(one, AbstractImage)], "renditions")
        return cls(request, translated(one for one in found if isinstance(one, Page)))


def leaves(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        yield from leaves(value.values()) if isinstance(value, StructValue) else (value,)


def plain(value: Any, around: Around) -> Any:
    request = around.request
    match value:
        case RichText():
            return safe_html(value.source, request)
        case StreamValue():
            return body_of(value, request)
        case EmbedValue():
            return {**value, "host": value.host, "player": value.player}
        case StructValue():
            return {name: plain(inner, around) for name, inner in value.items()}
        case Page():
            found = around.pages.get(value.translation_key)
            return found and {"id": found.pk, "title": found.title, "path": address_here(found, request)}
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
