"""Tasks that a killed worker left running go back into the queue: being idempotent, they can be run again."""

from datetime import datetime, timedelta

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from participation.models import Heartbeat

SILENT_AFTER = timedelta(seconds=60)
MOST_ATTEMPTS = 3


def worker_heartbeat(worker_id: str) -> str:
    return f"worker {worker_id}"


def return_abandoned_tasks(at: datetime) -> int:
    """Returns how many tasks were given back, or given up after three workers died of them."""
    living = set(Heartbeat.objects.filter(beat_at__gt=at - SILENT_AFTER).values_list("name", flat=True))
    abandoned = [
        task
        for task in DBTaskResult.objects.running().filter(started_at__lt=at - SILENT_AFTER)
        if worker_heartbeat(task.worker_ids[-1]) not in living
    ]
    for task in abandoned:
        give_back(task, at)
    forget_silent_workers(at)
    return len(abandoned)


def give_back(task: DBTaskResult, at: datetime) -> None:
    """The condition on the status lets only one of several reapers do it."""
    running = DBTaskResult.objects.running().filter(pk=task.pk)
    if len(task.worker_ids) < MOST_ATTEMPTS:
        running.update(status=TaskResultStatus.READY, started_at=None)
    else:
        running.update(
            status=TaskResultStatus.FAILED, finished_at=at, traceback=f"{MOST_ATTEMPTS} workers died while running it."
        )


def forget_silent_workers(at: datetime) -> None:
    Heartbeat.objects.filter(name__startswith=worker_heartbeat(""), beat_at__lt=at - timedelta(days=1)).delete()
