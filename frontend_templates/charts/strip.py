"""Money as area: a strip of blocks, each as wide as its amount."""

from collections.abc import Iterable
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


def strip(amounts: Iterable[tuple[int, str]], whole_minor: int | None = None) -> list[Block]:
    """Blocks for (amount, label) in their order; what is missing to `whole_minor` stays empty at the end.

    Amounts of nothing get no block.
    """
    parts = [(amount, label) for amount, label in amounts if amount > 0]
    total = max(whole_minor or 0, sum(amount for amount, _ in parts))
    blocks, x = [], 0.0
    for place, (amount, label) in enumerate(parts, start=1):
        width = amount / total * WIDTH
        blocks.append(Block(round(x, 2), round(max(width - GAP, 1), 2), label, amount, place))
        x += width
    return blocks
