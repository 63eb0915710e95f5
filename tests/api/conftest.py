import pytest

from tests.factories.participation import (
    make_ballot_box,
    make_budget,
    make_category,
    make_district,
    make_envelope,
    make_phase,
    make_project,
    make_result,
)
from tests.frontend_templates.conftest import french_home, home, process

__all__ = ["french_home", "home", "process"]


@pytest.fixture
def town(db):
    """A published budget with a counted envelope."""
    budget = make_budget(slug="town", municipal_budget_minor=900_000_000)
    make_phase(budget)
    envelope = make_envelope(budget, ballot_box=make_ballot_box(budget), district=make_district())
    nature = make_category("Nature")
    projects = [make_project(envelope, cost_minor=cost) for cost in (500_000, 300_000, 100_000)]
    projects[0].categories.add(nature)
    make_result(envelope, funded=projects[:2], lost=projects[2:])
    return budget


@pytest.fixture
def draft(db):
    """A budget that nobody should see yet, with everything in it."""
    budget = make_budget(slug="draft", status="draft")
    make_phase(budget)
    envelope = make_envelope(budget)
    make_result(envelope, funded=[make_project(envelope)])
    return budget
