"""Tasks that a real worker runs in a process of its own: it imports them by their names."""

import time
from pathlib import Path

from django_tasks import task


@task(backend="jobs")
def write_word(path: str, word: str) -> str:
    with Path(path).open("a") as file:
        file.write(word)
    return word


@task(backend="jobs")
def hang_the_first_time(path: str) -> str:
    """Says that it began; only where it had begun before does it end."""
    begun = Path(path)
    is_first = not begun.exists()
    begun.touch()
    while is_first:
        time.sleep(0.05)
    return "ended"


@task(backend="jobs")
def fail() -> None:
    raise LookupError("the moon")
