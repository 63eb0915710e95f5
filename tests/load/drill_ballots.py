"""The ballot box under attack and in accidents, on both databases: `python -m tests.load.drill_ballots`.

Each drill runs a stated number of rounds and counts faults: things that the promises of docs/ballot-box.md forbid.
DRILL_SCALE multiplies the rounds of races and kills.
The parent makes a database of each kind and runs the drills in a process of their own.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

from tests.load.full_disk import NotRun
from tests.load.towns import ROOT, kinds, town

THREADS, PROCESSES = 8, 4
SCALE = int(os.environ.get("DRILL_SCALE", "1"))
RACES, RACED_VOTERS, CLOSINGS, KILLS = 60 * SCALE, 60 * SCALE, 15 * SCALE, 25 * SCALE
Drill = Callable[[], tuple[int, list[str]]]


def main() -> None:
    if sys.argv[1:2] == ["drill"]:
        run_drills()
    elif sys.argv[1:2] == ["load"]:
        cast_for_ever(int(sys.argv[2]), sys.argv[3])
    elif sys.argv[1:2] == ["race"]:
        cast_for_all(sys.argv[2])
    else:
        report([line for kind in kinds() for line in drill_on(kind)])


def drill_on(kind: str) -> list[dict]:
    with town(kind) as environment:
        done = subprocess.run(
            [sys.executable, "-m", "tests.load.drill_ballots", "drill"],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=1800 * SCALE,
            check=False,
        )
    if done.returncode:
        return [
            {"kind": kind, "name": "the drills themselves", "rounds": 0, "faults": [done.stderr[-2000:]], "not_run": ""}
        ]
    return [{"kind": kind, **json.loads(line)} for line in done.stdout.splitlines()]


def report(lines: list[dict]) -> None:
    print(f"{'database':12}{'drill':52}{'rounds':>8}{'faults':>8}")
    for line in lines:
        figures = f"{line['rounds']:8}{len(line['faults']):8}"
        print(f"{line['kind']:12}{line['name']:52}" + (f" not run: {line['not_run']}" if line["not_run"] else figures))
        for fault in line["faults"][:5]:
            print(f"    {fault}")
    rounds, faults = sum(line["rounds"] for line in lines), sum(len(line["faults"]) for line in lines)
    print(f"drill-ballots: {rounds} rounds, {faults} faults")
    sys.exit(1 if faults or not rounds else 0)


def run_drills() -> None:
    import django

    django.setup()
    from tests.load import ballot_drills

    for name, drill in ballot_drills.DRILLS.items():
        print(json.dumps({"name": name, **outcome(drill)}), flush=True)


def outcome(drill: Drill) -> dict[str, object]:
    try:
        rounds, faults = drill()
    except NotRun as reason:
        return {"rounds": 0, "faults": [], "not_run": str(reason)}
    return {"rounds": rounds, "faults": faults, "not_run": ""}


def cast_for_ever(box_id: int, path: str) -> None:
    """For kill -9: says each receipt on the disk once it is acknowledged."""
    import django

    django.setup()
    from participation.ballot_box.casting import cast
    from participation.models import BallotBox
    from tests.factories.votes import choice, make_voter

    box = BallotBox.objects.get(pk=box_id)
    with Path(path).open("a", buffering=1) as said:
        while True:
            given = cast(box=box, voter=make_voter(box), ballot=choice(random.randint(1, 4)), replaces=b"")
            said.write(given.receipt.hex() + "\n")


def cast_for_all(path: str) -> None:
    """For races between processes: casts for each of the voters in the file, all others doing the same."""
    import django

    django.setup()
    from participation.ballot_box.casting import Claim, Voter, cast
    from participation.models import BallotBox
    from participation.refusals import ActionRefused
    from tests.factories.votes import choice

    task = json.loads(Path(path).read_text())
    box = BallotBox.objects.get(pk=task["box"])
    time.sleep(max(0, task["start"] - time.time()))
    won = []
    for entry in task["voters"]:
        try:
            ballot = choice(random.randint(1, 4))
            given = cast(box=box, voter=Voter(Claim.ENTRY, entry), ballot=ballot, replaces=b"")
        except ActionRefused:
            continue
        won.append(given.receipt.hex())
    print(json.dumps(won))


def at_once(workers: int, work: Callable[[int], object]) -> list[object]:
    """What each of so many threads got, all having begun together. An exception is a result too."""
    from django.db import connection

    barrier, results = Barrier(workers), [None] * workers

    def run(place: int) -> None:
        barrier.wait()
        try:
            results[place] = work(place)
        except Exception as error:  # noqa: BLE001 - whatever happened is the finding
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def start(*words: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.load.drill_ballots", *words],
        env=os.environ,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def copy_of(folder: Path, name: str) -> Path:
    target = folder.with_name(f"{folder.name}-{name}")
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)
    return target


if __name__ == "__main__":
    main()
