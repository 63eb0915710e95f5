"""Imports as processes of their own: two at the same time, and ever larger ones."""

import json
import subprocess
import sys
from threading import Barrier, Thread

from django.conf import settings
from django.db import connection
from django.utils import timezone

from participation.actions import elections
from participation.models import ActivityEntry, Budget, CountedBallot, Outbox, Result
from tests.participation.counting.builders import pb_text

MEBIBYTE = 1 << 20
MEASURE = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"code": done.returncode, "out": done.stdout, "err": done.stderr, "peak": peak * 1024}))
"""
"""The measured process is the child of a small one: it would start with the memory of its parent on its account."""


def election_file(folder, ballots: int, *, projects: int = 60, name: str = "file.pb", **meta: str):
    rows = ["project_id;cost;name", *(f"{number};{100 + number};Project {number}" for number in range(1, projects + 1))]
    votes = ["voter_id;vote"]
    for voter in range(ballots):
        first, step = 1 + voter % projects, 1 + voter % 7
        named = sorted({1 + (first + step * place) % projects for place in range(1 + voter % 5)})
        votes.append(f"{voter};{','.join(map(str, named))}")
    stated = {"num_projects": str(projects), "num_votes": str(ballots), "budget": "2000"} | meta
    path = folder / name
    path.write_text(pb_text(projects=rows, votes=votes, **stated), encoding="utf-8")
    return path


def test_two_processes_importing_one_file_make_one_budget(committed, manage, tmp_path):
    path = election_file(tmp_path, 8_000)
    processes = [manage("import_election", str(path)) for _ in range(2)]
    codes = [process.wait(timeout=120) for process in processes]
    told = [process.said for process in processes]
    assert codes == [0, 0], told
    assert sorted("Imported file.pb as " in said for said in told) == [False, True], told
    assert sorted("was imported before" in said for said in told) == [False, True], told
    assert Budget.objects.count() == Result.objects.count() == 1
    assert CountedBallot.objects.count() == 8_000
    assert ActivityEntry.objects.filter(verb="import").count() == 1
    assert Outbox.objects.filter(kind="result_published").count() == 1


def import_together(monkeypatch, paths) -> list:
    """Both have found that nothing was imported yet before either begins to store."""
    read_pb, barrier = elections.read_pb, Barrier(len(paths), timeout=30)

    def read_and_wait(*args, **kwargs):
        file = read_pb(*args, **kwargs)
        barrier.wait()
        return file

    monkeypatch.setattr(elections, "read_pb", read_and_wait)
    imported = []

    def run(path):
        try:
            imported.append(elections.import_election(path=path, actor=None, at=timezone.now()))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[path]) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return imported


def test_both_having_found_nothing_one_file_still_makes_one_budget(committed, monkeypatch, tmp_path):
    path = election_file(tmp_path, 50)
    imported = import_together(monkeypatch, [path, path])
    assert sorted(one.is_new for one in imported) == [False, True]
    assert {one.budget for one in imported} == {Budget.objects.get()}
    assert CountedBallot.objects.count() == 50


def test_files_with_one_title_at_the_same_time_get_two_addresses(committed, monkeypatch, tmp_path):
    paths = [election_file(tmp_path, 50 + n, name=f"{n}.pb", unit="Twin Peaks") for n in range(3)]
    imported = import_together(monkeypatch, paths)
    assert [one.is_new for one in imported] == [True] * 3
    assert set(Budget.objects.values_list("slug", flat=True)) == {"twin-peaks", "twin-peaks-2", "twin-peaks-3"}


def peak_of_import(path, environment) -> int:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_election", str(path)]
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, *command], env=environment, capture_output=True, text=True, check=True
    )
    report = json.loads(measured.stdout)
    assert report["code"] == 0, report["err"]
    return report["peak"]


def test_ten_times_the_ballots_take_about_the_same_memory(committed, own_database, manage_environment, tmp_path):
    environment = manage_environment | {"DATABASE_URL": own_database}
    small = peak_of_import(election_file(tmp_path, 10_000, name="small.pb"), environment)
    large = peak_of_import(election_file(tmp_path, 100_000, name="large.pb"), environment)
    assert CountedBallot.objects.count() == 110_000
    assert large < 400 * MEBIBYTE
    assert large < 1.5 * small
