"""The worker as a real process on a database of its own, killed too."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from participation.models import Heartbeat
from site_config.management.commands import work
from site_config.periodic import PERIODIC_JOBS
from site_config.reaper import SILENT_AFTER, return_abandoned_tasks, worker_heartbeat
from tests.site_config.jobs_for_tests import fail, hang_the_first_time, write_word
from tests.site_config.waiting import wait_until


def stored(result) -> DBTaskResult:
    return DBTaskResult.objects.get(pk=result.id)


def test_once_runs_what_is_due_and_queued_and_ends(manage, tmp_path):
    path = tmp_path / "words"
    queued = [write_word.enqueue(str(path), word) for word in ("one ", "two ")]
    broken = fail.enqueue()

    worker = manage("work", "--once")

    assert worker.wait(60) == 0, worker.said
    assert path.read_text() == "one two "
    assert [stored(result).status for result in queued] == [TaskResultStatus.SUCCESSFUL] * 2
    assert stored(broken).status == TaskResultStatus.FAILED
    names = set(Heartbeat.objects.values_list("name", flat=True))
    assert {job.name for job in PERIODIC_JOBS} < names
    assert [name for name in names if name.startswith(worker_heartbeat(""))]


def test_a_killed_workers_task_is_run_again(manage, tmp_path):
    begun = tmp_path / "begun"
    task = hang_the_first_time.enqueue(str(begun))
    worker = manage("work")
    wait_until(begun.exists, "the task began")
    worker.kill()
    worker.wait(60)
    assert stored(task).status == TaskResultStatus.RUNNING

    assert return_abandoned_tasks(timezone.now()) == 0, "its worker may be alive"
    assert return_abandoned_tasks(timezone.now() + SILENT_AFTER + timedelta(seconds=30)) == 1
    assert manage("work", "--once").wait(60) == 0

    again = stored(task)
    assert (again.status, again.return_value) == (TaskResultStatus.SUCCESSFUL, "ended")
    assert len(set(again.worker_ids)) == 2


def test_a_worker_shows_that_it_is_alive_and_ends_when_asked(manage):
    worker = manage("work")
    living = Heartbeat.objects.filter(name__startswith=worker_heartbeat(""))
    due = Heartbeat.objects.filter(name__in=[job.name for job in PERIODIC_JOBS])
    wait_until(living.exists, "the worker beat")
    wait_until(lambda: due.count() == len(PERIODIC_JOBS), "every periodic job ran")

    worker.terminate()

    assert worker.wait(60) == 0


class Enough(Exception):
    """Ends what goes on for ever."""


def test_a_moment_without_a_database_does_not_end_the_heartbeat(db, monkeypatch, caplog):
    monkeypatch.setattr(work, "BEAT_SECONDS", 0)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    answers = iter([OperationalError("gone"), OperationalError("gone"), None, Enough()])
    beats = []

    def beat(at):
        beats.append(at)
        if error := next(answers):
            raise error

    with pytest.raises(Enough):
        work.do_forever("heartbeat", beat)

    assert len(beats) == 4
    assert caplog.text.count("did not answer the heartbeat") == 2
