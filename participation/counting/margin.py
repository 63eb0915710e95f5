"""Whether some ballots more or fewer could have changed who won. It says no only where that is certain."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from participation.counting.election import Limits, VoteType
from participation.counting.rules import Kind, Rule


@dataclass(frozen=True)
class Standing:
    """A project whose fate the votes decided."""

    tally: Decimal
    funded: bool


def could_change(
    rule: Rule, standings: Sequence[Standing], least: Decimal | None, doubtful: int, spread: Decimal | None
) -> bool:
    """`doubtful` ballots may be missing or too many; each moves two projects apart by `spread` at most.

    Greedy decides by pairs alone: while every winner stays on its side of every loser, each loser meets the money it
    met. Where the first misfit ends the count, the order of all has to stay. `least` is the threshold.
    """
    if not doubtful:
        return False
    if spread is None or rule.kind is Kind.EQUAL_SHARES:
        return True
    reach = doubtful * spread
    # A threshold that is a share of the ballots moves with their number, by no more than one each.
    if least is not None and any(abs(one.tally - least) <= reach + doubtful for one in standings):
        return True
    return any(
        abs(one.tally - other.tally) <= reach
        for one, other in combinations(standings, 2)
        if rule.kind is not Kind.GREEDY or one.funded != other.funded
    )


def spread_of(vote_type: VoteType, limits: Limits, default_score: Decimal, projects: int) -> Decimal | None:
    """How far one ballot can move two projects apart; None where the rules set no bound."""
    if vote_type in (VoteType.CHOOSE_1, VoteType.APPROVAL, VoteType.KNAPSACK):
        return Decimal(1)
    if vote_type is VoteType.ORDINAL:
        return Decimal(projects)
    bounds = [most for most in (limits.max_points, limits.max_sum_points) if most is not None]
    if not bounds:
        return None
    return max(min(bounds), default_score) - min(limits.min_points or Decimal(0), default_score, Decimal(0))
