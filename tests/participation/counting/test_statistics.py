from decimal import Decimal
from fractions import Fraction

from participation.counting.count import count
from participation.counting.rules import Rule
from participation.counting.statistics import by_category, satisfaction
from tests.participation.counting.builders import election

COSTS = {"a": 50, "b": 60, "c": 30}
BALLOTS = [["a", "c"], ["a", "a"], ["b"], []]


def test_satisfaction_is_exact():
    found = satisfaction(election(COSTS, 100, BALLOTS), ("a", "c"))
    assert (found.valid_ballots, found.without_funded, found.funded_named) == (3, 1, 3)
    assert (found.share_without_funded, found.average_funded) == (Fraction(1, 3), 1)


def test_copies_count_each():
    found = satisfaction(election(COSTS, 100, BALLOTS * 7), ("b",))
    assert (found.valid_ballots, found.without_funded, found.funded_named) == (21, 14, 7)


def test_without_valid_ballots_nothing_is_divided_by_zero():
    found = satisfaction(election(COSTS, 100, [[]]), ("a",))
    assert (found.share_without_funded, found.average_funded) == (0, 0)


def test_categories_share_votes_and_money():
    one = election(COSTS, 100, BALLOTS)
    figures = by_category(one, count(one, Rule()), {"a": "green", "b": "green"})
    assert [(each.category, each.projects, each.funded, each.spent_minor, each.tally) for each in figures] == [
        ("", 1, 1, 30, Decimal(1)),
        ("green", 2, 1, 50, Decimal(4)),
    ]
    assert [each.spent_share for each in figures] == [Fraction(3, 8), Fraction(5, 8)]
    assert [each.tally_share for each in figures] == [Fraction(1, 5), Fraction(4, 5)]


def test_categories_without_votes_or_money_have_no_share():
    one = election({"a": 50}, 10, [[]])
    (figures,) = by_category(one, count(one, Rule()), {})
    assert (figures.spent_share, figures.tally_share) == (0, 0)
