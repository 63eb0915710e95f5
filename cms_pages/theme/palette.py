"""A town's two colours as the names that the stylesheets use, in light and in dark."""

from dataclasses import dataclass

from cms_pages.theme.colours import WHITE, Colour, readable, text_on

LEAST_SHAPE = 3.0


@dataclass(frozen=True)
class Grounds:
    """What text stands on: the page and the sheets laid upon it."""

    paper: Colour
    sheet: Colour


LIGHT = Grounds(Colour.read("#f8f5ee"), Colour.read("#fffdf9"))
DARK = Grounds(Colour.read("#171512"), Colour.read("#201d19"))


def palette(brand: Colour, accent: Colour, grounds: Grounds) -> dict[str, Colour]:
    """Custom properties without their dashes. Shapes keep 3:1 to the page, text 4.5:1 to page and sheet."""
    shape = readable(brand, grounds.paper, grounds.sheet, least=LEAST_SHAPE)
    marker = readable(accent, grounds.paper, grounds.sheet, least=LEAST_SHAPE) if grounds is DARK else accent
    return {
        "brand": shape,
        "brand-ink": text_on(shape),
        "brand-text": readable(brand, grounds.paper, grounds.sheet),
        "accent": marker,
        "accent-ink": text_on(marker),
        "accent-text": readable(accent, grounds.paper, grounds.sheet),
    }


def mail_palette(brand: Colour) -> dict[str, Colour]:
    """The colours of mails, which have one ground."""
    return {"brand": brand, "brand-ink": text_on(brand), "brand-text": readable(brand, WHITE)}
