"""The purse: how much of the money a ballot has used, as area and in figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontend_templates.charts.strip import Block, strip


@dataclass(frozen=True)
class Purse:
    """Amounts in minor units. `left_minor` is negative when more is chosen than there is."""

    whole_minor: int
    spent_minor: int
    chosen: int
    most: int | None
    blocks: list[Block]

    @property
    def left_minor(self) -> int:
        return self.whole_minor - self.spent_minor

    @property
    def is_over(self) -> bool:
        return self.left_minor < 0

    @property
    def percent(self) -> float:
        """How full it is, at most 100."""
        return min(100.0, round(self.spent_minor / self.whole_minor * 100, 2)) if self.whole_minor else 0.0


def purse(whole_minor: int, amounts: Sequence[int], most: int | None = None) -> Purse:
    """`most` is how many projects a ballot may name, None for any number."""
    blocks = strip(((amount, "") for amount in amounts), whole_minor)
    return Purse(whole_minor, sum(amounts), len(amounts), most, blocks)
