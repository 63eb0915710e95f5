"""Where it is said that some ballots cannot have changed a winner, no ballots that are added or taken away do."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.counting.count import count
from participation.counting.election import Limits, VoteType
from participation.counting.margin import Standing, could_change, spread_of
from participation.counting.rules import Kind, Rule, Threshold
from tests.participation.counting.builders import election

BUDGET = 100
COSTS = {"a": 60, "b": 50, "c": 40, "d": 30}
BALLOTS = st.lists(st.sampled_from(sorted(COSTS)), min_size=1, max_size=4, unique=True)
RULES = [
    Rule(),
    Rule(kind=Kind.GREEDY_NO_SKIP),
    Rule(kind=Kind.TOP_UP),
    Rule(kind=Kind.EQUAL_SHARES),
    Rule(threshold=Threshold.read("3")),
    Rule(threshold=Threshold.read("25%")),
]


def outcome_of(rule: Rule, ballots: list[list[str]]):
    return count(election(COSTS, BUDGET, ballots), rule)


def winners(outcome) -> set[str]:
    return {line.project for line in outcome.lines if line.funded}


def says_it_could(rule: Rule, outcome, doubtful: int) -> bool:
    least = outcome.facts["threshold"]
    standings = [Standing(line.tally, line.funded) for line in outcome.lines]
    return could_change(rule, standings, None if least is None else Decimal(least), doubtful, Decimal(1))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.kind}-{rule.threshold}")
@settings(max_examples=300)
@given(
    copies=st.lists(st.tuples(BALLOTS, st.integers(1, 12)), min_size=1, max_size=5),
    more=st.lists(BALLOTS, max_size=3),
    fewer=st.lists(st.integers(0, 200), max_size=3),
)
def test_what_cannot_change_a_winner_changes_none(rule, copies, more, fewer):
    ballots = [named for named, times in copies for _ in range(times)]
    outcome = outcome_of(rule, ballots)
    gone = {place % len(ballots) for place in fewer}
    changed = [named for place, named in enumerate(ballots) if place not in gone] + more
    doubtful = len(more) + len(gone)
    if changed and not says_it_could(rule, outcome, doubtful):
        assert winners(outcome_of(rule, changed)) == winners(outcome)


def test_a_clear_lead_is_certain_and_a_narrow_one_is_not():
    outcome = outcome_of(Rule(), [["a"]] * 20 + [["b"]] * 10)
    assert winners(outcome) == {"a", "c"}
    clear, narrow = [Standing(Decimal(20), True), Standing(Decimal(10), False)], 10
    assert not could_change(Rule(), clear, None, narrow - 1, Decimal(1))
    assert could_change(Rule(), clear, None, narrow, Decimal(1))
    assert not could_change(Rule(), [Standing(Decimal(1), True), Standing(Decimal(1), False)], None, 0, Decimal(1))


@pytest.mark.parametrize(
    ("vote_type", "limits", "spread"),
    [
        (VoteType.KNAPSACK, Limits(), 1),
        (VoteType.ORDINAL, Limits(), 6),
        (VoteType.CUMULATIVE, Limits(max_sum_points=Decimal(10), max_points=Decimal(4)), 4),
        (VoteType.SCORING, Limits(max_points=Decimal(5), min_points=Decimal(-2)), 7),
        (VoteType.SCORING, Limits(), None),
    ],
)
def test_how_far_one_ballot_moves_two_projects_apart(vote_type, limits, spread):
    assert spread_of(vote_type, limits, Decimal(0), 6) == spread
