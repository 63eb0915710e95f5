from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from participation.actions.heartbeats import beat
from participation.models import Heartbeat
from site_config.reaper import MOST_ATTEMPTS, SILENT_AFTER, return_abandoned_tasks, worker_heartbeat
from tests.site_config.jobs_for_tests import fail

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def at():
    return timezone.now()


def running_task(*worker_ids: str, started_at) -> DBTaskResult:
    task = DBTaskResult.objects.get(pk=fail.enqueue().id)
    task.status, task.worker_ids, task.started_at = TaskResultStatus.RUNNING, list(worker_ids), started_at
    task.save()
    return task


def test_the_task_of_a_silent_worker_waits_again(at):
    task = running_task("dead", started_at=at - SILENT_AFTER - SECOND)
    beat(worker_heartbeat("dead"), at - SILENT_AFTER - SECOND)

    assert return_abandoned_tasks(at) == 1

    task.refresh_from_db()
    assert (task.status, task.started_at) == (TaskResultStatus.READY, None)


def test_a_worker_that_never_beat_is_silent(at):
    running_task("unknown", started_at=at - SILENT_AFTER - SECOND)

    assert return_abandoned_tasks(at) == 1


def test_the_task_of_a_living_worker_is_left_alone_however_long_it_takes(at):
    task = running_task("alive", started_at=at - timedelta(days=1))
    beat(worker_heartbeat("alive"), at - SECOND)

    assert return_abandoned_tasks(at) == 0

    task.refresh_from_db()
    assert task.status == TaskResultStatus.RUNNING


def test_the_last_worker_counts_not_the_first(at):
    running_task("alive", "dead", started_at=at - SILENT_AFTER - SECOND)
    beat(worker_heartbeat("alive"), at)

    assert return_abandoned_tasks(at) == 1


def test_a_task_that_began_just_now_is_left_alone(at):
    running_task("unknown", started_at=at - SILENT_AFTER + SECOND)

    assert return_abandoned_tasks(at) == 0


def test_a_task_that_three_workers_died_of_has_failed(at):
    task = running_task(*["dead"] * MOST_ATTEMPTS, started_at=at - SILENT_AFTER - SECOND)

    return_abandoned_tasks(at)

    task.refresh_from_db()
    assert (task.status, task.finished_at) == (TaskResultStatus.FAILED, at)
    assert "3 workers died" in task.traceback


def test_before_the_third_death_it_is_tried_again(at):
    task = running_task(*["dead"] * (MOST_ATTEMPTS - 1), started_at=at - SILENT_AFTER - SECOND)

    return_abandoned_tasks(at)

    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


@pytest.mark.parametrize("status", [TaskResultStatus.READY, TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED])
def test_tasks_that_do_not_run_are_left_alone(at, status):
    task = running_task("dead", started_at=at - SILENT_AFTER - SECOND)
    DBTaskResult.objects.filter(pk=task.pk).update(status=status)

    assert return_abandoned_tasks(at) == 0

    task.refresh_from_db()
    assert task.status == status


def test_workers_silent_for_a_day_are_forgotten_and_jobs_never(at):
    long_ago = at - timedelta(days=1) - SECOND
    beat(worker_heartbeat("gone"), long_ago)
    beat(worker_heartbeat("silent"), at - timedelta(hours=23))
    beat("old task results", long_ago)

    return_abandoned_tasks(at)

    names = set(Heartbeat.objects.values_list("name", flat=True))
    assert names == {worker_heartbeat("silent"), "old task results"}
