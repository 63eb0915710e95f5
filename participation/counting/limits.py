"""Which ballots lie outside the limits their election stated."""

from decimal import Decimal
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from participation.counting.election import Ballots, Election, Integers, VoteType
from participation.counting.tally import points_of_choices, tally_scale

Flags = npt.NDArray[np.bool_]
LARGEST_COST = 1 << 53
"""Larger ones lie beyond any limit, and their sums beyond the integers of an array."""


def ballots_outside(election: Election) -> int:
    """How many ballots that are not blank break a limit. They are counted as they stand all the same."""
    ballots, limits = election.ballots, election.limits
    max_length = 1 if election.vote_type is VoteType.CHOOSE_1 and limits.max_length is None else limits.max_length
    broken = outside(ballots.lengths, limits.min_length, max_length)
    if limits.min_sum_cost_minor is not None or limits.max_sum_cost_minor is not None:
        costs = np.array([min(project.cost_minor, LARGEST_COST) for project in election.projects], np.int64)
        sums = sums_of_rows(ballots, costs[ballots.choices])
        broken |= outside(sums, limits.min_sum_cost_minor, limits.max_sum_cost_minor)
    points = points_of_choices(election)
    if points is not None:
        broken |= breaks_points(election, points)
    return int(ballots.copies[broken & (ballots.lengths > 0)].sum())


def breaks_points(election: Election, points: Integers) -> Flags:
    ballots, limits, scale = election.ballots, election.limits, tally_scale(election)
    single = outside(points, scaled(limits.min_points, scale), scaled(limits.max_points, scale))
    broken: Flags = sums_of_rows(ballots, single.astype(np.int64)) > 0
    sums = sums_of_rows(ballots, points)
    broken |= outside(sums, scaled(limits.min_sum_points, scale), scaled(limits.max_sum_points, scale))
    return broken


def outside(values: Integers, least: int | Decimal | None, most: int | Decimal | None) -> Flags:
    broken: Flags = np.zeros(len(values), np.bool_)
    if least is not None:
        broken |= values < ceil(least)
    if most is not None:
        broken |= values > floor(most)
    return broken


def scaled(limit: Decimal | None, scale: int) -> Decimal | None:
    return None if limit is None else limit * scale


def sums_of_rows(ballots: Ballots, values: Integers) -> Integers:
    """The sum of the values of each row's choices."""
    totals = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=totals[1:])
    sums: Integers = np.diff(totals[ballots.starts])
    return sums
