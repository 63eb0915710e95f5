"""The card that networks show beside a shared link: its picture and the names of its languages."""

from collections.abc import Iterable
from dataclasses import dataclass

from babel.core import get_global, parse_locale
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import to_locale
from wagtail.images.models import AbstractImage

WIDTH, HEIGHT = 1200, 630
DRAWN = "social.png"


@dataclass(frozen=True)
class CardPicture:
    """`address` is a whole one, as the networks want it."""

    address: str
    width: int
    height: int
    alt: str


def card_picture(request: HttpRequest, images: Iterable[AbstractImage | None]) -> CardPicture:
    """The first of the images that is there, else the drawn one."""
    for image in filter(None, images):
        try:
            made = image.get_rendition(f"fill-{WIDTH}x{HEIGHT}|format-jpeg")
        except OSError:
            continue
        return CardPicture(request.build_absolute_uri(made.url), made.width, made.height, image.default_alt_text)
    words = _("Coloured blocks of different widths beside each other, each a share of the money")
    return CardPicture(request.build_absolute_uri(static(DRAWN)), WIDTH, HEIGHT, words)


def card_locale(language: str) -> str:
    """Networks want a language with a territory, such as `fr_FR`: where none is said, the likeliest."""
    code, territory, script, *_ = parse_locale(to_locale(language))
    likely = get_global("likely_subtags")
    full = likely.get(f"{code}_{script}") or likely.get(code, code)
    territory = territory or parse_locale(full)[1]
    return f"{code}_{territory}" if territory else code
