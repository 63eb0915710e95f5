"""What every project got, exactly: in units of 1/`tally_scale`."""

from decimal import Decimal

import numpy as np

from participation.counting.election import POINTS_TYPES, Ballots, Election, Indices, Integers, VoteType
from participation.counting.numbers import plain

LARGEST_EXACT_FLOAT = 2**53


def tally_scale(election: Election) -> int:
    """Tallies and points are whole numbers of 1/scale."""
    has_points = election.vote_type in POINTS_TYPES and not gives_borda(election)
    return election.ballots.point_scale if has_points else 1


def gives_borda(election: Election) -> bool:
    return election.vote_type is VoteType.ORDINAL and election.ballots.points is None


def points_of_choices(election: Election) -> Integers | None:
    """What each choice gives its project, None where that is one. Ordinal ballots without points give Borda's."""
    ballots = election.ballots
    if election.vote_type not in POINTS_TYPES:
        return None
    if gives_borda(election):
        return borda_points(ballots)
    return ballots.points


def borda_points(ballots: Ballots) -> Integers:
    """L for the first of L choices, then L - 1, down to 1 for the last."""
    ends = np.repeat(ballots.starts[1:], ballots.lengths)
    points: Integers = ends - np.arange(len(ends), dtype=np.int64)
    return points


def tally(election: Election) -> list[int]:
    """One whole number for each project, in units of 1/`tally_scale`."""
    ballots, places, size = election.ballots, election.ballots.choices, len(election.projects)
    copies = ballots.copies[ballots.owners]
    points = points_of_choices(election)
    totals = sums(places, copies, size) if points is None else product_sums(places, points, copies, size)
    if election.vote_type is not VoteType.SCORING or not election.default_points:
        return totals
    unnamed = [ballots.total - named for named in ballots_naming(ballots, size)]
    return [total + election.default_points * number for total, number in zip(totals, unnamed, strict=True)]


def ballots_naming(ballots: Ballots, size: int) -> list[int]:
    """How many ballots name each project at least once."""
    pairs = np.unique(ballots.owners.astype(np.int64) * size + ballots.choices)
    return sums(pairs % size, ballots.copies[pairs // size], size)


def sums(places: Indices | Integers, amounts: Integers, size: int) -> list[int]:
    """The sum of the amounts at each place, exactly, though bincount adds in floats: halves stay small enough."""
    high, low = np.divmod(amounts, 1 << 26)
    lows = np.bincount(places, low, size)
    highs = np.bincount(places, high, size) if high.any() else np.zeros(size)
    return [(int(above) << 26) + int(below) for above, below in zip(highs, lows, strict=True)]


def product_sums(places: Indices | Integers, points: Integers, copies: Integers, size: int) -> list[int]:
    if not len(points) or int(np.abs(points).max()) * int(copies.max()) < LARGEST_EXACT_FLOAT:
        return sums(places, points * copies, size)
    totals = [0] * size
    for place, point, copy in zip(places.tolist(), points.tolist(), copies.tolist(), strict=True):
        totals[place] += point * copy
    return totals


def as_decimal(value: int, scale: int) -> Decimal:
    """A tally in whole points."""
    return plain(Decimal(value).scaleb(1 - len(str(scale))))
