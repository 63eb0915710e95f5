"""Bars beside each other, the longest over the whole width."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 100


@dataclass(frozen=True)
class Bar:
    """`width` is a percentage of the longest bar."""

    label: str
    value: Decimal
    width: float


def bars(values: Iterable[tuple[str, Decimal | int]]) -> list[Bar]:
    pairs = [(label, Decimal(value)) for label, value in values]
    longest = max((value for _, value in pairs), default=Decimal(0))
    return [
        Bar(label, value, round(float(value / longest) * WIDTH, 2) if longest > 0 else 0.0) for label, value in pairs
    ]
