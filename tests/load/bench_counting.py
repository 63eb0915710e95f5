"""How fast ballots are read and counted: `python -m tests.load.bench_counting [FOLDER]`.

Takes the largest .pb of the folder (tests/data unless stated) and a generated election of a million
ballots. Beside each it shows how long merely reading the same file with `csv` takes. On a machine
that does other work too, the seconds of CPU tell more than those of the clock.
"""

import csv
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from participation.counting.count import count
from participation.counting.groups import ballots_from_groups
from participation.counting.pb_format import BallotRow, PbFile, read_pb, write_pb
from participation.counting.rules import Rule, rule_named

MILLION = 1_000_000
PROJECTS = 80
MOST_CHOICES = 8
UNITS_OF_MEMORY = 1024 if sys.platform != "darwin" else 1024**2
RULES = {
    "greedy": rule_named("greedy"),
    "equal shares": rule_named("equalshares"),
    "Add1": rule_named("equalshares/add1"),
}


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("tests/data")
    files = sorted(folder.rglob("*.pb"), key=lambda path: path.stat().st_size)
    if not files:
        sys.exit(f"There is no .pb file in {folder}.")
    say(f"{'':44}{'ballots':>10}{'seconds':>10}{'of CPU':>10}{'peak MB':>10}")
    bench(files[-1])
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "million.pb"
        report(f"{path.name}: write", MILLION, lambda: write_million(path))
        bench(path)
    report("database groups: make arrays", MILLION, groups_of_a_million)


def bench(path: Path) -> None:
    report(f"{path.name}: csv alone", 0, lambda: read_with_csv(path))
    file: PbFile = report(f"{path.name}: load", 0, lambda: load(path))
    for name, rule in RULES.items():
        report(f"{path.name}: {name}", file.election.ballots.total, counter(file, rule))


def counter(file: PbFile, rule: Rule) -> Callable[[], object]:
    return lambda: count(file.election, rule)


def report(name: str, ballots: int, work: Callable[[], object]):
    """Does the work and prints a line of the table; while it runs the name alone is there."""
    shown = name if len(name) <= 42 else "..." + name[-39:]
    sys.stdout.write(f"{shown:44}")
    sys.stdout.flush()
    start, start_of_cpu = time.perf_counter(), time.process_time()
    result = work()
    seconds, of_cpu = time.perf_counter() - start, time.process_time() - start_of_cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / UNITS_OF_MEMORY
    say(f"{ballots or '':>10}{seconds:>10.3f}{of_cpu:>10.3f}{peak:>10.0f}")
    return result


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def load(path: Path) -> PbFile:
    with path.open("rb") as stream:
        return read_pb(stream)


def read_with_csv(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        for _ in csv.reader(stream, delimiter=";"):
            pass


def write_million(path: Path) -> None:
    source = random.Random(1)
    projects = [{"project_id": str(number), "cost": str(source.randint(20, 400) * 1000)} for number in range(PROJECTS)]
    meta = {
        "num_projects": str(PROJECTS),
        "num_votes": str(MILLION),
        "budget": "5000000",
        "vote_type": "approval",
        "currency": "EUR",
    }
    with path.open("w", encoding="utf-8", newline="") as out:
        write_pb(out, meta, projects, million_ballots(source))


def million_ballots(source: random.Random) -> Iterator[BallotRow]:
    """Some projects are far more popular than others."""
    for number in range(1, MILLION + 1):
        named = {str(int(PROJECTS * source.random() ** 2)) for _ in range(source.randint(1, MOST_CHOICES))}
        yield BallotRow(number, sorted(named), None, "web")


def groups_of_a_million() -> None:
    """Nearly all of these differ, as in a database where grouping saves little."""
    source = random.Random(2)
    ballots_from_groups(
        ([source.randrange(PROJECTS) for _ in range(source.randint(1, MOST_CHOICES))], None, 1) for _ in range(MILLION)
    )


if __name__ == "__main__":
    main()
