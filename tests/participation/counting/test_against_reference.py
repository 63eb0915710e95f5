"""Every rule and switch against the slow reference in fractions."""

from hypothesis import HealthCheck, given, settings

from participation.counting.count import count
from participation.counting.rules import Kind
from tests.participation.counting.reference import reference_winners
from tests.participation.counting.strategies import cases

CAREFULLY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def check(case):
    outcome = count(case.election, case.rule, case.decisions)
    expected = reference_winners(
        case.costs,
        case.election.budget_minor,
        case.election.vote_type,
        case.ballots,
        case.rule,
        case.decisions,
        case.default,
    )
    assert [int(winner) for winner in outcome.winners] == expected
    assert sorted(line.index for line in outcome.lines) == list(range(len(case.costs)))
    assert outcome.spent_minor == sum(case.costs[index] for index in expected)


@CAREFULLY
@given(case=cases())
def test_any_rule_gives_the_winners_of_the_reference(case):
    check(case)


@CAREFULLY
@given(case=cases(kinds=(Kind.EQUAL_SHARES,)))
def test_equal_shares_gives_the_winners_of_the_reference(case):
    check(case)
