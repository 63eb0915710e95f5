"""Lists of any length: the same rows as a plain query gives, few or many of them, read along an index."""

import re

import pytest
from django.db import connection
from django.db.models import Subquery
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.models import Budget, Proposal, SearchedWords, long_list
from participation.models.long_list import ORDERS, RANDOM, LongList
from participation.models.searched_words import letters_of
from site_config.statistics import refresh_statistics
from tests.factories.participation import make_budget, make_category, make_district, make_envelope
from tests.factories.proposals import put_proposal

pytestmark = pytest.mark.django_db

FEW, MANY, START = 5, 1_500, 0.9


@pytest.fixture
def budget(monkeypatch):
    """Twenty-four public proposals in an order that no column has, where more than five are many."""
    monkeypatch.setattr(long_list, "MOST_COUNTED", FEW)
    monkeypatch.setattr(long_list, "MOST_HOLDING", FEW + 3)
    budget, elsewhere = make_budget(slug="green"), make_budget(slug="blue")
    nature, north = make_category("Nature", slug="nature"), make_envelope(budget, district=make_district("North"))
    for number in range(24):
        proposal = put_proposal(budget, title=f"{number * 7 % 24:02} trees", support_count=number * 5 % 8)
        if number % 3 == 0:
            proposal.categories.add(nature)
            Proposal.objects.filter(pk=proposal.pk).update(envelope=north, cost_band="small")
    put_proposal(budget, title="99 trees", status="submitted", published_at=None)
    put_proposal(budget, title="A fountain")
    for _ in range(FEW + 3):
        put_proposal(elsewhere, title="Trees and a fountain")
    return budget


def rows_of(budget: Budget, query: str = "", **narrowed):
    return budget.proposals.public().with_words(query).filter(**narrowed)


def listed(budget: Budget, order: str, query: str = "", **narrowed) -> LongList:
    rows = rows_of(budget, query, **narrowed)
    return LongList(rows, Proposal.objects.all(), order, along={"budget": budget}, query=query, start=START)


NARROWED = [
    {},
    {"query": "trees"},
    {"query": "fountain"},
    {"query": "tree 01"},
    {"query": "01"},
    {"query": "nothing"},
    {"categories__slug": "nature"},
    {"envelope__district__name": "North", "cost_band": "small"},
    {"cost_band": "small", "query": "trees"},
    {"cost_band": "large"},
]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("narrowed", NARROWED, ids=str)
def test_pages_hold_what_a_plain_query_gives(budget, order, narrowed):
    rows = rows_of(budget, **narrowed)
    plain = list(rows.shuffled_from(START) if order == RANDOM else rows.order_by(*ORDERS[order]))
    asked = listed(budget, order, **narrowed)
    assert (asked.counted, asked.is_exact) == (min(len(plain), FEW), len(plain) <= FEW)
    for size in (4, 7, 100):
        assert [one for start in range(0, 60, size) for one in asked.between(start, start + size)] == plain


def test_what_is_not_public_is_in_no_list(budget):
    Budget.objects.filter(pk=budget.pk).update(status="draft")
    for order in ORDERS:
        assert listed(budget, order).between(0, 10) == []


@pytest.fixture
def large():
    """Enough proposals that an index is worth it, half of them in another budget."""
    budgets = [make_budget(slug=slug) for slug in ("green", "blue")]
    now, kinds = timezone.now(), [make_category(slug.title(), slug=slug) for slug in ("nature", "sport")]
    rows = [
        Proposal(
            budget=budgets[number % 2], public_number=number, title=f"Idea {number}", sort_key=f"idea {number:04}",
            language="en", status="published", submitted_at=now, published_at=now, support_count=number % 50,
            cost_band="small" if number % 100 == 0 else "", latitude=47 + number / 1_000, longitude=-1.5,
        )
        for number in range(2 * MANY)
    ]  # fmt: skip
    rows = Proposal.objects.bulk_create(rows)
    words = ("shade for all", "shade and a fountain")
    SearchedWords.objects.bulk_create(
        [SearchedWords(proposal=one, words=words[one.public_number % 400 == 0]) for one in rows]
    )
    through = Proposal.categories.through
    through.objects.bulk_create([through(proposal=one, category=kinds[one.public_number % 300 > 0]) for one in rows])
    refresh_statistics(now)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return budgets[0]


def plans_of(read) -> str:
    """How the database would answer each query that is asked meanwhile."""
    with CaptureQueriesContext(connection) as asked:
        read()
    plans = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + query["sql"])
            plans += [str(row[-1]) for row in cursor.fetchall()]
    return "\n".join(plans)


