"""All public addresses of the site, as a list for programs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms_pages.models import StandardPage
from site_config.anonymous_reads import shelf
from tests.factories.participation import make_budget, make_envelope, make_project
from tests.factories.proposals import put_proposal

pytestmark = pytest.mark.django_db


def told(client, kind: str, **query) -> dict[str, dict[str, str]]:
    """Each path with those of its languages."""
    answer = client.get("/api/v1/sitemap/", {"kind": kind, **query})
    assert answer.status_code == 200, answer.content
    rows = answer.json()["results"]
    return {row["path"]: {one["language"]: one["path"] for one in row["alternates"]} for row in rows}


def test_pages_with_their_translations_alone(client, home, process, french_home):
    both = {"en": "/en/", "fr": "/fr/"}
    assert told(client, "pages") == {"/en/": both, "/fr/": both, "/en/how/": {"en": "/en/how/"}}
    rows = client.get("/api/v1/sitemap/", {"kind": "pages"}).json()["results"]
    assert [bool(row["changed_at"]) for row in rows] == [row["language"] == "fr" for row in rows]


def test_drafts_and_private_pages_are_not_told(client, home, process):
    home.add_child(instance=StandardPage(title="Draft", slug="draft", locale=home.locale, live=False))
    PageViewRestriction.objects.create(page=process, restriction_type="login")
    assert set(told(client, "pages")) == {"/en/"}


def test_budgets_projects_and_proposals(client, home, french_home):
    budget = make_budget(slug="green")
    make_budget(slug="secret", status="draft")
    make_project(make_envelope(budget), public_number=1)
    put_proposal(budget, title="Banc", public_number=2, language="fr")
    put_proposal(budget, title="Unseen", public_number=4, status="submitted", published_at=None)
    assert told(client, "budgets") == {"/en/budgets/green/": {"en": "/en/budgets/green/", "fr": "/fr/budgets/green/"}}
    assert told(client, "projects")["/en/budgets/green/projects/1/"]["fr"] == "/fr/budgets/green/projects/1/"
    own = "/fr/budgets/green/proposals/2/"
    assert told(client, "proposals") == {own: {"fr": own}}


@pytest.mark.parametrize("query", [{}, {"kind": "people"}, {"kind": ""}, {"kind": "pages", "page": "0"}])
def test_what_is_not_known_is_refused(client, home, query):
    answer = client.get("/api/v1/sitemap/", query)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] in {"query/kind", "query/page"}


def test_pages_of_the_list_follow_each_other(client, home, process, french_home):
    first = client.get("/api/v1/sitemap/", {"kind": "pages", "page_size": 2}).json()
    assert (first["count"], len(first["results"])) == (3, 2)
    assert len(client.get(first["next"]).json()["results"]) == 1


@pytest.mark.parametrize(("kind", "queries"), [("pages", 7), ("budgets", 4), ("projects", 4), ("proposals", 4)])
def test_it_costs_the_same_whatever_its_length(client, home, french_home, kind, queries):
    for rows in (2, 9):
        for number in range(rows):
            budget = make_budget(slug=f"of-{rows}-{number}")
            make_project(make_envelope(budget))
            put_proposal(budget, title="Bench")
            home.add_child(
                instance=StandardPage(title=f"Page {number}", slug=f"page-{rows}-{number}", locale=home.locale)
            )
        told(client, kind)
        shelf.clear()
        with CaptureQueriesContext(connection) as asked:
            told(client, kind)
        assert len(asked) == queries
