from decimal import Decimal

import pytest

from participation.counting.election import Limits, VoteType
from participation.counting.limits import ballots_outside
from tests.participation.counting.builders import election

COSTS = {"a": 50, "b": 60, "c": 30}
PLAIN = [["a"], ["a", "b"], ["a", "b", "c"], []]
POINTED = [(["a"], [1]), (["a", "b"], [2, 3]), (["a", "b", "c"], [0, 5, 5]), ([], [])]
CASES = [
    (VoteType.APPROVAL, PLAIN, Limits(), 0),
    (VoteType.APPROVAL, PLAIN, Limits(min_length=2), 1),
    (VoteType.APPROVAL, PLAIN, Limits(max_length=1), 2),
    (VoteType.CHOOSE_1, PLAIN, Limits(), 2),
    (VoteType.KNAPSACK, PLAIN, Limits(max_sum_cost_minor=110), 1),
    (VoteType.APPROVAL, PLAIN, Limits(min_sum_cost_minor=51), 1),
    (VoteType.CUMULATIVE, POINTED, Limits(max_points=Decimal("4.5")), 1),
    (VoteType.CUMULATIVE, POINTED, Limits(min_points=Decimal(1)), 1),
    (VoteType.CUMULATIVE, POINTED, Limits(min_sum_points=Decimal("1.5"), max_sum_points=Decimal(9)), 2),
]


@pytest.mark.parametrize(("vote_type", "ballots", "limits", "outside"), CASES)
def test_ballots_outside_are_those_that_break_a_limit(vote_type, ballots, limits, outside):
    assert ballots_outside(election(COSTS, 100, ballots, vote_type, limits=limits)) == outside


def test_absurd_costs_do_not_overflow():
    costs = {"a": 10**19 - 1, "b": 10**19 - 1}
    one = election(costs, 10**19 - 1, [["a", "b"]], currency="CLF", limits=Limits(max_sum_cost_minor=100))
    assert ballots_outside(one) == 1
