"""The worker: runs the jobs queue, the periodic table and the reaper, and shows that it is alive."""

import logging
import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from participation.actions.heartbeats import beat
from site_config.periodic import run_due_jobs
from site_config.reaper import worker_heartbeat

logger = logging.getLogger(__name__)
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
            beat(worker_heartbeat(worker_id), timezone.now())
            run_due_jobs(timezone.now())
        else:
            self.stdout.write(f"Worker {worker_id} is running")
            keep_doing("heartbeat", lambda at: beat(worker_heartbeat(worker_id), at))
            keep_doing("periodic jobs", run_due_jobs)
        worker.run()


def keep_doing(name: str, do: Callable[[datetime], object]) -> None:
    """In a thread of its own, so that neither a long task nor a long job makes the worker look dead."""
    threading.Thread(target=do_forever, args=[name, do], name=name, daemon=True).start()


def do_forever(name: str, do: Callable[[datetime], object]) -> None:
    pause = threading.Event()
    while True:
        close_old_connections()
        try:
            do(timezone.now())
        except DatabaseError:
            logger.warning("The database did not answer the %s; trying again", name)
        pause.wait(BEAT_SECONDS)
