"""One question to a translation machine over HTTP: bounded in time and size, never sent on to another address."""

import json
import time
from collections.abc import Iterator
from typing import Any

import requests

from cms_pages.machines.failures import MachineFailed

MOST_BYTES = 2 * 1024 * 1024
MOST_STRINGS, MOST_LETTERS = 40, 8_000


def ask(address: str, *, seconds: float, headers: dict[str, str], body: dict[str, Any]) -> Any:
    """The answer's JSON. Raises MachineFailed for all else, and when it takes longer than so many seconds in all."""
    until = time.monotonic() + seconds
    try:
        with requests.post(
            address, json=body, headers=headers, timeout=seconds, stream=True, allow_redirects=False
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise MachineFailed
            return json.loads(b"".join(pieces(answer, until)))
    except (requests.RequestException, ValueError, RecursionError, OSError) as error:
        raise MachineFailed from error


def pieces(answer: requests.Response, until: float) -> Iterator[bytes]:
    size = 0
    for piece in answer.iter_content(16 * 1024):
        size += len(piece)
        if size > MOST_BYTES or time.monotonic() > until:
            raise MachineFailed
        yield piece


def chunks(strings: list[str]) -> Iterator[list[str]]:
    """As many at once as a machine takes; one that is longer alone."""
    chunk: list[str] = []
    for string in strings:
        if chunk and (len(chunk) == MOST_STRINGS or sum(map(len, chunk)) + len(string) > MOST_LETTERS):
            yield chunk
            chunk = []
        chunk.append(string)
    if chunk:
        yield chunk
