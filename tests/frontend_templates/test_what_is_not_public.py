"""A draft is 404 everywhere, to everybody who is not staff in the CMS."""

import pytest

from participation.models import Result

pytestmark = pytest.mark.usefixtures("draft")

DRAFTS = (
    "/en/budgets/draft/",
    "/en/budgets/draft/projects/",
    "/en/budgets/draft/projects/1/",
    "/en/budgets/draft/proposals/",
    "/en/budgets/draft/proposals/1/",
    "/en/budgets/draft/proposals/proposals.csv",
    "/en/budgets/draft/proposals/proposals.geojson",
    "/en/budgets/draft/proposals/feed.rss",
    "/en/budgets/draft/districts.geojson",
    "/en/budgets/draft/result/",
    "/en/budgets/draft/result/secret/",
    "/en/budgets/draft/result/secret/ballots.pb",
    "/en/budgets/draft/result/secret/result.csv",
    "/en/budgets/draft/result/secret/result.json",
    "/en/budgets/draft/result/secret/decisions.json",
)
RESULTS = (
    "/en/budgets/town/result/",
    "/en/budgets/town/result/whole/",
    "/en/budgets/town/result/whole/ballots.pb",
    "/en/budgets/town/result/whole/result.csv",
    "/en/budgets/town/result/whole/result.json",
    "/en/budgets/town/result/whole/decisions.json",
)


@pytest.mark.parametrize("address", DRAFTS)
def test_a_draft_is_not_found(visitor, address):
    assert visitor.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/en/", "/en/budgets/"])
def test_no_list_names_a_draft(visitor, address):
    assert "Not for you" not in visitor.get(address).content.decode()


@pytest.mark.parametrize("address", RESULTS)
def test_a_result_that_is_not_published_is_not_found(visitor, town, address):
    Result.objects.filter(envelope__budget=town).update(published_at=None)
    assert visitor.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/en/", "/en/budgets/town/", "/en/budgets/town/projects/", "/en/budgets/town/projects/1/"]
)
def test_nothing_of_an_unpublished_result_shows(visitor, town, address):
    Result.objects.filter(envelope__budget=town).update(published_at=None)
    html = visitor.get(address).content.decode()
    assert "/result/" not in html
    assert "Funded" not in html
    assert "unded" not in html


@pytest.mark.parametrize("number", ["0", "99", "99999999999999999999"])
def test_a_project_that_is_not_there(visitor, town, number):
    assert visitor.get(f"/en/budgets/town/projects/{number}/").status_code == 404
