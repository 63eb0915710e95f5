"""Web server and worker under one parent: when one ends, the other is ended too."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

GRACE_SECONDS = 10


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="Web processes.")

    def handle(self, *args, host: str, port: int, workers: int, **options) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        # Where nobody says otherwise, mails and letters lead to what is served here.
        os.environ.setdefault("SITE_ADDRESS", f"http://{host}:{port}")
        children: list[subprocess.Popen] = []
        try:
            commands = (web(host, port, workers), worker())
            children.extend(subprocess.Popen(command, start_new_session=True) for command in commands)
            ended = wait_for_first(children)
        except Stopped:
            ended = None
        finally:
            end_all(children)
        if ended is not None:
            name = "web server" if ended is children[0] else "worker"
            raise CommandError(f"The {name} ended by itself (exit code {ended.returncode}), so everything was stopped.")


class Stopped(Exception):
    """The parent was asked to end."""


def stop(number, frame) -> None:
    raise Stopped


def web(host: str, port: int, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
        settings.WSGI_APPLICATION.replace(".application", ":application"),
    ]


def worker() -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "work"]


def wait_for_first(children: list[subprocess.Popen]) -> subprocess.Popen:
    while True:
        for child in children:
            if child.poll() is not None:
                return child
        time.sleep(0.2)


def end_all(children: list[subprocess.Popen]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(GRACE_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # also what a killed child left behind
