"""Lists, filters, search and one proposal at 100,000 proposals beside 100: `python -m tests.load.bench_lists`.

Each address is asked for as nobody, BENCH_RUNS times or for BENCH_SECONDS if that ends sooner, with nothing kept of
earlier answers, and its queries are counted. Both sizes are measured in one process on the same throw-away database,
first the small one. What is measured is time of the processor, which other work on the machine moves little: that of
the process at the 95th percentile, and with it the mean of PostgreSQL's. The bar is 1.3 times; the exit says whether it
was held.
"""

import gc
import importlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.load.towns import ROOT, kinds, town

FEW, MANY = 100, int(os.environ.get("BENCH_PROPOSALS", "100000"))
RUNS, SECONDS = int(os.environ.get("BENCH_RUNS", "60")), float(os.environ.get("BENCH_SECONDS", "5"))
BATCH, BAR, DISTRICTS = 5_000, 1.3, 3
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
    importlib.import_module("site_config.wsgi")
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
        "site: search of everything, few": "/en/search/?q=swimming",
        "site: search of everything, all": "/en/search/?q=shade",
        "API: search of everything, few": "/api/v1/search/?q=swimming",
        "API: search of everything, all": "/api/v1/search/?q=shade",
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

    One in ten is of the category, one in fifty has the word of some, one in a thousand that of few; of the first
    hundred a third each, so that a page shows as much of the small size as of the large one.
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
        chosen = [one.pk for one in rows if is_one_of(10, one.public_number)]
        through.objects.bulk_create([through(proposal_id=pk, category_id=nature.pk) for pk in chosen])


def is_one_of(every: int, number: int) -> bool:
    return number % (3 if number <= FEW else every) == 0


def row(budget, author, envelopes, number: int):
    from datetime import timedelta

    from django.utils import timezone

    from participation.folding import folded
    from participation.models import Proposal

    rare = "swimming" if is_one_of(1_000, number) else "fountain" if is_one_of(50, number + 1) else "trees"
    latitude, longitude = (47.205, -1.555) if is_one_of(100, number) else (47.15 + number % 49 / 1_000, -1.6)
    title = f"Idea {number * 7919 % 100_003} {rare}"
    at = timezone.now() - timedelta(days=100) + timedelta(minutes=number)
    return Proposal(
        budget=budget, author=author, envelope=envelopes[number % DISTRICTS], public_number=number, language="en",
        title=title, what_and_why="Shade in summer, and less noise for the houses behind. " * 6, status="published",
        submitted_at=at, published_at=at, cost_band="small" if is_one_of(5, number) else "", sort_key=folded(title),
        support_count=number * 31 % 97, latitude=latitude, longitude=longitude,
    )  # fmt: skip


def measured(asked: dict[str, str]) -> Iterator[tuple[str, tuple[float, float, int]]]:
    """Milliseconds of the processor at the 95th percentile and in the middle, and queries, of each address."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from site_config.anonymous_reads import shelf

    client = Client(headers={"host": "127.0.0.1"})
    # What filling has left behind is no part of an answer.
    gc.collect()
    gc.freeze()
    for name, address in asked.items():
        client.get(address)
        times, end, served = [], time.perf_counter() + SECONDS, database_seconds()
        while len(times) < RUNS and time.perf_counter() < end:
            shelf.clear()
            began = time.process_time()
            answer = client.get(address)
            times.append(time.process_time() - began)
            assert answer.status_code == 200, (address, answer.status_code)
        served = (database_seconds() - served) / len(times)
        shelf.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        times.sort()
        p95, median = ((times[int(len(times) * part)] + served) * 1_000 for part in (0.95, 0.5))
        yield name, (p95, median, len(captured))


def database_seconds() -> float:
    """What the process that serves our connection to PostgreSQL has used of a processor. 0 on SQLite: it is ours."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return 0
    connection.ensure_connection()
    ticks = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def say(kind: str, few: dict, many: dict) -> bool:
    """Whether all held the bar."""
    line = "{:34}{:>9}{:>12}{:>8}{:>9}{:>9}"
    print(f"\n{kind}: at most {RUNS} times or {SECONDS:g} s each")
    print(line.format("p95 in ms of the processor", f"at {FEW:,}", f"at {MANY:,}", "ratio", "medians", "queries"))
    held = True
    for name, (before, middle, queries) in few.items():
        after, later_middle, later = many[name]
        ratio, counted = after / before, str(later) if queries == later else f"{queries}, {later}"
        held &= ratio <= BAR
        print(
            line.format(name, f"{before:.1f}", f"{after:.1f}", f"{ratio:.2f}", f"{later_middle / middle:.2f}", counted)
            + " *" * (ratio > BAR)
        )
    print("* more than 1.3 times", flush=True)
    return held


if __name__ == "__main__":
    main()
