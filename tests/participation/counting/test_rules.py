import json
from decimal import Decimal

import pytest

from participation.counting.decisions import NO_DECISIONS, Decisions
from participation.counting.election import VoteType
from participation.counting.numbers import Threshold
from participation.counting.rules import Completion, Kind, Rule, Utility, rule_named, rule_of_file

EQUAL_SHARES = Rule(
    name="equalshares/add1",
    kind=Kind.EQUAL_SHARES,
    threshold=Threshold.read("12.5%"),
    completion=Completion.ADD1U,
    stop_when_exhaustive=True,
    integral_start=True,
    increment=250,
    utility=Utility.POINTS,
    comparison=True,
    cheaper_first=True,
)


@pytest.mark.parametrize(
    "rule", [Rule(), EQUAL_SHARES, Rule(kind=Kind.TOP_UP, top_up_percent=Decimal("66.6"))], ids=str
)
def test_a_rule_survives_json(rule):
    assert Rule.from_json(json.loads(json.dumps(rule.as_json()))) == rule


def test_any_key_may_be_left_out():
    assert Rule.from_json({}) == Rule()
    assert Rule.from_json({"kind": "greedy-no-skip", "threshold": 50}).threshold == Threshold(Decimal(50))


REFUSED = [
    ([], "A rule must be an object."),
    ({"kinds": "greedy"}, "A rule has no 'kinds'."),
    ({"kind": "lottery"}, "kind must be one of greedy, greedy-no-skip, top-up, equal-shares."),
    ({"kind": ["greedy"]}, "kind must be one of greedy, greedy-no-skip, top-up, equal-shares."),
    ({"name": 5}, "name must be text."),
    ({"cheaper_first": 1}, "cheaper_first must be true or false."),
    ({"threshold": 2.5}, "threshold must be a number."),
    ({"threshold": "many"}, "'many' is not a number of up to six decimals."),
    ({"threshold": "-1"}, "'-1' is not a threshold: it is negative."),
    ({"threshold": "101%"}, "'101' is not a percentage between 0 and 100."),
    ({"kind": "top-up", "top_up_percent": 101}, "'101' is not a percentage between 0 and 100."),
    ({"top_up_percent": 50}, "The switch top_up_percent does not go with the rule greedy."),
    ({"completion": "add1"}, "The switch completion does not go with the rule greedy."),
    ({"comparison": True}, "The switch comparison does not go with the rule greedy."),
    ({"kind": "equal-shares", "increment": 5}, "The switch increment does not go with the completion none."),
    ({"kind": "equal-shares", "completion": "add1", "increment": 0}, "The increment must be at least one minor unit."),
    (
        {"kind": "equal-shares", "completion": "add1", "increment": True},
        "increment must be a whole number of minor units.",
    ),
]


@pytest.mark.parametrize(("values", "sentence"), REFUSED)
def test_a_wrong_rule_is_refused_in_one_sentence(values, sentence):
    with pytest.raises(ValueError) as caught:
        Rule.from_json(values)
    assert str(caught.value) == sentence


NAMES = [
    ("greedy", Kind.GREEDY, Completion.NONE, False),
    ("greedy-threshold", Kind.GREEDY, Completion.NONE, False),
    ("greedy-exclusive", Kind.GREEDY, Completion.NONE, False),
    ("greedy-no-skip", Kind.GREEDY_NO_SKIP, Completion.NONE, False),
    ("greedy-custom", Kind.TOP_UP, Completion.NONE, False),
    ("equalshares", Kind.EQUAL_SHARES, Completion.NONE, False),
    ("equalshares/add1", Kind.EQUAL_SHARES, Completion.ADD1, False),
    ("equalshares/add1-comparison", Kind.EQUAL_SHARES, Completion.ADD1, True),
]


@pytest.mark.parametrize(("name", "kind", "completion", "comparison"), NAMES)
def test_the_names_of_files_are_known(name, kind, completion, comparison):
    rule = rule_of_file({"rule": name, "min_project_score_threshold": "50"}, VoteType.APPROVAL)
    assert (rule.name, rule.kind, rule.completion, rule.comparison) == (name, kind, completion, comparison)
    assert rule.threshold == Threshold(Decimal(50))
    assert not rule.stop_when_exhaustive


@pytest.mark.parametrize("meta", [{}, {"rule": ""}, {"rule": "unknown"}])
def test_a_file_without_a_rule_is_counted_by_greedy_and_marked(meta):
    rule = rule_of_file(meta, VoteType.APPROVAL)
    assert (rule.name, rule.kind, rule.threshold) == ("unknown", Kind.GREEDY, None)


def test_another_name_is_an_error():
    with pytest.raises(ValueError, match=r"^'lottery' is not the name of a rule\.$"):
        rule_named("lottery")


@pytest.mark.parametrize(("vote_type", "utility"), [("knapsack", Utility.COST), ("ordinal", Utility.POINTS)])
def test_the_utility_follows_the_vote_type(vote_type, utility):
    assert rule_of_file({"rule": "equalshares"}, VoteType(vote_type)).utility is utility


def test_a_switch_must_go_with_the_rule_even_at_its_default():
    with pytest.raises(ValueError, match="comparison"):
        Rule().with_switches({"comparison": False})
    assert rule_named("equalshares").with_switches({"comparison": False}) == rule_named("equalshares")


def test_decisions_survive_json():
    decisions = Decisions(("a",), ("b",), ("c", "d"), (("e", "f"),))
    assert Decisions.from_json(json.loads(json.dumps(decisions.as_json()))) == decisions
    assert Decisions.from_json({}) == NO_DECISIONS


REFUSED_DECISIONS = [
    (None, "Decisions must be an object."),
    ({"keep": []}, "Decisions have no 'keep'."),
    ({"kept": "a"}, "kept must hold lists of project ids, each of them text."),
    ({"kept": [1]}, "kept must hold lists of project ids, each of them text."),
    ({"exclusive": ["a"]}, "exclusive must hold lists of project ids, each of them text."),
    ({"exclusive": "a"}, "exclusive must be a list of lists of project ids."),
    ({"kept": ["a"], "withdrawn": ["a"]}, "The decisions name the project 'a' twice."),
    ({"ruled_out": ["a", "a"]}, "The decisions name the project 'a' twice."),
]


@pytest.mark.parametrize(("values", "sentence"), REFUSED_DECISIONS)
def test_wrong_decisions_are_refused_in_one_sentence(values, sentence):
    with pytest.raises(ValueError) as caught:
        Decisions.from_json(values)
    assert str(caught.value) == sentence
