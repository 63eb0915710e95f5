"""Pictures in the sizes and formats that a reader's screen needs, and made-up ones where there is no photo."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Page

from cms_pages.models import SiteLook
from frontend_templates.charts.tiles import drawing

register = template.Library()
WIDTHS = (400, 800, 1200)
FORMATS = ("avif", "webp")
SIZES = "(min-width: 60rem) 40rem, 100vw"


def srcset(renditions: list[AbstractRendition]) -> str:
    return ", ".join(f"{one.url} {one.width}w" for one in renditions)


@register.simple_tag
def photo(image: AbstractImage, alt: str | None = None, lazy: bool = True, sizes: str = SIZES) -> SafeString:
    """A `<picture>` in AVIF and WebP with a JPEG behind them; its width and height keep the page from jumping.

    `alt` None takes the picture's own words; an empty one marks it as decoration. Nothing without its file.
    """
    specs = {kind: [f"width-{width}|format-{kind}" for width in WIDTHS] for kind in (*FORMATS, "jpeg")}
    try:
        made = image.get_renditions(*(spec for group in specs.values() for spec in group))
    except OSError:
        return SafeString("")
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        ((kind, srcset([made[spec] for spec in specs[kind]]), sizes) for kind in FORMATS),
    )
    plain = [made[spec] for spec in specs["jpeg"]]
    return format_html(
        '<picture>{}<img class="photo" src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}></picture>',
        sources,
        plain[1].url,
        srcset(plain),
        sizes,
        plain[1].width,
        plain[1].height,
        image.default_alt_text if alt is None else alt,
        SafeString(' loading="lazy"' if lazy else ""),
    )


@register.simple_tag
def logo(look: SiteLook) -> SafeString:
    """The logo, and the one for dark ground where the town has one. The name stands beside it, so it says nothing."""
    light, dark = (one and rendition_of(one, "height-80|format-webp") for one in (look.logo, look.logo_dark))
    if not light:
        return SafeString("")
    source = format_html('<source media="(prefers-color-scheme: dark)" srcset="{}">', dark.url) if dark else ""
    return format_html(
        '<picture class="logo{}">{}<img src="{}" width="{}" height="{}" alt=""></picture>',
        "" if dark else " logo-patch",
        source,
        light.url,
        light.width,
        light.height,
    )


@register.simple_tag
def icon(image: AbstractImage) -> SafeString:
    small = rendition_of(image, "fill-64x64|format-png")
    return format_html('<link rel="icon" href="{}">', small.url) if small else SafeString("")


def rendition_of(image: AbstractImage, spec: str) -> AbstractRendition | None:
    """None where the file is gone or out of reach: the page goes on without it."""
    try:
        return image.get_rendition(spec)
    except OSError:
        return None


@register.simple_tag
def page_tiles(page: Page) -> SafeString:
    """A page's picture where it has no photo, the same in every language."""
    return drawing(page.translation_key.int, page.translation_key.hex)
