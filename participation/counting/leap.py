"""How far the share can rise before a run of equal shares buys anything else.

Between two shares at which something changes, all money and all prices are linear in the share.
This follows the purchases of a run with their slopes, and finds the first share at which a voter
who pays all could pay the price, or another project could catch up with the one that is bought.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from participation.counting.contest import Contest, Run
from participation.counting.election import Indices
from participation.counting.levels import level
from participation.counting.supporters import Floats

FARTHEST = 1e15


@dataclass(frozen=True, eq=False)
class Stack:
    """The supporters of all priced projects end to end; `starts` is where each project's begin.

    `worth` is what one ballot gets, so that it pays `worth` times the price per utility.
    """

    rows: Indices
    copies: Floats
    worth: Floats
    starts: npt.NDArray[np.intp]
    costs: Floats


def stack_of(contest: Contest) -> Stack:
    supporters = [contest.supporters[index] for index in contest.priced]
    lengths = np.array([len(one.rows) for one in supporters], np.intp)
    scales = np.array([float(contest.scale(index)) for index in contest.priced])
    return Stack(
        np.concatenate([one.rows for one in supporters]),
        np.concatenate([one.float_copies for one in supporters]),
        np.concatenate([one.utility.astype(np.float64) for one in supporters]) * np.repeat(scales, lengths),
        np.cumsum(lengths) - lengths,
        np.array([float(contest.costs[index]) for index in contest.priced]),
    )


def idle_steps(contest: Contest, stack: Stack, run: Run, increment: int, margin: float) -> int:
    """How many times the share can be raised by the increment without changing what is bought.

    All this is reckoned in floats, and stays `margin` (relative) away from the next change.
    """
    return Follower(contest, stack, run, margin).idle_steps(increment)


class Follower:
    """Follows one run. Each row of ballots has money and a slope, by which it grows when the share grows by one."""

    def __init__(self, contest: Contest, stack: Stack, run: Run, margin: float) -> None:
        self._contest, self._stack, self._run, self._margin = contest, stack, run, margin
        self._money = contest.purse(float(run.share))
        self._slope = contest.purse(1.0)
        self._waiting = np.ones(len(contest.priced), np.bool_)
        self._room = FARTHEST

    def idle_steps(self, increment: int) -> int:
        for index in self._run.bought:
            self._take_out({index})
            if self._contest.costs[index]:
                if self._is_just_affordable(index):
                    return 0
                self._follow(index)
            self._take_out(self._contest.rivals(index))
        self._narrow_by_others(np.inf, 0.0)
        return max(0, int(self._room * (1 - self._margin) / increment) - 1)

    def _is_just_affordable(self, index: int) -> bool:
        """Whether all supporters pay all they have, or nearly: then no price follows from the slopes."""
        supporters = self._contest.supporters[index]
        behind = float(self._money[supporters.rows] @ supporters.float_copies)
        return behind <= self._contest.costs[index] * (1 + self._margin)

    def _take_out(self, projects: set[int]) -> None:
        self._waiting &= [index not in projects for index in self._contest.priced]

    def _follow(self, index: int) -> None:
        """Buys the project and narrows the room by what could have come out otherwise."""
        supporters, scale = self._contest.supporters[index], self._contest.scale(index)
        money, slope = self._money[supporters.rows], self._slope[supporters.rows]
        found = level(float(self._contest.costs[index]), supporters, money, self._contest.lowest_prices[index])
        utility, short = supporters.utility.astype(np.float64), found.short
        price = found.price * utility
        fall = float(slope[short] @ supporters.float_copies[short]) / found.paying
        falls = fall * utility
        self._narrow(price[short] - money[short], slope[short] + falls[short])
        self._narrow_by_others(found.price / scale, fall / scale)
        self._money[supporters.rows] = (money - price).clip(0)
        self._slope[supporters.rows] = np.where(short, 0.0, slope + falls)

    def _narrow_by_others(self, rate: float, fall: float) -> None:
        """No waiting project may be paid at this price per utility, which falls as the share grows.

        What its supporters would pay is a concave function of the share, so its tangent is never less.
        """
        stack = self._stack
        most, money = rate * stack.worth, self._money[stack.rows]
        short = money < most
        paid = np.add.reduceat(stack.copies * np.where(short, money, most), stack.starts)
        growth = stack.copies * np.where(short, self._slope[stack.rows], -fall * stack.worth)
        growths = np.add.reduceat(growth, stack.starts)
        self._narrow((stack.costs * (1 - self._margin) - paid)[self._waiting], growths[self._waiting])

    def _narrow(self, gaps: Floats, growths: Floats) -> None:
        growing = growths > 0
        self._room = min(self._room, float((gaps[growing] / growths[growing]).min(initial=FARTHEST)))
