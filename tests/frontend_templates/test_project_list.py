import pytest

from tests.factories.participation import make_budget, make_envelope, make_project
from tests.frontend_templates.pages import read

LIST = "/en/budgets/town/projects/"
TITLES = ("Trees", "A pool", "A stage", "Benches")


def shown(page) -> list[str]:
    """The titles of the cards, in their order."""
    return [word.strip() for word in page.words if word.strip() in TITLES]


def test_all_projects_in_the_recorded_order(visitor, town):
    page = read(visitor.get(LIST))
    assert shown(page) == list(TITLES)
    assert "4 projects" in page.text


def test_one_is_counted_in_the_singular(visitor, town):
    assert "1 project " in read(visitor.get(f"{LIST}?envelope=north")).text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("envelope=north", ["Benches"]),
        ("envelope=whole", ["Trees", "A pool", "A stage"]),
        ("order=cost", ["Benches", "A stage", "A pool", "Trees"]),
        ("order=-cost", ["Trees", "A pool", "A stage", "Benches"]),
        ("envelope=whole&order=cost", ["A stage", "A pool", "Trees"]),
    ],
)
def test_filters_and_orders(visitor, town, query, titles):
    assert shown(read(visitor.get(f"{LIST}?{query}"))) == titles


def test_by_category(visitor, town):
    slug = town.projects.get(public_number=1).categories.get().slug
    page = read(visitor.get(f"{LIST}?category={slug}"))
    assert shown(page) == ["Trees", "A stage"]
    assert "Remove this filter" in page.text


def test_a_random_order_is_the_same_for_the_same_seed_and_says_so(visitor, town):
    first, again = (read(visitor.get(f"{LIST}?order=random&seed=3")) for _ in range(2))
    assert shown(first) == shown(again)
    assert sorted(shown(first)) == sorted(TITLES)
    assert "random order" in first.text


def test_a_random_order_differs_between_some_seeds(visitor, town):
    orders = {tuple(shown(read(visitor.get(f"{LIST}?order=random&seed={seed}")))) for seed in range(16)}
    assert len(orders) > 1


@pytest.mark.parametrize(
    "query",
    [
        "envelope=nowhere",
        "category=%00",
        "order=votes",
        "order=random&seed=-1",
        "order=random&seed=99",
        "order=random&seed=²",
        "page=0",
        "page=x",
        "page=999",
        "page=99999999999999999999999",
        "envelope=whole&envelope=north",
    ],
)
def test_words_that_mean_nothing_still_show_a_list(visitor, town, query):
    assert shown(read(visitor.get(f"{LIST}?{query}")))


def test_an_empty_list_says_so(visitor, home):
    make_envelope(make_budget(slug="empty"))
    page = read(visitor.get("/en/budgets/empty/projects/"))
    assert "0 projects" in page.text
    assert "No project" in page.text


def test_pages_keep_the_filters(visitor, home):
    envelope = make_envelope(make_budget(slug="long"), slug="all", amount_minor=100_000_000)
    for _ in range(30):
        make_project(envelope)
    page = read(visitor.get("/en/budgets/long/projects/?envelope=all&order=cost"))
    [following] = [one["href"] for one in page.all("a") if one.get("rel") == "next"]
    assert "envelope=all" in following
    assert "order=cost" in following
    assert "page=2" in following
    assert "Page 1 of 2" in page.text
    second = read(visitor.get(f"/en/budgets/long/projects/{following}"))
    assert [one for one in second.all("a") if one.get("rel") == "prev"]
    assert not [one for one in second.all("a") if one.get("rel") == "next"]


def test_what_was_asked_stays_chosen_in_the_form(visitor, town):
    page = read(visitor.get(f"{LIST}?envelope=north&order=-cost"))
    chosen = {option["value"] for option in page.all("option") if "selected" in option}
    assert {"north", "-cost"} <= chosen
