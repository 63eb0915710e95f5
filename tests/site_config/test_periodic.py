from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from participation.actions.heartbeats import beat, is_due
from participation.models import Heartbeat
from site_config import periodic
from site_config.periodic import PERIODIC_JOBS, PeriodicJob, run_due_jobs

AT = datetime(2031, 5, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def fails(at: datetime) -> None:
    raise LookupError("the moon")


@pytest.fixture
def jobs(monkeypatch):
    """The table of jobs for one test: a failing one between two that note when they ran."""
    ran: list[tuple[str, datetime]] = []
    monkeypatch.setattr(
        periodic,
        "PERIODIC_JOBS",
        (
            PeriodicJob("first", MINUTE, lambda at: ran.append(("first", at))),
            PeriodicJob("broken", MINUTE, fails),
            PeriodicJob("last", 2 * MINUTE, lambda at: ran.append(("last", at))),
        ),
    )
    return ran


@pytest.mark.django_db
def test_a_failing_job_is_noted_and_hinders_no_other(jobs, caplog):
    assert run_due_jobs(AT) == ["first", "broken", "last"]

    assert jobs == [("first", AT), ("last", AT)]
    assert dict(Heartbeat.objects.values_list("name", "error")) == {
        "first": "",
        "broken": "LookupError: the moon",
        "last": "",
    }
    assert "The periodic job broken failed" in caplog.text


@pytest.mark.django_db
def test_a_job_that_works_again_forgets_its_error(jobs):
    Heartbeat.objects.create(name="first", beat_at=AT - MINUTE, error="LookupError: the moon")

    run_due_jobs(AT)

    assert Heartbeat.objects.get(name="first").error == ""


@pytest.mark.django_db
def test_a_job_runs_when_its_time_has_passed_and_not_before(jobs):
    run_due_jobs(AT)

    assert run_due_jobs(AT + MINUTE - timedelta(microseconds=1)) == []
    assert run_due_jobs(AT + MINUTE) == ["first", "broken"]
    assert run_due_jobs(AT + 2 * MINUTE) == ["first", "broken", "last"]


@pytest.mark.django_db
def test_an_error_is_cut_to_a_length(jobs, monkeypatch):
    def fails_at_length(at):
        raise ValueError("x" * 5_000)

    monkeypatch.setattr(periodic, "PERIODIC_JOBS", (PeriodicJob("long", MINUTE, fails_at_length),))
    run_due_jobs(AT)

    assert len(Heartbeat.objects.get().error) == 1_000


def together(*calls) -> list:
    """What the calls return when they start at the same moment, each in a thread with a connection of its own."""
    answers, barrier = [], Barrier(len(calls))

    def run(call):
        barrier.wait()
        answers.append(call())
        connection.close()

    threads = [Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_workers_do_not_both_run_a_new_job(own_database):
    asked = [lambda: is_due("job", MINUTE, AT)] * 4

    assert sorted(together(*asked)) == [False, False, False, True]


def test_two_workers_do_not_both_run_a_job_that_is_due_again(own_database):
    beat("job", AT)
    later = AT + MINUTE
    asked = [lambda: is_due("job", MINUTE, later)] * 4

    assert sorted(together(*asked)) == [False, False, False, True]


@pytest.mark.django_db
def test_every_job_of_the_real_table_runs():
    assert run_due_jobs(AT) == [job.name for job in PERIODIC_JOBS]

    assert set(Heartbeat.objects.values_list("error", flat=True)) == {""}


def test_the_names_of_the_real_table_differ():
    names = [job.name for job in PERIODIC_JOBS]

    assert len(set(names)) == len(names)
