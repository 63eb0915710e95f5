"""The price at which a project is paid, in floats: whoever cannot pay it pays all, the others share the rest."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from participation.counting.supporters import Floats, Supporters

ROUNDING = 1e-13
"""More than what sums of a million floats can be wrong, relative to the sum."""


@dataclass(frozen=True, eq=False)
class Level:
    """A price for each unit of utility; `short` are the rows that cannot pay it, `poor` how many ballots those are,
    `paying` the utility of the others."""

    price: float
    short: npt.NDArray[np.bool_]
    poor: float
    paying: float


def level(cost: float, supporters: Supporters, money: Floats, lowest: float) -> Level:
    """Climbs from `lowest`, a price that is not too high. The money behind the project must exceed its cost."""
    price, number_short = lowest, -1
    while True:
        most = price * supporters.float_utility
        short = money < most
        number = int(np.count_nonzero(short))
        paying = float(supporters.float_weights @ ~short) if number else float(supporters.weight)
        if number == number_short:
            return Level(price, short, float(supporters.float_copies @ short), paying)
        number_short = number
        price += (cost - float(np.minimum(money, most) @ supporters.float_copies)) / paying
