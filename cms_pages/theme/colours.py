"""Colours that people can read, computed as WCAG 2.2 defines contrast. Pure."""

import re
from dataclasses import dataclass

HEX = re.compile(r"#[0-9a-f]{6}")
LEAST_TEXT = 4.5
STEPS = 100


@dataclass(frozen=True)
class Colour:
    """An sRGB colour, each channel from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def read(cls, text: str) -> "Colour":
        """Reads `#0b5d56`. ValueError otherwise."""
        if not HEX.fullmatch(text.lower()):
            raise ValueError("A colour is written as # and six digits from 0 to f, such as #0b5d56.")
        return cls(*(int(text[place : place + 2], 16) for place in (1, 3, 5)))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """Relative luminance: 0 for black, 1 for white."""
        red, green, blue = (linear(channel / 255) for channel in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def mixed(self, other: "Colour", part: float) -> "Colour":
        """This colour with `part` (0 to 1) of the other."""
        pairs = ((self.red, other.red), (self.green, other.green), (self.blue, other.blue))
        return Colour(*(round(own + (their - own) * part) for own, their in pairs))


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: Colour, other: Colour) -> float:
    """From 1 (none) to 21 (black on white)."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def text_on(ground: Colour) -> Colour:
    """Black or white, whichever is easier to read; it always has at least 4.5:1."""
    return max((BLACK, WHITE), key=lambda text: contrast(text, ground))


def readable(colour: Colour, *grounds: Colour, least: float = LEAST_TEXT) -> Colour:
    """The colour, darkened or lightened just so far that it can be read on every ground.

    The grounds are all light or all dark: the colour moves away from them.
    """
    away = text_on(grounds[0])
    for step in range(STEPS + 1):
        moved = colour.mixed(away, step / STEPS)
        if all(contrast(moved, ground) >= least for ground in grounds):
            return moved
    return away
