"""Fifty whole secret ballots per second, for ten minutes: `python -m tests.load.bench_steady`.

Eight clients keep to a timetable: a late answer makes the next cast late, and the end tells how far behind they came.
Bounded: RATE x SECONDS casts, 30,000 unless BENCH_SECONDS says otherwise.
"""

import http.client
import os
import time
from concurrent.futures import ThreadPoolExecutor

RATE, SECONDS = 50, int(os.environ.get("BENCH_SECONDS", "600"))
os.environ["BENCH_VOTERS"] = str(RATE * SECONDS)

from tests.load.bench_ballots import CLIENTS, SETTINGS, post, served  # noqa: E402 - how many voters is read there
from tests.load.towns import kinds, town  # noqa: E402


def main() -> None:
    say = "{:12}{:>9}{:>10}{:>9}{:>10}{:>10}{:>14}"
    print(say.format("database", "casts", "casts/s", "errors", "p95 ms", "worst ms", "behind ms"))
    for kind in kinds():
        with town(kind, SETTINGS) as environment, served(environment) as (port, task):
            answers, took = cast_all(port, task)
        times = sorted(seconds for _, seconds, _ in answers)
        errors = sum(status != 201 for status, _, _ in answers)
        slow, worst = times[int(len(times) * 0.95)] * 1000, times[-1] * 1000
        behind = max(late for _, _, late in answers) * 1000
        rate = len(answers) / took
        print(say.format(kind, len(answers), f"{rate:.1f}", errors, f"{slow:.0f}", f"{worst:.0f}", f"{behind:.0f}"))


def cast_all(port: int, task: dict) -> tuple[list[tuple[int, float, float]], float]:
    """Status, seconds and lateness of each cast, and how long all of them took."""
    address = f"/api/v1/ballot-boxes/{task['box']}/ballot/"
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [
            pool.submit(keep_to_time, port, address, began, place, task["sessions"][place::CLIENTS])
            for place in range(CLIENTS)
        ]
        answers = [answer for client in clients for answer in client.result()]
    return answers, time.perf_counter() - began


def keep_to_time(port: int, path: str, began: float, place: int, sessions: list[str]) -> list[tuple[int, float, float]]:
    """The client's casts, CLIENTS / RATE seconds apart."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    answers = []
    for number, session in enumerate(sessions):
        due = began + (number * CLIENTS + place) / RATE
        wait = due - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        status, seconds = post(client, path, session, number)
        answers.append((status, seconds, max(0.0, -wait)))
    return answers


if __name__ == "__main__":
    main()