def without(*ways: str) -> None:
    """PostgreSQL reads some thousand rows whole as cheaply; what counts here is that an index can serve."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("".join(f"SET LOCAL enable_{way} = off;" for way in ways))


OTHER_WAYS = ("seqscan", "bitmapscan", "sort", "incremental_sort")


def is_read_whole(plan: str) -> bool:
    return re.search(r"SCAN participation_proposal\b(?! USING)|Seq Scan on participation_proposal\b", plan) is not None


def is_sorted(plan: str) -> bool:
    return "TEMP B-TREE" in plan or re.search(r"\bSort\b", plan) is not None


@pytest.mark.parametrize(
    ("order", "index"),
    [
        ("newest", "proposal_newest"),
        ("title", "proposal_by_title"),
        ("supports", "proposal(_most)?_supported"),
        (RANDOM, "proposal_shuffled"),
    ],
)
@pytest.mark.parametrize("query", ["", "shade"])
def test_a_long_list_is_read_along_the_index_of_its_order(large, order, index, query):
    asked = listed(large, order, query)
    assert not asked.is_exact
    without(*OTHER_WAYS)
    plan = plans_of(lambda: asked.between(0, 25))
    # PostgreSQL may read that of all budgets, where this one has half of them.
    assert re.search(rf"{index}(_of_all)?\b", plan)
    assert not is_sorted(plan)
    assert not is_read_whole(plan)


@pytest.mark.parametrize(
    ("order", "index"),
    [("newest", "newest"), ("title", "by_title"), ("supports", "supported"), (RANDOM, "shuffled")],
)
def test_so_is_one_of_all_budgets(large, order, index):
    asked = LongList(Proposal.objects.public(), Proposal.objects.select_related("budget"), order, along={})
    without(*OTHER_WAYS)
    plan = plans_of(lambda: asked.between(0, 25))
    assert f"proposal_{index}_of_all" in plan
    assert not is_sorted(plan)


def test_a_budget_may_be_named_by_a_query(large):
    named = Subquery(Budget.objects.filter(slug=large.slug).values("pk"))
    asked = LongList(rows_of(large), Proposal.objects.all(), "newest", along={"budget": named})
    without(*OTHER_WAYS)
    plan = plans_of(lambda: asked.between(0, 25))
    assert "proposal_newest" in plan
    assert not is_sorted(plan)


@pytest.mark.parametrize(
    ("narrowed", "index", "found"),
    [
        ({"query": "fountain"}, "searched_trigrams", 8),
        ({"categories__slug": "nature"}, "proposal_of_category|categories_category_id", 10),
        ({"cost_band": "small"}, "proposal_by_cost", 30),
        ({"latitude__range": (47.1, 47.12)}, "proposal_by_place", 11),
    ],
)
def test_few_are_found_by_an_index_of_what_narrows(large, narrowed, index, found):
    asked = listed(large, "newest", **narrowed)
    without("seqscan", "indexscan")
    plan = plans_of(lambda: asked.counted)
    assert asked.counted == found
    assert (index == "searched_trigrams" and "VIRTUAL TABLE INDEX" in plan) or re.search(index, plan), plan
    assert not is_read_whole(plan)


def test_the_index_of_words_follows_every_change():
    proposal = put_proposal(make_budget(), title="Chestnut")

    def holding(word: str) -> list[int]:
        newest = SearchedWords.objects.newest_with_any([[word]], 10)
        return list(SearchedWords.objects.filter(pk__in=newest).values_list("pk", flat=True))

    assert holding("estnu") == [proposal.pk]
    SearchedWords.objects.filter(proposal=proposal).update(words="an oak")
    assert (holding("estnu"), holding("oak")) == ([], [proposal.pk])
    proposal.delete()
    assert holding("oak") == []


@pytest.mark.parametrize("word", ['"', '"""', "a\"b'c", "--x", "(or)", "*.*", "NEAR", "x" * 10_240, "مكتبة", "日本語"])
def test_no_word_breaks_the_index(word):
    budget = make_budget()
    proposal = put_proposal(budget)
    SearchedWords.objects.filter(proposal=proposal).update(words=f"before{word.casefold()}after")
    assert listed(budget, "newest", word).between(0, 5) == [proposal]


def test_three_letters_in_a_row():
    assert letters_of(["bench", "ben"]) == '"ben" AND "enc" AND "nch"'
