"""Web server and worker under one parent, as `make demo` starts them."""

import os
import signal
import socket
import urllib.request
from pathlib import Path

import pytest

from tests.site_config.waiting import wait_until


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def serve(manage, port, tmp_path):
    """Starts it, and gives back the process once it answers and its worker lives."""
    for folder in ("sessions", "static"):
        (tmp_path / folder).mkdir()
    process = manage("serve", "--port", str(port), DJANGO_SETTINGS_MODULE="site_config.settings.demo")
    try:
        wait_until(lambda: process.poll() is not None or answers(port), "the port was answered")
        assert process.poll() is None, process.said
        yield process
    finally:
        for pid in family(process.pid):
            kill(pid)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready/", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def family(pid: int) -> list[int]:
    """The process and everything that came from it."""
    children = [child for task in Path(f"/proc/{pid}/task").glob("*") for child in children_of(task)]
    return [pid, *(one for child in children for one in family(child))]


def children_of(task: Path) -> list[int]:
    try:
        return [int(child) for child in (task / "children").read_text().split()]
    except OSError:
        return []


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def is_alive(pid: int) -> bool:
    """A process that ended and only waits to be asked for its exit code has no command line."""
    return bool(command_of(pid))


def kill(pid: int) -> None:
    if is_alive(pid):
        os.kill(pid, signal.SIGKILL)


def child_named(word: str, pids: list[int]) -> int:
    return next(pid for pid in pids[1:] if word in command_of(pid))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end_it_leaves_no_process_behind(serve, number, port):
    everybody = family(serve.pid)
    assert len(everybody) >= 3

    serve.send_signal(number)

    assert serve.wait(60) == 0
    wait_until(lambda: not any(map(is_alive, everybody)), "every process ended")
    assert not answers(port)


@pytest.mark.parametrize(("word", "name"), [("granian", "web server"), (" work", "worker")])
def test_when_one_child_is_killed_the_other_is_ended_and_the_parent_fails(serve, word, name):
    everybody = family(serve.pid)

    os.kill(child_named(word, everybody), signal.SIGKILL)

    assert serve.wait(60) != 0
    assert f"The {name} ended by itself" in serve.said
    wait_until(lambda: not any(map(is_alive, everybody)), "every process ended")


def test_mails_lead_to_the_port_that_is_served(serve, port):
    children = [pid for pid in family(serve.pid) if pid != serve.pid]
    assert children
    for pid in children:
        assert f"SITE_ADDRESS=http://127.0.0.1:{port}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(
            b"\0"
        )
