"""Lists: each row once from page to page, a bounded count, and as many queries for thirty rows as for three."""

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from cms_pages.models import HomePage, ProcessPage
from participation.choices import DecisionKind
from participation.models import Decision, DecisionText, Project
from site_config.anonymous_reads import shelf
from tests.factories.participation import (
    locale,
    make_ballot_box,
    make_budget,
    make_category,
    make_district,
    make_envelope,
    make_phase,
    make_project,
    make_result,
)

pytestmark = pytest.mark.django_db


def add_budgets(times: int) -> None:
    """Budgets with one of everything that a list shows."""
    for _ in range(times):
        budget = make_budget()
        make_phase(budget)
        envelope = make_envelope(
            budget, ballot_box=make_ballot_box(budget), district=make_district(), category=make_category("Mobility")
        )
        project = make_project(envelope)
        project.categories.add(make_category("Nature"))
        decision = Decision.objects.create(project=project, kind=DecisionKind.KEPT, decided_on=timezone.now().date())
        DecisionText.objects.create(identity=decision, locale=locale(), reason="As promised.")
        make_result(envelope, funded=[project])


def ask(client, path: str, **query):
    shelf.clear()
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


QUERIES = [
    ("budgets", {}, 6),
    ("phases", {}, 4),
    ("envelopes", {}, 5),
    ("projects", {}, 7),
    ("projects", {"order": "random", "seed": 3}, 7),
    ("results", {}, 5),
]


@pytest.mark.parametrize("rows", [3, 30])
def test_lists_cost_these_queries(client, rows, django_assert_num_queries):
    add_budgets(rows)
    for name, query, queries in QUERIES:
        with django_assert_num_queries(queries, info=f"{name} {query}"):
            found = ask(client, f"{name}/", page_size=100, **query)
        assert len(found["results"]) == rows, name


@pytest.mark.parametrize("rows", [3, 30])
def test_a_list_of_pages_costs_these_queries(client, rows, django_assert_num_queries):
    root = Page.get_first_root_node()
    root.get_children().delete()
    home = root.add_child(instance=HomePage(title="Home", slug="home", locale=Locale.get_default()))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
    for number in range(rows):
        home.add_child(instance=ProcessPage(title=f"Page {number}", slug=f"page-{number}"))
    ask(client, "pages/")  # Wagtail remembers the addresses of sites, Django the kinds of content
    with django_assert_num_queries(5):
        found = ask(client, "pages/", page_size=100)
    assert len(found["results"]) == rows + 1


@pytest.mark.parametrize("lines", [3, 30])
def test_a_result_costs_these_queries(client, lines, django_assert_num_queries):
    envelope = make_envelope(make_budget())
    make_result(envelope, funded=[make_project(envelope) for _ in range(lines)])
    with django_assert_num_queries(7):
        found = ask(client, f"results/{envelope.uuid}/")
    assert len(found["lines"]) == lines


def walk(client, **query) -> list[int]:
    """The public numbers of all pages, by following `next`."""
    answer, numbers = ask(client, "projects/", **query), []
    while True:
        numbers += [project["public_number"] for project in answer["results"]]
        if answer["next"] is None:
            return numbers
        assert answer["results"], "a page that leads on is not empty"
        answer = client.get(answer["next"]).json()


@pytest.mark.parametrize("order", ["recorded", "number", "cost", "-cost", "random"])
def test_following_next_finds_each_project_once(client, order):
    envelope = make_envelope(make_budget())
    projects = [make_project(envelope, cost_minor=7) for _ in range(11)]
    for place, project in enumerate(projects):
        Project.objects.filter(pk=project.pk).update(shuffle=place / 11)
    found = walk(client, order=order, page_size=3, **({"seed": 5} if order == "random" else {}))
    assert sorted(found) == sorted(project.public_number for project in projects)


def test_a_random_order_goes_on_once_around(client):
    envelope = make_envelope(make_budget())
    projects = [make_project(envelope, shuffle=place) for place in (0.1, 0.4, 0.6, 0.9)]
    numbers = [project.public_number for project in projects]
    assert walk(client, order="random", seed=8, page_size=1) == [*numbers[2:], *numbers[:2]]


def test_previous_leads_back(client):
    envelope = make_envelope(make_budget())
    for _ in range(3):
        make_project(envelope)
    first = ask(client, "projects/", page_size=2)
    second = client.get(first["next"]).json()
    assert first["previous"] is None
    assert client.get(second["previous"]).json()["results"] == first["results"]


@pytest.mark.parametrize(("rows", "count", "is_exact"), [(1_000, 1_000, True), (1_001, 1_000, False)])
def test_counting_stops_at_a_thousand(client, rows, count, is_exact):
    envelope = make_envelope(make_budget())
    Project.objects.bulk_create(
        Project(budget=envelope.budget, envelope=envelope, cost_minor=1, public_number=number)
        for number in range(1, rows + 1)
    )
    answer = ask(client, "projects/", page_size=100, page=10)
    assert (answer["count"], answer["count_is_exact"]) == (count, is_exact)
    assert (answer["next"] is None) is is_exact
