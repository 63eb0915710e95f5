"""Which of two outcomes more ballots prefer."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from participation.counting.election import Election, Integers
from participation.counting.limits import sums_of_rows
from participation.counting.rules import Utility
from participation.counting.supporters import supporters_of
from participation.counting.tally import points_of_choices


@dataclass(frozen=True)
class Preference:
    """How many ballots prefer the first outcome, and how many the second; the others are indifferent."""

    first: int
    second: int


def preference(election: Election, utility: Utility, first: Collection[int], second: Collection[int]) -> Preference:
    """A ballot prefers what funds more of the projects it names, with points utility more of its points in sum."""
    sides = np.zeros(len(election.projects), np.int64)
    sides[list(set(first) - set(second))] = 1
    sides[list(set(second) - set(first))] = -1
    gains = gains_by_cost(election, sides) if utility is Utility.COST else gains_by_points(election, sides)
    copies = election.ballots.copies
    return Preference(int(copies[gains > 0].sum()), int(copies[gains < 0].sum()))


def gains_by_cost(election: Election, sides: Integers) -> Integers:
    gains = np.zeros(election.ballots.rows, np.int64)
    for side, supporters in zip(sides, supporters_of(election, Utility.COST), strict=True):
        gains[supporters.rows] += side
    return gains


def gains_by_points(election: Election, sides: Integers) -> Integers:
    points = points_of_choices(election)
    chosen = sides[election.ballots.choices]
    return sums_of_rows(election.ballots, chosen if points is None else chosen * points)
