"""A PostgreSQL whose disk is full.

A throw-away server keeps its tables on one small disk in memory and its write-ahead log on another. Each is filled in
turn while four threads cast. All of it runs in namespaces of its own, so that disks and server end with the process.
It needs root, to make the disks.
"""

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.load.towns import ROOT

NOBODY = "nobody"
APART = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
DISKS = {"tables": 160, "log": 256}
THREADS, VOTERS, TRIES_WHILE_FULL = 4, 4_000, 1
SECONDS = 60
SERVER = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "16MB",
    # No checkpoint leaves spare files in the log, or a full disk would go on for as long as they are used again.
    "min_wal_size": "2MB",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "1h",
}


class NotRun(Exception):
    """This machine cannot run a drill; the message says why."""


def full_disk_of_postgres() -> tuple[int, list[str]]:
    """In a process of its own. Raises NotRun where no small disk or no server can be made."""
    reason = what_is_missing()
    if reason:
        raise NotRun(reason)
    with tempfile.TemporaryDirectory(prefix="osp-disk-") as folder:
        environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"} | {"DATA_DIR": folder}
        words = [*APART, sys.executable, "-m", "tests.load.full_disk", folder]
        done = subprocess.run(
            words, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False
        )
    if done.returncode:
        return 0, [done.stderr[-2000:]]
    said = json.loads(done.stdout.splitlines()[-1])
    return said["rounds"], said["faults"]


def what_is_missing() -> str:
    if os.geteuid():
        return "only root can make a small disk"
    if not program("initdb"):
        return "no initdb here"
    with tempfile.TemporaryDirectory() as folder:
        words = [*APART, "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
        with suppress(OSError):
            return "" if subprocess.run(words, capture_output=True, check=False).returncode == 0 else "mounts forbidden"
    return "no unshare here"


def program(name: str) -> str:
    """Of the newest PostgreSQL: Debian keeps its programs out of the path."""
    elsewhere = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return shutil.which(name) or str(next(iter(elsewhere), ""))


class Disk:
    """A file system in memory with a hard end."""

    def __init__(self, path: Path, megabytes: int) -> None:
        self.path, self.filler = path, path / "filler"
        path.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(path)], check=True)
        path.chmod(0o777)

    def fill(self) -> None:
        with suppress(OSError), self.filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 4096)

    def free(self) -> None:
        self.filler.unlink()


class Server:
    """A PostgreSQL of its own on two disks, started again where it has ended."""

    def __init__(self, folder: Path, disks: dict[str, Disk], port: int) -> None:
        self.data, self.log, self.process = disks["tables"].path / "data", folder / "server.log", None
        self.address = f"postgres://{NOBODY}@127.0.0.1:{port}/postgres"
        self.settings = [word for name, value in SERVER.items() for word in ("-c", f"{name}={value}")]
        self.settings += ["-c", f"port={port}"]
        making = ["-D", str(self.data), "--waldir", str(disks["log"].path / "wal"), "--wal-segsize", "1"]
        self.run(program("initdb"), *making, "-U", NOBODY, "-A", "trust", "-N", "--no-instructions").wait()
        self.answers()

    def run(self, *words: str) -> subprocess.Popen:
        with self.log.open("ab") as log:
            own = {"user": NOBODY, "group": pwd.getpwnam(NOBODY).pw_gid, "extra_groups": []}
            return subprocess.Popen(words, cwd="/", stdout=log, stderr=log, **own)

    def answers(self) -> None:
        """Returns when it takes statements; started where it does not run."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            if self.process is None or self.process.poll() is not None:
                self.process = self.run(program("postgres"), "-D", str(self.data), *self.settings)
            with suppress(psycopg.OperationalError), psycopg.connect(self.address, connect_timeout=2) as connection:
                connection.execute("SELECT 1")
                return
            time.sleep(0.2)
        raise AssertionError(self.log.read_text()[-1500:])

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(SECONDS)


@contextmanager
def small_server(folder: Path) -> Iterator[tuple[Server, dict[str, Disk]]]:
    from tests.load.bench_ballots import free_port

    folder.chmod(0o755)
    (folder / "sessions").mkdir()
    disks = {name: Disk(folder / name, megabytes) for name, megabytes in DISKS.items()}
    server = Server(folder, disks, free_port())
    try:
        yield server, disks
    finally:
        server.stop()


def main(folder: Path) -> None:
    with small_server(folder) as (server, disks):
        os.environ["DATABASE_URL"] = server.address
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from tests.load import full_disk_casts

        rounds, faults = full_disk_casts.fill_in_turn(disks, server.answers)
    print(json.dumps({"rounds": rounds, "faults": faults}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
