"""The worker: runs the jobs queue, the periodic table and the reaper, and shows that it is alive."""

import os
import socket
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from participation.actions.heartbeats import beat
from site_config.periodic import run_due_jobs
from site_config.reaper import worker_heartbeat

BACKEND = "jobs"
BEAT_SECONDS = 10


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="Run what is due and what is queued, then end.")

    def handle(self, *args, once: bool, **options) -> None:
        worker_id = f"{socket.gethostname()[:20]}-{os.getpid()}-{get_random_string(8)}"
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=1,
            batch=once,
            backend_name=BACKEND,
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
        )
        worker.configure_signals()
        if once:
            beat_once(worker_id)
        else:
            self.stdout.write(f"Worker {worker_id} is running")
            threading.Thread(target=beat_forever, args=[worker_id], name="heartbeat", daemon=True).start()
        worker.run()


def beat_once(worker_id: str) -> None:
    at = timezone.now()
    beat(worker_heartbeat(worker_id), at)
    run_due_jobs(at)


def beat_forever(worker_id: str) -> None:
    """Beats while a long task runs too, so that the reaper leaves it alone."""
    pause = threading.Event()
    while True:
        close_old_connections()
        beat_once(worker_id)
        pause.wait(BEAT_SECONDS)
