"""What an outcome states: every project once, in JSON that is the same everywhere."""

import json
import subprocess
import sys
from fractions import Fraction

import pytest

from participation.counting.count import count
from participation.counting.explain import explanations
from participation.counting.outcome import Reason, rounded
from participation.counting.rules import Completion, Decisions, Kind, Rule, Threshold, rule_of_file
from tests.participation.counting.builders import DATA, election, read_data

NAMES = ["Poland_Wieliczka_2023_Green_Budget.pb", "Poland_Katowice_2025_Zawodzie.pb", "Switzerland_Zurich_D10.pb"]
AGAIN = """
import hashlib, sys
from participation.counting.count import count
from participation.counting.pb_format import read_pb
from participation.counting.rules import rule_of_file
file = read_pb(open(sys.argv[1], "rb"))
outcome = count(file.election, rule_of_file(file.meta, file.election.vote_type))
sys.stdout.write(hashlib.sha256(outcome.canonical_bytes()).hexdigest())
"""


def outcome_of(name):
    file = read_data(name)
    return count(file.election, rule_of_file(file.meta, file.election.vote_type))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_input_gives_the_same_bytes(name):
    first = outcome_of(name).canonical_bytes()
    assert first == outcome_of(name).canonical_bytes()
    values = json.loads(first)
    assert first == json.dumps(values, sort_keys=True, separators=(",", ":")).encode("ascii")


def test_the_bytes_do_not_depend_on_hash_seeds():
    hashes = {
        subprocess.run(
            [sys.executable, "-c", AGAIN, str(DATA / NAMES[0])],
            capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(hashes) == 1
    assert len(hashes.pop()) == 64


def no_floats(value):
    if isinstance(value, dict):
        return all(map(no_floats, value.values()))
    if isinstance(value, list):
        return all(map(no_floats, value))
    return not isinstance(value, float)


@pytest.mark.parametrize("name", NAMES)
def test_numbers_are_never_binary_fractions(name):
    assert no_floats(outcome_of(name).as_json())


def test_facts_about_the_whole_count():
    one = election({"a": 50}, 100, [["a"], []], currency="JPY")
    facts = count(one, Rule(threshold=Threshold.read("50%"))).facts
    assert facts["rule"]["threshold"] == "50%"
    assert {name: facts[name] for name in facts if name not in ("rule", "decisions")} == {
        "currency": "JPY",
        "exponent": 0,
        "budget_minor": 100,
        "ballots": 2,
        "valid_ballots": 1,
        "blank_ballots": 1,
        "ballots_outside_limits": 0,
        "threshold": "0.5",
    }


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Fraction(1, 3), "0.333333"),
        (Fraction(5), "5"),
        (Fraction(5, 2), "2.5"),
        (Fraction(-2, 3), "-0.666666"),
        (Fraction(0), "0"),
    ],
)
def test_long_fractions_are_cut_at_millionths(amount, text):
    assert rounded(amount) == text


EXPLAINED = {
    Reason.KEPT: "k is funded first, for 0.1 EUR, by an official decision.",
    Reason.WITHDRAWN: "w is not funded: it was withdrawn.",
    Reason.RULED_OUT: "r is not funded: it was ruled out by an official decision.",
    Reason.BELOW_THRESHOLD: "t is not funded: its tally of 1 is below the threshold of 2.",
    Reason.FUNDED: "a is funded for 0.5 EUR with a tally of 4; 0.4 EUR are left.",
    Reason.EXCLUDED_BY_GROUP: "g is not funded: only one of its group can be, and that is a.",
    Reason.TOPPED_UP: "b is funded for 0.5 EUR with a tally of 3, although 0.1 EUR must be added.",
    Reason.AFTER_THE_STOP: "c (tally 2) is not funded: the count had stopped at b.",
}


def test_every_line_is_explained():
    costs = {"k": 10, "w": 10, "r": 10, "t": 10, "a": 50, "g": 10, "b": 50, "c": 10}
    ballots = [["a", "b", "c", "g", "t"], ["a", "b", "c", "g"], ["a", "b"], ["a"]]
    decisions = Decisions(withdrawn=("w",), ruled_out=("r",), kept=("k",), exclusive=(("a", "g"),))
    rule = Rule(kind=Kind.TOP_UP, threshold=Threshold.read("2"))
    outcome = count(election(costs, 100, ballots, currency="EUR"), rule, decisions)
    assert {line.reason: text for line, text in zip(outcome.lines, explanations(outcome), strict=True)} == EXPLAINED


def test_what_did_not_fit_is_explained():
    outcome = count(election({"a": 150, "b": 101}, 250, [["a", "b"], ["a"]], currency="KWD"), Rule())
    assert (
        explanations(outcome)[1]
        == "b (tally 1) is not funded: it costs 0.101 KWD, 0.001 KWD more than the 0.1 KWD left."
    )


def test_shares_are_explained():
    one = election({"a": 100, "b": 100, "c": 60}, 300, [["a"], ["a"], ["a", "b"], ["c"]])
    outcome = count(one, Rule(kind=Kind.EQUAL_SHARES, completion=Completion.UTILITARIAN))
    assert explanations(outcome) == [
        "a is bought for 1: its 3 supporters pay at most 0.33333333 each; 2 of the money are left.",
        "c is bought for 0.6: its 1 supporters pay at most 0.6 each; 1.4 of the money are left.",
        "b is funded for 1 with a tally of 1 from the money left; 0.4 are left.",
    ]


def test_what_supporters_cannot_afford_is_explained():
    outcome = count(election({"a": 200}, 100, [["a"], [], []], currency="EUR"), Rule(kind=Kind.EQUAL_SHARES))
    assert explanations(outcome) == [
        "a is not funded: it costs 2 EUR, 1.66666666 EUR more than the 0.33333333 EUR its supporters have left."
    ]
