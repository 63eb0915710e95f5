"""The greedy rules, the order of rank, decisions and thresholds."""

from decimal import Decimal

import pytest

from participation.counting.count import count
from participation.counting.election import Limits, VoteType
from participation.counting.numbers import Threshold
from participation.counting.rules import Decisions, Kind, Rule
from tests.participation.counting.builders import election, facts_of, fates

COSTS = {"a": 50, "b": 60, "c": 30, "d": 10}
BALLOTS = [["a", "b", "c", "d"]] * 2 + [["a", "b", "c"]] * 2 + [["a", "b"]] * 2 + [["a"]] * 2
MARK = 99_999_999_900
NO_SKIP, TOP_UP = Rule(kind=Kind.GREEDY_NO_SKIP), Rule(kind=Kind.TOP_UP)


def counted(rule=None, budget=100, decisions=None, costs=None, ballots=None, **more):
    one = election(costs or COSTS, budget, ballots or BALLOTS, **more)
    return count(one, rule or Rule(), decisions or Decisions())


def test_greedy_skips_what_does_not_fit():
    outcome = counted()
    assert fates(outcome) == [("a", "funded"), ("b", "did_not_fit"), ("c", "funded"), ("d", "funded")]
    assert (outcome.winners, outcome.spent_minor, outcome.left_minor) == (("a", "c", "d"), 90, 10)
    assert facts_of(outcome, "b") == {"cost_minor": 60, "left_minor": 50, "missing_minor": 10}


def test_no_skip_stops_for_good():
    outcome = counted(NO_SKIP)
    assert fates(outcome) == [("a", "funded"), ("b", "did_not_fit"), ("c", "after_the_stop"), ("d", "after_the_stop")]
    assert facts_of(outcome, "d")["stopped_by"] == "b"


def test_a_top_up_funds_the_misfit_and_stops():
    outcome = counted(TOP_UP)
    assert fates(outcome) == [("a", "funded"), ("b", "topped_up"), ("c", "after_the_stop"), ("d", "after_the_stop")]
    assert facts_of(outcome, "b")["added_minor"] == 10
    assert (outcome.spent_minor, outcome.left_minor) == (110, -10)


@pytest.mark.parametrize(("budget", "fate"), [(98, "topped_up"), (97, "did_not_fit")])
def test_a_top_up_needs_its_share_exactly(budget, fate):
    assert dict(fates(counted(TOP_UP, budget)))["b"] == fate


def test_the_share_of_a_top_up_is_a_setting():
    rule = Rule(kind=Kind.TOP_UP, top_up_percent=Decimal("66.6"))
    assert dict(fates(counted(rule, 90)))["b"] == "topped_up"
    assert dict(fates(counted(rule, 89)))["b"] == "did_not_fit"


def test_ties_follow_the_recorded_order():
    outcome = counted(costs={"z": 20, "y": 10}, ballots=[["y", "z"]], budget=20)
    assert outcome.winners == ("z",)


def test_ties_can_go_to_the_cheaper():
    rule = Rule(cheaper_first=True)
    assert counted(rule, costs={"z": 20, "y": 10, "x": 10}, ballots=[["x", "y", "z"]], budget=20).winners == ("y", "x")


@pytest.mark.parametrize("rule", [Rule(), NO_SKIP, TOP_UP], ids=lambda rule: rule.kind)
def test_a_project_below_the_threshold_is_passed_over(rule):
    rule = rule.with_switches({"threshold": Threshold.read("3")})
    costs = {"dear": 500, "a": 50}
    outcome = counted(rule, costs=costs, ballots=[["a"]] * 3 + [["dear"]] * 2)
    assert fates(outcome) == [("dear", "below_threshold"), ("a", "funded")]
    assert facts_of(outcome, "dear") == {"cost_minor": 500, "threshold": "3"}


@pytest.mark.parametrize(
    ("share", "below"), [("25%", set()), ("25.000001%", {"d"}), ("50%", {"d"}), ("51%", {"c", "d"})]
)
def test_a_threshold_can_be_a_share_of_the_valid_ballots(share, below):
    outcome = counted(Rule(threshold=Threshold.read(share)), ballots=[*BALLOTS, [], [], []])
    assert {name for name, fate in fates(outcome) if fate == "below_threshold"} == below
    assert (outcome.facts["valid_ballots"], outcome.facts["blank_ballots"], outcome.facts["ballots"]) == (8, 3, 11)


