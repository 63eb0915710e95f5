"""The voters' money in exact fractions, by replaying purchases.

Ballots with the same purchases behind them have the same money, so money is kept once for each
such class. All of it is whole numbers of one common unit, which shrinks as prices need it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from participation.counting.contest import Contest
from participation.counting.election import Integers

Exact = npt.NDArray[np.object_]
BROKE = 0


@dataclass(frozen=True, eq=False)
class Camp:
    """The supporters of one project put together by class and utility: `voters` of them have `money` each."""

    kinds: Integers
    utility: Exact
    voters: Exact
    places: npt.NDArray[np.intp]


class ExactMoney:
    """What every voter has left after the purchases replayed so far."""

    def __init__(self, contest: Contest, share: Fraction) -> None:
        self._contest = contest
        self._unit = share.denominator
        self._money: Exact = np.array([0, share.numerator], object)
        self._class_of: Integers = np.ones(contest.rows, np.int64)
        self._replayed = 0

    def replay(self, bought: Sequence[int]) -> None:
        """Follows a list of purchases that begins with those already replayed."""
        for index in bought[self._replayed :]:
            self.pay(index)
        self._replayed = len(bought)

    def behind(self, index: int) -> Fraction:
        """What the project's supporters have left together, in minor units."""
        camp = self._camp(index)
        return Fraction(int((self._money[camp.kinds] * camp.voters).sum()), self._unit)

    def price(self, index: int) -> Fraction | None:
        """The price for each unit of utility in minor units, None if the supporters cannot afford the project."""
        if self.behind(index) < self._contest.costs[index]:
            return None
        return self._price(index, self._camp(index))

    def pay(self, index: int) -> Fraction:
        """Takes the project's cost from its supporters and gives the price for each unit of utility, in minor units."""
        camp = self._camp(index)
        price = self._price(index, camp) * self._unit
        self._unit *= price.denominator
        self._money = self._money * price.denominator
        left = np.maximum(self._money[camp.kinds] - camp.utility * price.numerator, 0)
        fresh = np.arange(len(left), dtype=np.int64) + len(self._money)
        fresh[left == 0] = BROKE
        self._money = np.concatenate([self._money, left])
        self._class_of[self._contest.supporters[index].rows] = fresh[camp.places]
        self._drop_empty_classes()
        return price / self._unit * price.denominator

    def _price(self, index: int, camp: Camp) -> Fraction:
        """The least price at which the supporters pay the whole cost: from below, whoever cannot pay it pays all."""
        money, cost = self._money[camp.kinds], self._contest.costs[index] * self._unit
        price = Fraction(cost, self._contest.supporters[index].weight)
        while True:
            short = (money * price.denominator < camp.utility * price.numerator).astype(bool)
            paying = int((camp.utility * camp.voters)[~short].sum())
            raised = Fraction(cost - int((money * camp.voters)[short].sum()), paying)
            if raised == price:
                return price / self._unit
            price = raised

    def _camp(self, index: int) -> Camp:
        supporters = self._contest.supporters[index]
        levels, level_of = np.unique(supporters.utility, return_inverse=True)
        keys = self._class_of[supporters.rows] * len(levels) + level_of
        distinct, places = np.unique(keys, return_inverse=True)
        voters = np.zeros(len(distinct), np.int64)
        np.add.at(voters, places, supporters.copies)
        utility = levels[distinct % max(1, len(levels))].astype(object)
        return Camp(distinct // max(1, len(levels)), utility, voters.astype(object), places)

    def _drop_empty_classes(self) -> None:
        used = np.bincount(self._class_of, minlength=len(self._money)) > 0
        used[BROKE] = True
        self._class_of = (np.cumsum(used) - 1)[self._class_of]
        self._money = self._money[used]
