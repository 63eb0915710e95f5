"""Equal shares: rounds, ties, near ties, completions, comparison."""

import random
from fractions import Fraction

import pytest

from participation.counting import add1
from participation.counting.count import count
from participation.counting.election import VoteType
from participation.counting.rules import Completion, Decisions, Kind, Rule, Utility
from tests.participation.counting.builders import election, facts_of, fates, read_data
from tests.participation.counting.reference import reference_winners

PLAIN = Rule(kind=Kind.EQUAL_SHARES)
LARGE = 10**13


def equal_shares(**switches):
    return Rule(kind=Kind.EQUAL_SHARES, **switches)


def raising(**switches):
    return equal_shares(**{"completion": Completion.ADD1, "increment": 1} | switches)


def test_the_rounds_tell_who_pays_what():
    one = election({"a": 60, "b": 30, "c": 60}, 100, [["a"], ["a", "b"], ["a", "b"], ["c"]])
    outcome = count(one, PLAIN)
    assert fates(outcome) == [("a", "funded"), ("b", "not_affordable"), ("c", "not_affordable")]
    (first,) = outcome.rounds
    assert (first.project, first.price, first.effective_votes, first.supporters, first.behind) == ("a", 20, 3, 3, 75)
    assert facts_of(outcome, "b") == {"cost_minor": 30, "behind_minor": "10", "missing_minor": "20"}
    assert outcome.facts["share_minor"] == "25"


def test_who_cannot_pay_the_price_pays_all():
    one = election({"a": 60, "b": 28}, 100, [["a", "b"], ["a"], ["a"], ["b"]])
    second = count(one, PLAIN).rounds[1]
    assert (second.project, second.price, second.behind) == ("b", 23, 30)
    assert second.effective_votes == Fraction(28, 23)


def test_points_are_a_utility():
    one = election({"a": 60, "b": 60}, 120, [(["a", "b"], [1, 4]), (["a", "b"], [2, 0])], VoteType.CUMULATIVE)
    outcome = count(one, PLAIN)
    assert fates(outcome) == [("b", "funded"), ("a", "funded")]
    assert (outcome.rounds[0].price, outcome.rounds[0].supporters) == (15, 1)


def test_the_price_of_a_point_does_not_depend_on_decimals():
    costs, whole = {"a": 60}, [(["a"], [3])] * 2
    halves = [(["a"], ["1.5"]), (["a"], ["4.5"])]
    prices = [
        count(election(costs, 120, ballots, VoteType.CUMULATIVE), PLAIN).rounds[0].price for ballots in (whole, halves)
    ]
    assert prices == [10, 10]


@pytest.mark.parametrize(("utility", "winner"), [(Utility.COST, "a"), (Utility.POINTS, "b")])
def test_the_utility_can_be_chosen(utility, winner):
    ballots = [(["a"], [1]), (["a"], [1]), (["b"], [9]), ([], [])]
    one = election({"a": 40, "b": 20}, 80, ballots, VoteType.CUMULATIVE)
    assert count(one, equal_shares(utility=utility)).rounds[0].project == winner


def test_a_project_named_twice_is_supported_once_by_cost_and_twice_by_points():
    ballots = [["a", "a"], ["b"], ["b"]]
    assert [one.project for one in count(election({"a": 10, "b": 10}, 60, ballots), PLAIN).rounds] == ["b", "a"]
    pointed = [(["a", "a"], [3, 3]), (["b"], [4]), (["b"], [1])]
    outcome = count(election({"a": 10, "b": 10}, 60, pointed, VoteType.CUMULATIVE), PLAIN)
    assert [one.project for one in outcome.rounds] == ["a", "b"]


def test_equal_prices_follow_the_order_of_ties():
    one = election({"dear": 30, "cheap": 20}, 60, [["dear", "cheap"]] * 2)
    assert count(one, PLAIN).rounds[0].project == "dear"
    assert count(one, equal_shares(cheaper_first=True)).rounds[0].project == "cheap"


