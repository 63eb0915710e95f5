"""What a ballot may hold, in Pabulib's words."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from participation.counting.election import Limits
from participation.counting.money import to_minor_cut
from participation.counting.numbers import to_number

LIMIT_NAMES = frozenset(
    [
        "min_length",
        "max_length",
        "min_sum_cost",
        "max_sum_cost",
        "min_points",
        "max_points",
        "min_sum_points",
        "max_sum_points",
        "default_score",
    ]
)
Value = TypeVar("Value")


def limits_of(words: Mapping[str, str], exponent: int, most_cost_minor: int | None) -> Limits:
    """The limits that `words` state. A limit that cannot be read changes no count: it is passed over.

    `most_cost_minor` is the limit on the sum of costs where the words state none.
    """

    def limit(key: str, read: Callable[[str], Value]) -> Value | None:
        text = words.get(key)
        try:
            return read(text) if text else None
        except ValueError:
            return None

    def cost(text: str) -> int:
        return to_minor_cut(text, exponent)

    max_sum_cost = limit("max_sum_cost", cost)
    return Limits(
        min_length=limit("min_length", int),
        max_length=limit("max_length", int),
        min_sum_cost_minor=limit("min_sum_cost", cost),
        max_sum_cost_minor=most_cost_minor if max_sum_cost is None else max_sum_cost,
        min_points=limit("min_points", to_number),
        max_points=limit("max_points", to_number),
        min_sum_points=limit("min_sum_points", to_number),
        max_sum_points=limit("max_sum_points", to_number),
    )
