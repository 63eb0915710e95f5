"""A picture for a project without a photo: its category's tile, turned and coloured by the project's number.

A composition is a grid of tiles; each cell has one of four turns and one of three tones. It is drawn from the number
alone, so it is the same on every machine and at every visit.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

COLUMNS, ROWS, SIZE = 6, 3, 50
SHAPES = ("quarter", "leaf", "stripe", "dot", "corner", "wave")
HUES = 6
TURNS = (0, 90, 180, 270)
TONES = ("strong", "soft-tone", "bare")
MOST_KEPT = 2_000


@dataclass(frozen=True)
class Tile:
    x: int
    y: int
    turn: int
    tone: str


@dataclass(frozen=True)
class Composition:
    """`shape` is the tile of the category; 300 wide and 150 high."""

    shape: str
    hue: int
    tiles: tuple[Tile, ...]
    width: int = COLUMNS * SIZE
    height: int = ROWS * SIZE


def shape_of(category: str) -> str:
    """The same shape for the same category, whatever else there is."""
    return SHAPES[hashlib.sha256(category.encode()).digest()[0] % len(SHAPES)]


def hue_of(category: str) -> int:
    return hashlib.sha256(category.encode()).digest()[1] % HUES


def composition(number: int, category: str) -> Composition:
    digest = hashlib.sha256(f"{category}/{number}".encode()).digest()
    tiles = []
    for cell in range(COLUMNS * ROWS):
        byte = digest[cell]
        row, column = divmod(cell, COLUMNS)
        tiles.append(Tile(column * SIZE, row * SIZE, TURNS[byte % 4], TONES[(byte >> 2) % 3]))
    return Composition(shape_of(category), hue_of(category), tuple(tiles))


@lru_cache(MOST_KEPT)
def drawing(number: int, category: str) -> SafeString:
    """The composition as SVG."""
    return render_to_string("base/tiles.html", {"composition": composition(number, category)})
