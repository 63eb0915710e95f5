"""A mail as it goes out: one text, said as plain text and in the one sober frame of HTML that all mails share.

The frame asks for no picture, so that nobody learns from it whether a mail was opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi
from wagtail.models import Site

from cms_pages.mails.marks import Value, filled, filled_html, in_one_line
from cms_pages.mails.registry import Mail
from cms_pages.models.settings import SiteLook
from cms_pages.theme.colours import Colour
from cms_pages.theme.palette import DARK, mail_palette, palette


@dataclass(frozen=True)
class Town:
    """What a mail shows of the town: its name and its colours."""

    name: str
    look: SiteLook

    @classmethod
    def here(cls) -> "Town":
        site = Site.objects.filter(is_default_site=True).select_related("sitelook").first()
        look = getattr(site, "sitelook", None) or SiteLook()
        return cls(look.name or (site and site.site_name) or settings.WAGTAIL_SITE_NAME, look)

    @property
    def colours(self) -> dict[str, Colour]:
        brand, accent = Colour.read(self.look.brand), Colour.read(self.look.accent)
        dark = palette(brand, accent, DARK)
        return {
            "brand": brand,
            "link": mail_palette(brand)["brand-text"],
            "dark_brand": dark["brand"],
            "dark_link": dark["brand-text"],
            "dark_paper": DARK.paper,
        }


@dataclass(frozen=True)
class Letter:
    """`subject` is one line, `text` the plain part, `html` a whole document."""

    subject: str
    text: str
    html: str


def letter(mail: Mail, words: tuple[str, str], values: Mapping[str, Value]) -> Letter:
    """Subject and body with the values in place of their marks, in the language now active."""
    town = Town.here()
    shaped = mail.shaped({"site": town.name, "site_address": settings.SITE_ADDRESS, **values})
    subject, body = in_one_line(filled(words[0], shaped)), words[1]
    about = {"subject": subject, "town": town, "language": get_language(), "is_rtl": get_language_bidi()}
    paragraphs = mark_safe(filled_html(body, shaped))  # noqa: S308 - all in it is escaped where it is put in
    html = render_to_string("emails/frame.html", about | {"paragraphs": paragraphs})
    return Letter(subject, filled(body, shaped), html)
