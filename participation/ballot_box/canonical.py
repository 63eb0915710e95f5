"""Canonical JSON: one text for one value, so that a hash of it means something. Strict in both directions.

ASCII, sorted keys, no spaces, integers below 2^53, no floats, no key twice (docs/verification-spec.md).
"""

import hashlib
import json
from typing import Any, NoReturn

LARGEST = 2**53
LONGEST = 64 * 1024
DEEPEST = 8


class NotCanonical(ValueError):
    """The text is no JSON of the allowed kind; the message is one sentence."""


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_strictly(data: bytes) -> Any:
    """The value of JSON that somebody sent. Raises NotCanonical: nothing is guessed and nothing passed over."""
    if len(data) > LONGEST:
        raise NotCanonical("A ballot may have at most 64 kB.")
    refuse_depth(data)
    try:
        value = json.loads(
            data.decode("utf-8"),
            parse_float=refuse_number,
            parse_constant=refuse_number,
            parse_int=small_integer,
            object_pairs_hook=object_without_doubles,
        )
    except UnicodeDecodeError:
        raise NotCanonical("This is not UTF-8 text.") from None
    except json.JSONDecodeError:
        raise NotCanonical("This is not JSON.") from None
    refuse_surrogates(value)
    return value


def refuse_depth(data: bytes) -> None:
    """Before parsing, which would go as deep as it is told. Brackets inside of texts count too: no ballot has any."""
    depth = 0
    for byte in data:
        depth += (byte in b"[{") - (byte in b"]}")
        if depth > DEEPEST:
            raise NotCanonical("This JSON is nested too deeply.")


def refuse_number(text: str) -> NoReturn:
    raise NotCanonical("Numbers must be whole.")


def small_integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) >= LARGEST:
        raise NotCanonical("A number is too large.")
    return int(text)


def object_without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise NotCanonical("A key is there twice.")
    return value


def refuse_surrogates(value: Any) -> None:
    for text in texts_in(value):
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise NotCanonical("A text holds half a character.")


def texts_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in texts_in(one)]
    if isinstance(value, dict):
        return [*value, *(text for one in value.values() for text in texts_in(one))]
    return []
