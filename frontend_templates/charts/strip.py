"""Money as area: a strip of blocks, each as wide as its amount."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 1_000
GAP = 4
LABEL_FROM = 90


@dataclass(frozen=True)
class Block:
    """A block of the strip, in units of a strip 1,000 wide. `place` counts from 1."""

    x: float
    width: float
    label: str
    amount_minor: int
    place: int

    @property
    def has_room(self) -> bool:
        """Whether its number can be read inside it."""
        return self.width >= LABEL_FROM / 3


@dataclass(frozen=True)
class Rest:
    """The empty end of a strip; no wider than nothing where the strip is full."""

    x: float
    width: float


def strip(amounts: Iterable[tuple[int, str]], whole_minor: int | None = None) -> list[Block]:
    """Blocks for (amount, label) in their order; what is missing to `whole_minor` stays empty at the end.

    Amounts of nothing get no block.
    """
    parts = [(amount, label) for amount, label in amounts if amount > 0]
    total = max(whole_minor or 0, sum(amount for amount, _ in parts))
    blocks, x = [], 0.0
    is_full = sum(amount for amount, _ in parts) == total
    for place, (amount, label) in enumerate(parts, start=1):
        width = amount / total * WIDTH
        gap = 0 if is_full and place == len(parts) else GAP
        blocks.append(Block(round(x, 2), round(max(width - gap, 1), 2), label, amount, place))
        x += width
    return blocks


def rest(blocks: Sequence[Block]) -> Rest:
    """What is left empty after the last block."""
    start = blocks[-1].x + blocks[-1].width + GAP if blocks else 1
    return Rest(round(start, 2), round(max(WIDTH - 1 - start, 0), 2))
