"""Amounts at the edge of what a file may state and a database can hold."""

import pytest

from participation.models import Budget, Project
from tests.participation.test_import_election import refusal, run, written

pytestmark = pytest.mark.django_db
LARGEST = "999999999999999"


def pb_text(*, currency: str, budget: str, cost: str) -> str:
    meta = f"num_projects;1\nnum_votes;1\nbudget;{budget}\nvote_type;approval\nrule;greedy\ncurrency;{currency}"
    return f"META\nkey;value\n{meta}\nPROJECTS\nproject_id;cost\n1;{cost}\nVOTES\nvoter_id;vote\n1;1\n"


@pytest.mark.parametrize(("budget", "cost"), [(LARGEST, "5"), ("5", LARGEST), (LARGEST, LARGEST)])
def test_what_the_database_cannot_hold_is_refused_in_one_line(tmp_path, budget, cost):
    """Ten to the fifteenth units of a currency of four decimals are more than an eight-byte integer."""
    path = written(tmp_path, pb_text(currency="CLF", budget=budget, cost=cost))

    assert refusal(path) == "An amount of 9999999999999990000 minor units is too large to be stored."


@pytest.mark.parametrize(("currency", "exponent"), [("JPY", 0), ("EUR", 2), ("KWD", 3)])
def test_the_largest_amount_a_file_may_state_is_kept_to_the_last_unit(tmp_path, currency, exponent):
    run(written(tmp_path, pb_text(currency=currency, budget=LARGEST, cost=LARGEST)))

    assert Budget.objects.get().share_minor == Project.objects.get().cost_minor == int(LARGEST) * 10**exponent
