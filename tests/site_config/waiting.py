"""Waits for what another process does; how long it takes is never what is tested."""

import time
from collections.abc import Callable

LONGEST_SECONDS = 60


def wait_until(happened: Callable[[], object], what: str) -> None:
    end = time.monotonic() + LONGEST_SECONDS
    while not happened():
        assert time.monotonic() < end, f"In {LONGEST_SECONDS} seconds it did not happen that {what}."
        time.sleep(0.05)