def test_decisions_come_before_the_rule():
    decisions = Decisions(withdrawn=("a",), ruled_out=("b",), kept=("d",))
    outcome = counted(decisions=decisions, budget=40)
    assert fates(outcome) == [("a", "withdrawn"), ("b", "ruled_out"), ("d", "kept"), ("c", "funded")]
    assert outcome.facts["decisions"]["kept"] == ["d"]


def test_kept_projects_are_funded_in_their_order_whatever_their_tally():
    rule = Rule(threshold=Threshold.read("5"))
    outcome = counted(rule, decisions=Decisions(kept=("d", "c")))
    assert fates(outcome)[:2] == [("d", "kept"), ("c", "kept")]


@pytest.mark.parametrize("rule", [NO_SKIP, TOP_UP], ids=lambda rule: rule.kind)
def test_the_mark_of_a_withdrawn_project_stops_nothing(rule):
    outcome = counted(rule, costs={"w": MARK, "a": 50}, ballots=[["w"]] * 5 + [["a"]], budget=10**12)
    assert fates(outcome) == [("w", "withdrawn"), ("a", "funded")]


@pytest.mark.parametrize("rule", [Rule(), NO_SKIP], ids=lambda rule: rule.kind)
def test_one_of_an_exclusive_group_is_funded(rule):
    outcome = counted(rule, decisions=Decisions(exclusive=(("b", "a"), ("c", "d"))))
    assert fates(outcome) == [("a", "funded"), ("b", "excluded_by_group"), ("c", "funded"), ("d", "excluded_by_group")]
    assert facts_of(outcome, "d")["winner"] == "c"


def test_a_kept_project_puts_its_group_out_but_not_another_kept_one():
    outcome = counted(decisions=Decisions(kept=("d", "c"), exclusive=(("a", "c", "d"),)))
    assert fates(outcome) == [("d", "kept"), ("c", "kept"), ("a", "excluded_by_group"), ("b", "funded")]


@pytest.mark.parametrize(
    ("decisions", "part"),
    [
        (Decisions(kept=("a", "b")), "cost more than the budget"),
        (Decisions(withdrawn=("x",)), "unknown project 'x'"),
        (Decisions(exclusive=(("a", "x"),)), "unknown project 'x'"),
    ],
)
def test_decisions_that_do_not_fit_are_refused(decisions, part):
    with pytest.raises(ValueError, match=part):
        counted(decisions=decisions)


def test_a_kept_project_cannot_bear_the_mark():
    with pytest.raises(ValueError, match="marked as withdrawn"):
        counted(costs={"w": MARK}, ballots=[["w"]], budget=10**12, decisions=Decisions(kept=("w",)))


def test_a_project_of_no_cost_fits_when_nothing_is_left():
    assert counted(NO_SKIP, costs={"a": 100, "b": 0, "c": 1}, ballots=[["a", "b", "c"]]).winners == ("a", "b")


def test_scoring_gives_the_default_to_those_not_named():
    ballots = [(["a", "a"], [-3, 1]), (["b"], [5]), ([], [])]
    one = election({"a": 1, "b": 1}, 1, ballots, VoteType.SCORING, default_points=2)
    assert [str(line.tally) for line in count(one, Rule()).lines] == ["9", "2"]


def test_huge_points_are_summed_exactly():
    point = 10**17 + 1
    one = election({"a": 1, "b": 1}, 1, [(["a", "b"], [point, point]), (["a"], [1])] * 300, VoteType.CUMULATIVE)
    assert [int(line.tally) for line in count(one, Rule()).lines] == [300 * (point + 1), 300 * point]


def test_an_election_without_ballots_can_be_counted():
    assert counted(ballots=[[]], costs={"a": 100, "b": 50}).winners == ("a",)


def test_ballots_outside_the_limits_are_counted_and_stated():
    outcome = counted(limits=Limits(min_length=2, max_length=3), ballots=[*BALLOTS, []])
    assert outcome.facts["ballots_outside_limits"] == 4
    assert [int(line.tally) for line in outcome.lines] == [8, 6, 4, 2]
