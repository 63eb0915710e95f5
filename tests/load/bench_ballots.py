"""Whole secret ballots per second beside a bare view with one INSERT: `python -m tests.load.bench_ballots`.

Both views stand behind the same middleware, session, sign-in and CSRF, on the same database with the same durability,
in the same server. Eight clients, a roll of 100,000; the median of five runs. Bounded: 5 x 8 x VOTES casts.
"""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.load.towns import ROOT, kinds, town

ROLL, CLIENTS, VOTES, RUNS = int(os.environ.get("BENCH_ROLL", "100000")), 8, 60, 5
VOTERS = int(os.environ.get("BENCH_VOTERS", CLIENTS * VOTES * RUNS))
SETTINGS = "tests.load.bench_settings"


def main() -> None:
    if sys.argv[1:2] == ["prepare"]:
        return prepare(Path(sys.argv[2]))
    say = "{:12}{:>12}{:>12}{:>9}{:>10}{:>10}{:>9}"
    print(say.format("database", "casts/s", "bare/s", "ratio", "p95 ms", "bare p95", "errors"))
    for kind in kinds():
        with town(kind, SETTINGS) as environment, served(environment) as (port, task):
            casts, bare, slow, slow_bare, errors = measure(port, task)
        print(
            say.format(
                kind, f"{casts:.0f}", f"{bare:.0f}", f"{casts / bare:.0%}", f"{slow:.0f}", f"{slow_bare:.0f}", errors
            )
        )
    return None


class served:  # noqa: N801 - reads as a word of a sentence
    """The server on a free port, and what the clients need to know."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def __enter__(self) -> tuple[int, dict]:
        self.file = tempfile.NamedTemporaryFile("r", suffix=".json")
        words = [sys.executable, "-m", "tests.load.bench_ballots", "prepare", self.file.name]
        subprocess.run(words, env=self.environment, cwd=ROOT, check=True)
        port = free_port()
        self.server = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"),
                *("--blocking-threads", "8", "--no-ws", "--log-level", "warning", "site_config.wsgi:application"),
            ],
            env=self.environment,
            cwd=ROOT,
        )
        wait_for(port)
        return port, json.loads(Path(self.file.name).read_text())

    def __exit__(self, *fault: object) -> None:
        self.server.terminate()
        self.server.wait(20)
        self.file.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(150):
        try:
            client = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            client.request("GET", "/health/live/")
            client.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("The server did not start.")


def prepare(task: Path) -> None:
    """A roll of 100,000 with accounts; so many of them are signed in as will vote."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.file import SessionStore
    from django.db import connection

    from participation.ballot_box.roll import new_person_ref
    from participation.choices import Proof
    from participation.models import Person, RollEntry
    from tests.factories.votes import make_open_box
    from tests.load.bench_urls import TABLE

    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    box = make_open_box()
    people = [Person(email=f"voter{number}@example.org", password="!") for number in range(ROLL)]
    Person.objects.bulk_create(people, batch_size=2_000)
    people = list(Person.objects.filter(email__startswith="voter").order_by("pk"))
    RollEntry.objects.bulk_create(
        (
            RollEntry(box=box, person_ref=new_person_ref(), envelopes=["all"], proof=Proof.ACCOUNT, account=person)
            for person in people
        ),
        batch_size=2_000,
    )
    sessions = []
    for person in people[:VOTERS]:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        sessions.append(session.session_key)
    task.write_text(json.dumps({"box": str(box.uuid), "sessions": sessions}))


def measure(port: int, task: dict) -> tuple[float, float, float, float, int]:
    """Rates and 95th percentiles (ms) of both views, taken in turn, and how many answers were no 201."""
    address = f"/api/v1/ballot-boxes/{task['box']}/ballot/"
    each = CLIENTS * VOTES
    rates: dict[str, list[float]] = {"cast": [], "bare": []}
    times: dict[str, list[float]] = {"cast": [], "bare": []}
    errors = 0
    for run in range(RUNS):
        sessions = task["sessions"][run * each : (run + 1) * each]
        for name, path in (("cast", address), ("bare", "/bench/bare/")):
            began = time.perf_counter()
            with ThreadPoolExecutor(CLIENTS) as pool:
                parts = [sessions[place::CLIENTS] for place in range(CLIENTS)]
                answers = [
                    one for some in pool.map(lambda part, p=path: post_all(port, p, part), parts) for one in some
                ]
            rates[name].append(each / (time.perf_counter() - began))
            times[name] += [seconds for _, seconds in answers]
            errors += sum(status != 201 for status, _ in answers)
    slow = [sorted(times[name])[int(len(times[name]) * 0.95)] * 1000 for name in ("cast", "bare")]
    return statistics.median(rates["cast"]), statistics.median(rates["bare"]), slow[0], slow[1], errors


def post_all(port: int, path: str, sessions: list[str]) -> list[tuple[int, float]]:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    return [post(client, path, session, number) for number, session in enumerate(sessions)]


def post(client: http.client.HTTPConnection, path: str, session: str, number: int) -> tuple[int, float]:
    """The status of the answer, and how many seconds it took."""
    token = "a" * 32
    body = json.dumps({"envelopes": {"all": {"projects": [1 + number % 3, 4]}}})
    headers = {
        "Content-Type": "application/json",
        "X-CSRFToken": token,
        "Cookie": f"sessionid={session}; csrftoken={token}",
    }
    began = time.perf_counter()
    client.request("POST", path, body, headers)
    answer = client.getresponse()
    answer.read()
    return answer.status, time.perf_counter() - began


if __name__ == "__main__":
    main()
