"""The theme as one small stylesheet over the tokens."""

import hashlib
from dataclasses import dataclass

from cms_pages.theme.colours import Colour
from cms_pages.theme.palette import DARK, LIGHT, palette

RADII = {"square": "0", "soft": "0.375rem", "round": "1rem"}
SERIF = '"Iowan Old Style", "Palatino Linotype", "URW Palladio L", P052, "Book Antiqua", Georgia, serif'
SANS = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "Helvetica Neue", Arial, sans-serif'
HUMANIST = 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", "Noto Sans Arabic", sans-serif'
FONTS = {"serif": (SERIF, SANS), "sans": (SANS, SANS), "humanist": (HUMANIST, HUMANIST)}


@dataclass(frozen=True)
class Theme:
    """What a town chooses. `font` names the faces of headings and of text."""

    brand: str = "#0b5d56"
    accent: str = "#d9822b"
    radius: str = "soft"
    font: str = "serif"


def stylesheet(theme: Theme) -> str:
    """CSS text; the same theme gives the same bytes. ValueError for a colour that cannot be read."""
    brand, accent = Colour.read(theme.brand), Colour.read(theme.accent)
    display, text = FONTS[theme.font]
    light, dark = (declarations(palette(brand, accent, grounds)) for grounds in (LIGHT, DARK))
    shape = f"--radius:{RADII[theme.radius]};--display:{display};--text:{text}"
    return f"@layer tokens{{:root{{{light};{shape}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}}}\n"


def declarations(colours: dict[str, Colour]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


def digest(css: str) -> str:
    """Names the stylesheet in its address, so that it can be kept for ever."""
    return hashlib.sha256(css.encode()).hexdigest()[:12]