def test_free_projects_are_bought_first_in_recorded_order_where_anybody_supports_them():
    one = election({"a": 10, "f": 0, "g": 0, "h": 0}, 10, [["a", "g", "f"], ["a"]])
    assert [one.project for one in count(one, PLAIN).rounds] == ["f", "g", "a"]
    assert dict(fates(count(one, PLAIN)))["h"] == "not_affordable"
    grouped = count(one, PLAIN, Decisions(exclusive=(("f", "g"),)))
    assert fates(grouped)[:2] == [("f", "funded"), ("a", "funded")]


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize("difference", [-1, 0, 1])
def test_prices_nearer_than_floats_can_tell_are_compared_exactly(swap, difference):
    costs = {"a": LARGE, "b": LARGE + difference}
    if swap:
        costs = dict(reversed(costs.items()))
    one = election(costs, 3 * LARGE, [(["a", "b"], [1, 1])] * 3, VoteType.CUMULATIVE)
    cheapest = min(costs, key=lambda name: costs[name])
    assert count(one, PLAIN).rounds[0].project == cheapest


@pytest.mark.parametrize(("extra", "bought"), [(-1, True), (0, True), (1, False)])
def test_what_can_just_be_paid_is_decided_exactly(extra, bought):
    """Three ballots have a third of the money each; two thirds of it are left behind the second project."""
    one = election({"a": LARGE, "b": 2 * LARGE + extra}, 3 * LARGE, [["a"], ["b"], ["b"]])
    assert ("b" in count(one, PLAIN).winners) is bought
    assert ("b" in count(one, raising()).winners) is bought


@pytest.mark.parametrize("voters", range(2, 90))
def test_what_all_can_just_pay_together_is_bought(voters):
    """The shares are no floats, so neither is their sum: whether it reaches the cost must be decided exactly."""
    one = election({"all": 100}, 100, [["all"]] * voters)
    assert count(one, PLAIN).winners == ("all",)


@pytest.mark.parametrize("voters", range(3, 90, 7))
def test_what_all_can_just_not_pay_together_is_not_bought(voters):
    one = election({"all": 10**15 + 1}, 10**15, [["all"]] * voters)
    assert count(one, PLAIN).winners == ()


def test_a_supporter_who_is_short_by_a_hair_makes_a_project_dearer():
    costs = {"x": 1, "a": 2 * LARGE - 1, "b": 2 * LARGE - 1}
    ballots = [["x", "a"], ["a"], ["b"], ["b"]]
    pointed = [(ballot, [1] * len(ballot)) for ballot in ballots]
    outcome = count(election(costs, 4 * LARGE, pointed, VoteType.CUMULATIVE), PLAIN)
    assert [(one.project, one.price) for one in outcome.rounds] == [
        ("x", 1),
        ("b", LARGE - Fraction(1, 2)),
        ("a", LARGE),
    ]


