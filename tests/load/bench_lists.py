"""Lists, filters, search and one proposal at 100,000 proposals beside 100: `python -m tests.load.bench_lists`.

Each address is asked for as nobody, BENCH_RUNS times or for BENCH_SECONDS if that ends sooner, with nothing kept of
earlier answers, and its queries are counted. Both sizes are measured in one process on the same throw-away database,
first the small one. The bar is a p95 of 1.3 times at most; the exit says whether it was held. Beside it is the ratio
of the medians, which other work on the machine moves less.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.load.towns import ROOT, kinds, town

FEW, MANY = 100, int(os.environ.get("BENCH_PROPOSALS", "100000"))
RUNS, SECONDS = int(os.environ.get("BENCH_RUNS", "60")), float(os.environ.get("BENCH_SECONDS", "5"))
BATCH, BAR, DISTRICTS = 5_000, 1.3, 5
SITE, API = "/en/budgets/green/proposals/", "/api/v1/proposals/"
LISTS = {
    "newest": "order=newest",
    "most supported": "order=supports",
    "A-Z": "order=title",
    "random": "order=random&seed=7",
    "random, another": "order=random&seed=13",
    "one category": "category=nature",
    "one category, most supported": "category=nature&order=supports",
    "one district": "district={district}",
    "one cost": "cost=small",
    "a word of few": "q=swimming",
    "a word of some": "q=fountain",
    "a word of all": "q=shade",
    "a word of all, A-Z": "q=shade&order=title",
    "the fourth page": "page=4",
}
ONLY_API = {"a place on the map": "bbox=-1.56,47.20,-1.55,47.21"}


def main() -> None:
    if sys.argv[1:2] == ["measure"]:
        return measure(sys.argv[2])
    held = True
    for kind in kinds():
        with town(kind) as environment:
            words = [sys.executable, "-m", "tests.load.bench_lists", "measure", kind]
            held &= subprocess.run(words, env=environment, cwd=ROOT, check=False).returncode == 0
    return sys.exit(not held)


def measure(kind: str) -> None:
    import django

    django.setup()
    budget, author, envelopes = made_budget()
    figures = []
    for size in (FEW, MANY):
        fill(budget, author, envelopes, size)
        settle()
        figures.append(dict(measured(addresses(budget, envelopes[0]))))
    sys.exit(not say(kind, *figures))


def settle() -> None:
    """What the worker does by the day on SQLite, and PostgreSQL by itself after so many changes."""
    from django.db import connection
    from django.utils import timezone

    from site_config.statistics import refresh_statistics

    refresh_statistics(timezone.now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def addresses(budget, envelope) -> dict[str, str]:
    words = {name: query.format(district=envelope.district.uuid) for name, query in LISTS.items()}
    one = budget.proposals.get(public_number=7)
    return {
        **{f"site: {name}": f"{SITE}?{query}" for name, query in words.items()},
        "site: one proposal": f"{SITE}{one.public_number}/",
        **{f"API: {name}": f"{API}?budget=green&{query}" for name, query in (words | ONLY_API).items()},
        "API: newest of all budgets": API,
        "API: random of all budgets": f"{API}?order=random&seed=7",
        "API: a word of few, all budgets": f"{API}?q=swimming",
        "API: one proposal": f"{API}{one.uuid}/",
    }


def made_budget():
    from django.utils import timezone
    from wagtail.models import Locale

    from participation.models import Category, CategoryText
    from tests.factories.participation import make_budget, make_district, make_envelope, make_person, make_phase

    english, _ = Locale.objects.get_or_create(language_code="en")
    budget = make_budget(slug="green")
    make_phase(budget, starts_at=timezone.now())
    names = [f"Quarter {number}" for number in range(DISTRICTS)]
    envelopes = [
        make_envelope(budget, slug=f"q{number}", district=make_district(name)) for number, name in enumerate(names)
    ]
    nature = Category.objects.create(slug="nature")
    CategoryText.objects.create(identity=nature, locale=english, name="Nature")
    return budget, make_person(display_name="Ada"), envelopes


def fill(budget, author, envelopes, size: int) -> None:
    """Up to so many, published a minute apart.

    One in ten is of the category, one in fifty has the word of some, one in a thousand that of few.
    """
    from participation.folding import folded
    from participation.models import Category, Proposal, SearchedWords

    nature, through = Category.objects.get(slug="nature"), Proposal.categories.through
    for start in range(budget.proposals.count(), size, BATCH):
        numbers = range(start + 1, min(start + BATCH, size) + 1)
        rows = Proposal.objects.bulk_create([row(budget, author, envelopes, number) for number in numbers])
        SearchedWords.objects.bulk_create(
            [SearchedWords(proposal=one, words=folded(f"{one.title} {one.what_and_why}")) for one in rows]
        )
        chosen = [one.pk for one in rows if one.public_number % 10 == 0]
        through.objects.bulk_create([through(proposal_id=pk, category_id=nature.pk) for pk in chosen])


def row(budget, author, envelopes, number: int):
    from datetime import timedelta

    from django.utils import timezone

    from participation.folding import folded
    from participation.models import Proposal

    rare = "swimming" if number % 1_000 == 50 else "fountain" if number % 50 == 7 else "trees"
    title = f"Idea {number * 7919 % 100_003} {rare}"
    at = timezone.now() - timedelta(days=100) + timedelta(minutes=number)
    return Proposal(
        budget=budget, author=author, envelope=envelopes[number % DISTRICTS], public_number=number, language="en",
        title=title, what_and_why="Shade in summer, and less noise for the houses behind. " * 6, status="published",
        submitted_at=at, published_at=at, cost_band="small" if number % 5 == 0 else "", sort_key=folded(title),
        support_count=number * 31 % 97, latitude=47.15 + number % 101 / 1_000, longitude=-1.6 + number % 97 / 1_000,
    )  # fmt: skip


def measured(asked: dict[str, str]) -> Iterator[tuple[str, tuple[float, float, int]]]:
    """Milliseconds at the 95th percentile and in the middle, and queries, of each address."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from site_config.anonymous_reads import shelf

    client = Client(headers={"host": "127.0.0.1"})
    for name, address in asked.items():
        times, end = [], time.perf_counter() + SECONDS
        while len(times) < RUNS and time.perf_counter() < end:
            shelf.clear()
            began = time.perf_counter()
            answer = client.get(address)
            times.append((time.perf_counter() - began) * 1_000)
            assert answer.status_code == 200, (address, answer.status_code)
        shelf.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        times.sort()
        yield name, (times[int(len(times) * 0.95)], times[len(times) // 2], len(captured))


def say(kind: str, few: dict, many: dict) -> bool:
    """Whether all held the bar."""
    line = "{:34}{:>9}{:>12}{:>8}{:>9}{:>9}"
    print(f"\n{kind}: at most {RUNS} times or {SECONDS:g} s each")
    print(line.format("p95 in ms", f"at {FEW:,}", f"at {MANY:,}", "ratio", "medians", "queries"))
    held = True
    for name, (before, middle, queries) in few.items():
        after, later_middle, later = many[name]
        ratio, counted = after / before, str(later) if queries == later else f"{queries}, {later}"
        held &= ratio <= BAR
        figures = (f"{before:.1f}", f"{after:.1f}", f"{ratio:.2f}", f"{later_middle / middle:.2f}", counted)
        print(line.format(name, *figures) + " *" * (ratio > BAR))
    print("* more than 1.3 times", flush=True)
    return held


if __name__ == "__main__":
    main()
