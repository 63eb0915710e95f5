"""A page costs the same number of queries whatever the number of rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from site_config.anonymous_reads import shelf
from tests.factories.participation import (
    make_budget,
    make_category,
    make_envelope,
    make_phase,
    make_project,
    make_result,
)

FEW, MANY = 3, 20


def fill(budget, rows: int) -> None:
    for _ in range(rows):
        make_phase(budget)
        envelope = make_envelope(budget, slug=f"envelope-{budget.slug}-{budget.envelopes.count()}")
        projects = [make_project(envelope, cost_minor=1_000), make_project(envelope, cost_minor=1_000)]
        for project in projects:
            project.categories.add(make_category("Nature"), make_category("Sport"))
        make_result(envelope, funded=projects[:1], lost=projects[1:])


def queries(visitor, address: str) -> int:
    visitor.get(address)
    shelf.clear()
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    "address",
    ["/en/", "/en/budgets/", "/en/budgets/{}/", "/en/budgets/{}/projects/", "/en/budgets/{}/result/"],
)
def test_rows_do_not_matter(visitor, home, address):
    counts = []
    for rows in (FEW, MANY):
        budget = make_budget(slug=f"with-{rows}")
        fill(budget, rows)
        counts.append(queries(visitor, address.format(budget.slug)))
    assert counts[0] == counts[1]


def test_lines_of_a_result_do_not_matter(visitor, home):
    counts = []
    for rows in (FEW, MANY):
        budget = make_budget(slug=f"with-{rows}")
        envelope = make_envelope(budget, slug="all")
        projects = [make_project(envelope, cost_minor=1_000) for _ in range(rows)]
        for project in projects:
            project.categories.add(make_category("Nature"))
        make_result(envelope, funded=projects[:2], lost=projects[2:])
        counts.append(queries(visitor, f"/en/budgets/with-{rows}/result/all/"))
    assert counts[0] == counts[1]


def test_budgets_in_the_list_do_not_matter(visitor, home):
    counts = []
    for rows in (FEW, MANY):
        for _ in range(rows):
            make_phase(make_budget())
        counts.append(queries(visitor, "/en/budgets/"))
    assert counts[0] == counts[1]
