"""Lists, filters, search and one proposal at 100,000 proposals beside 100: `python -m tests.load.bench_lists`.

Each address is asked for RUNS times as nobody, with nothing kept of earlier answers, and its queries are counted. Both
sizes are measured in one process on the same throw-away database. The bar is a p95 of 1.3 times at most.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.load.towns import ROOT, kinds, town

FEW, MANY = 100, int(os.environ.get("BENCH_PROPOSALS", "100000"))
RUNS, BATCH, BAR = int(os.environ.get("BENCH_RUNS", "40")), 5_000, 1.3
SITE, API = "/en/budgets/green/proposals/", "/api/v1/proposals/"
ADDRESSES = {
    "site: newest": SITE,
    "site: most supported": f"{SITE}?order=supports",
    "site: A-Z": f"{SITE}?order=title",
    "site: random": f"{SITE}?order=random&seed=7",
    "site: one category": f"{SITE}?category=nature",
    "site: one cost": f"{SITE}?cost=small",
    "site: a word of few": f"{SITE}?q=swimming",
    "site: a word of many": f"{SITE}?q=shade",
    "site: one proposal": f"{SITE}7/",
    "API: newest": API,
    "API: newest of a budget": f"{API}?budget=green",
    "API: most supported": f"{API}?budget=green&order=supports",
    "API: A-Z": f"{API}?budget=green&order=title",
    "API: random": f"{API}?order=random&seed=7",
    "API: one category": f"{API}?category=nature",
    "API: a word of few": f"{API}?q=swimming",
    "API: a word of many": f"{API}?q=shade",
    "API: one proposal": "",
}


def main() -> None:
    if sys.argv[1:2] == ["measure"]:
        return measure(sys.argv[2])
    for kind in kinds():
        with town(kind) as environment:
            words = [sys.executable, "-m", "tests.load.bench_lists", "measure", kind]
            subprocess.run(words, env=environment, cwd=ROOT, check=True)
    return None


def measure(kind: str) -> None:
    import django

    django.setup()
    from django.db import connection

    from participation.models import Proposal

    budget, author = made_budget()
    figures = []
    for size in (FEW, MANY):
        fill(budget, author, size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        ADDRESSES["API: one proposal"] = f"{API}{Proposal.objects.get(public_number=7).uuid}/"
        figures.append(dict(measured()))
    say(kind, *figures)


def made_budget():
    from django.utils import timezone
    from wagtail.models import Locale

    from participation.models import Category, CategoryText
    from tests.factories.participation import make_budget, make_envelope, make_person, make_phase

    Locale.objects.get_or_create(language_code="en")
    budget = make_budget(slug="green")
    make_phase(budget, starts_at=timezone.now())
    make_envelope(budget)
    nature = Category.objects.create(slug="nature")
    CategoryText.objects.create(identity=nature, locale=Locale.objects.get(language_code="en"), name="Nature")
    return budget, make_person(display_name="Ada")


def fill(budget, author, size: int) -> None:
    """Up to so many, published a minute apart. One in ten is of the category, one in a thousand has the rare word."""
    from participation.models import Category, Proposal

    nature, through = Category.objects.get(slug="nature"), Proposal.categories.through
    there = budget.proposals.count()
    for start in range(there, size, BATCH):
        numbers = range(start + 1, min(start + BATCH, size) + 1)
        rows = Proposal.objects.bulk_create([row(budget, author, number) for number in numbers])
        chosen = [one.pk for one in rows if one.public_number % 10 == 0]
        through.objects.bulk_create([through(proposal_id=pk, category_id=nature.pk) for pk in chosen])


def row(budget, author, number: int):
    from datetime import timedelta

    from django.utils import timezone

    from participation.folding import folded
    from participation.models import Proposal

    title = f"Idea {number * 7919 % 100_003} {'swimming' if number % 1_000 == 50 else 'trees'}"
    at = timezone.now() - timedelta(days=100) + timedelta(minutes=number)
    words = {"title": title, "what_and_why": "Shade in summer, and less noise for the houses behind. " * 4}
    return Proposal(
        budget=budget, author=author, public_number=number, language="en", address="1 Mill Street", **words,
        status="published", submitted_at=at, published_at=at, cost_band="small" if number % 5 == 0 else "",
        support_count=number * 31 % 97, sort_key=folded(title), search_words=folded(" ".join(words.values())),
    )  # fmt: skip


def measured() -> Iterator[tuple[str, tuple[float, int]]]:
    """Milliseconds at the 95th percentile, and queries, of each address."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from site_config.anonymous_reads import shelf

    client = Client(headers={"host": "127.0.0.1"})
    for name, address in ADDRESSES.items():
        times = []
        for _ in range(RUNS):
            shelf.clear()
            began = time.perf_counter()
            answer = client.get(address)
            times.append((time.perf_counter() - began) * 1_000)
            assert answer.status_code == 200, (address, answer.status_code)
        shelf.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        yield name, (sorted(times)[int(RUNS * 0.95)], len(captured))


def say(kind: str, few: dict, many: dict) -> None:
    line = "{:26}{:>12}{:>12}{:>9}{:>10}"
    print(f"\n{kind}, {RUNS} times each")
    print(line.format("p95 in ms", f"at {FEW:,}", f"at {MANY:,}", "ratio", "queries"))
    for name in ADDRESSES:
        (before, queries), (after, later) = few[name], many[name]
        ratio, counted = after / before, str(queries) if queries == later else f"{queries}, {later}"
        mark = "" if ratio <= BAR else " *"
        print(line.format(name, f"{before:.1f}", f"{after:.1f}", f"{ratio:.2f}", counted) + mark)
    print("* more than 1.3 times")


if __name__ == "__main__":
    main()