@pytest.mark.parametrize("difference", [-1, 0, 1])
def test_near_ties_late_in_a_run_are_decided_by_what_really_was_paid(difference):
    """After a third of the money went in sevenths, prices of two projects differ by a hair or not at all."""
    ballots = [["x", "a"]] * 3 + [["x", "b"]] * 3 + [["x"]] + [["a", "b"]] * 2
    costs = {"x": 7 * LARGE // 10, "b": LARGE, "a": LARGE + difference}
    names = {name: index for index, name in enumerate(costs)}
    plain = [([names[name] for name in ballot], None) for ballot in ballots]
    for switches in ({}, {"utility": Utility.POINTS}):
        rule = equal_shares(**switches)
        outcome = count(election(costs, 3 * LARGE, ballots), rule)
        expected = reference_winners(list(costs.values()), 3 * LARGE, "approval", plain, rule)
        assert sorted(names[name] for name in outcome.winners) == expected
        if switches:
            assert outcome.rounds[1].project == ("a" if difference < 0 else "b")


def random_case(seed):
    source = random.Random(seed)
    projects, scale = source.randint(2, 14), source.choice([20, 400, 6000])
    costs = [source.choice([source.randint(0, scale), scale // 2]) for _ in range(projects)]
    budget = 1 + int(sum(costs) * source.choice([0.3, 0.7]))
    ballots = [
        source.sample(range(projects), source.randint(0, min(projects, 6))) for _ in range(source.randint(1, 40))
    ]
    vote_type = source.choice(["approval", "ordinal"])
    groups = tuple(tuple(map(str, source.sample(range(projects), 2))) for _ in range(source.randint(0, 2)))
    rule = raising(
        increment=source.choice([1, 2, 7]),
        stop_when_exhaustive=source.random() < 0.3,
        integral_start=source.random() < 0.3,
        cheaper_first=source.random() < 0.3,
    )
    return costs, budget, ballots, vote_type, rule, Decisions(exclusive=groups)


@pytest.mark.parametrize("seed", range(40))
def test_leaping_over_idle_steps_changes_nothing(seed, monkeypatch):
    costs, budget, ballots, vote_type, rule, decisions = random_case(seed)
    named = [[str(index) for index in ballot] for ballot in ballots]
    one = election({str(index): cost for index, cost in enumerate(costs)}, budget, named, VoteType(vote_type))
    leaping = count(one, rule, decisions)
    if leaping.facts["raises"] < 1000:
        monkeypatch.setattr(add1, "idle_steps", lambda *arguments: 0)
        assert leaping.canonical_bytes() == count(one, rule, decisions).canonical_bytes()
    if leaping.facts["raises"] < 100:
        pairs = [(ballot, None) for ballot in ballots]
        expected = reference_winners(costs, budget, vote_type, pairs, rule, decisions)
        assert [int(winner) for winner in leaping.winners] == expected


def test_idle_steps_are_leapt_over():
    """A million million steps lie between the first share and the one that buys the project."""
    one = election({"a": LARGE, "b": LARGE}, 2 * LARGE, [["a"], ["b"], *[[]] * 98])
    outcome = count(one, raising())
    assert outcome.winners == ("a", "b")
    assert outcome.facts["raises"] == LARGE - 2 * LARGE // 100


SPARSE = {"a": 60, "b": 50, "c": 20, "d": 10}
SPARSE_BALLOTS = [["a"], ["a"], ["b"], ["c"], ["d"]]


@pytest.mark.parametrize(
    ("completion", "expected"),
    [
        (Completion.NONE, [("d", "funded"), ("c", "funded"), ("a", "not_affordable"), ("b", "not_affordable")]),
        (Completion.UTILITARIAN, [("d", "funded"), ("c", "funded"), ("a", "completed"), ("b", "did_not_fit")]),
    ],
)
def test_completion_follows_the_run(completion, expected):
    rule = equal_shares(completion=completion, cheaper_first=True)
    assert fates(count(election(SPARSE, 100, SPARSE_BALLOTS), rule)) == expected


def test_add1_keeps_the_last_run_that_does_not_overspend():
    outcome = count(election(SPARSE, 100, SPARSE_BALLOTS), raising())
    assert set(outcome.winners) == {"a", "c", "d"}
    assert (outcome.facts["share_minor"], outcome.facts["raises"], outcome.left_minor) == ("49", 29, 10)


def test_add1u_completes_what_add1_left():
    one = election({"a": 60, "b": 30, "u": 35}, 100, [["a"], ["a"], ["b"]])
    plain = count(one, raising())
    assert (plain.winners, plain.left_minor) == (("a", "b"), 10)
    outcome = count(
        election({"a": 60, "b": 30, "u": 5}, 100, [["a"], ["a"], ["b"]]), raising(completion=Completion.ADD1U)
    )
    assert fates(outcome)[-1] == ("u", "completed")


def test_stopping_when_exhausted_is_a_switch():
    """At the first share a and c are bought and nothing else fits; going on would put b in the place of c."""
    one = read_data("Poland_Wieliczka_2023_Green_Budget.pb").election
    rule = equal_shares(completion=Completion.ADD1)
    on, off = count(one, rule.with_switches({"stop_when_exhaustive": True})), count(one, rule)
    assert on.facts["raises"] < off.facts["raises"]
    assert on.winners != off.winners


def test_an_integral_start_rounds_down_to_a_multiple_of_the_increment():
    one = election({"a": 90}, 100, [["a"], [], []])
    for integral, share in ((False, Fraction(100, 3) + 57), (True, Fraction(90))):
        outcome = count(one, raising(increment=1 if not integral else 30, integral_start=integral))
        assert outcome.facts["share_minor"] == (str(share) if integral else "90.333333")
        assert outcome.winners == ("a",)


def test_the_increment_is_one_unit_unless_stated():
    one = election({"a": 9000}, 10000, [["a"], [], []], currency="EUR")
    assert count(one, equal_shares(completion=Completion.ADD1)).facts["raises"] == 57
    yen = election({"a": 90}, 100, [["a"], [], []], currency="JPY")
    assert count(yen, equal_shares(completion=Completion.ADD1)).facts["raises"] == 57


def test_add1_ends_when_all_that_has_supporters_is_bought():
    outcome = count(election({"a": 10, "unloved": 50}, 100, [["a"]]), raising())
    assert (outcome.winners, outcome.facts["raises"]) == (("a",), 0)


COMPARED = {"big": 90, "a": 20, "b": 20}


@pytest.mark.parametrize(("fans", "chosen"), [(5, "greedy"), (4, "equal-shares"), (3, "equal-shares")])
def test_greedy_replaces_the_outcome_only_if_strictly_more_prefer_it(fans, chosen):
    ballots = [["big"]] * fans + [["a"], ["a"], ["b"], ["b"]]
    outcome = count(election(COMPARED, 100, ballots), equal_shares(comparison=True))
    compared = outcome.facts["comparison"]
    assert compared == {"prefer_greedy": fans, "prefer_equal_shares": 4, "chosen": chosen}
    assert outcome.winners == (("big",) if chosen == "greedy" else ("a", "b"))
    assert bool(outcome.rounds) is (chosen == "equal-shares")


def test_with_points_the_comparison_weighs_points():
    ballots = [(["big", "a"], [9, 1])] * 4 + [(["a", "big"], [5, 1])] * 2 + [(["b"], [1])]
    one = election(COMPARED, 100, ballots, VoteType.CUMULATIVE)
    compared = count(one, equal_shares(comparison=True)).facts["comparison"]
    expected = reference_winners([90, 20, 20], 100, "cumulative", as_fractions(ballots), equal_shares(comparison=True))
    assert compared["chosen"] == "greedy"
    assert expected == [0]


def as_fractions(ballots):
    names = list(COMPARED)
    return [([names.index(name) for name in named], [Fraction(point) for point in points]) for named, points in ballots]


@pytest.mark.parametrize("completion", list(Completion))
@pytest.mark.parametrize("ballots", [[[]], [[], []]])
def test_blank_ballots_alone_buy_nothing(completion, ballots):
    outcome = count(election({"a": 10}, 100, ballots), equal_shares(completion=completion))
    completed = completion in (Completion.UTILITARIAN, Completion.ADD1U)
    assert fates(outcome) == [("a", "completed" if completed else "not_affordable")]


def test_kept_projects_leave_less_to_share():
    one = election({"a": 40, "b": 50}, 100, [["b"], ["b"]])
    assert count(one, PLAIN, Decisions(kept=("a",))).facts["share_minor"] == "30"


def test_a_large_run_agrees_with_the_reference():
    source = random.Random(5)
    costs = [source.randint(1, 3000) for _ in range(25)]
    ballots = [source.sample(range(25), source.randint(1, 8)) for _ in range(300)]
    one = election({str(i): c for i, c in enumerate(costs)}, 20000, [[str(i) for i in ballot] for ballot in ballots])
    expected = reference_winners(costs, 20000, "approval", [(ballot, None) for ballot in ballots], PLAIN)
    outcome = count(one, PLAIN)
    assert [int(winner) for winner in outcome.winners] == expected
    assert len(outcome.rounds) == len(expected) > 5
