"""One run of equal shares (Peters, Pierczynski and Skowron, arXiv 2008.13276).

A fast pass in floats finds what to buy. It keeps account of how wrong its floats can be: where
that, or a billionth of the figure, could change a decision, exact fractions decide.
"""

import heapq
from dataclasses import dataclass
from fractions import Fraction

from participation.counting.contest import Contest, Run
from participation.counting.exact_money import ExactMoney
from participation.counting.levels import ROUNDING, level
from participation.counting.supporters import Floats

NEAR = 1e-9


@dataclass(frozen=True)
class Quote:
    """What a project costs each supporter for one unit of utility, how wrong that can be, and the bounds of
    its price per utility."""

    index: int
    price: float
    error: float
    low: float
    high: float


def run_equal_shares(contest: Contest, share: Fraction) -> Run:
    """Buys until nothing more can be bought. `share` is what every ballot starts with, in minor units."""
    return Market(contest, share).run()


class Market:
    """The state of one run: money by row of ballots, and the waiting projects by their least possible price."""

    def __init__(self, contest: Contest, share: Fraction) -> None:
        self._contest = contest
        self._share = share
        self._money = contest.purse(float(share))
        self._error = float(share) * ROUNDING
        self._exact: ExactMoney | None = None
        self._bought: list[int] = []
        self._out: set[int] = set()
        self._lowest = dict(contest.lowest_prices)
        self._waiting = [(price / contest.scale(index), index) for index, price in self._lowest.items()]
        heapq.heapify(self._waiting)

    def run(self) -> Run:
        for index in self._contest.free:
            if index not in self._out:
                self._record(index)
        while cheapest := self._cheapest():
            self._pay(cheapest)
            self._record(cheapest.index)
        return Run(self._share, tuple(self._bought))

    def _cheapest(self) -> Quote | None:
        """The project to buy next, off the list of those that wait; None when none can be bought."""
        rivals: list[Quote] = []
        most = float("inf")
        while self._waiting and self._waiting[0][0] <= most:
            _, index = heapq.heappop(self._waiting)
            quote = None if index in self._out else self._quote(index)
            if quote:
                rivals.append(quote)
                most = min(most, quote.high)
        winner = self._choose([quote for quote in rivals if quote.low <= most])
        for quote in rivals:
            if quote is not winner:
                heapq.heappush(self._waiting, (quote.low, quote.index))
        return winner

    def _choose(self, rivals: list[Quote]) -> Quote | None:
        """The cheapest of those too near each other for floats; of equal ones the first in the order of ties."""
        if len(rivals) < 2:
            return rivals[0] if rivals else None
        return min(rivals, key=lambda quote: (self._exact_rate(quote), self._contest.place[quote.index]))

    def _exact_rate(self, quote: Quote) -> Fraction:
        contest, index = self._contest, quote.index
        if self._all_can_pay(quote):
            return Fraction(contest.costs[index], contest.supporters[index].weight * contest.scale(index))
        price = self._replayed().price(index)
        assert price is not None, "a quote is given only for what can be afforded"
        return price / contest.scale(index)

    def _all_can_pay(self, quote: Quote) -> bool:
        supporters = self._contest.supporters[quote.index]
        needed = (quote.price * (1 + NEAR) + quote.error) * supporters.float_utility + self._error
        return bool((self._money[supporters.rows] >= needed).all())

    def _replayed(self) -> ExactMoney:
        if self._exact is None:
            self._exact = ExactMoney(self._contest, self._share)
        self._exact.replay(self._bought)
        return self._exact

    def _quote(self, index: int) -> Quote | None:
        """The price now, None where the supporters cannot afford the project: then they never can in this run."""
        cost, supporters = self._contest.costs[index], self._contest.supporters[index]
        money = self._money[supporters.rows]
        behind = float(money @ supporters.float_copies)
        doubt = NEAR * cost + self._error * supporters.count + ROUNDING * behind
        if behind < cost - doubt:
            return None
        if behind <= cost + doubt:
            exact = self._replayed().price(index)
            return None if exact is None else self._quoted(index, float(exact), float(exact) * ROUNDING)
        return self._leveled(index, money)

    def _leveled(self, index: int, money: Floats) -> Quote:
        supporters, cost = self._contest.supporters[index], float(self._contest.costs[index])
        found = level(cost, supporters, money, self._lowest[index])
        error = (self._error * found.poor + ROUNDING * cost) / found.paying
        self._lowest[index] = found.price * (1 - NEAR) - error
        return self._quoted(index, found.price, error)

    def _quoted(self, index: int, price: float, error: float) -> Quote:
        scale = self._contest.scale(index)
        return Quote(index, price, error, (price * (1 - NEAR) - error) / scale, (price * (1 + NEAR) + error) / scale)

    def _pay(self, quote: Quote) -> None:
        supporters = self._contest.supporters[quote.index]
        left = self._money[supporters.rows] - quote.price * supporters.float_utility
        self._money[supporters.rows] = left.clip(0)
        self._error += quote.error * supporters.largest_utility + float(self._share) * ROUNDING / 100

    def _record(self, index: int) -> None:
        self._bought.append(index)
        self._out.add(index)
        self._out |= self._contest.rivals(index)
