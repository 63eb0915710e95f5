"""The words of a rule's switches, and how their JSON values are read, strictly."""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Any

from participation.counting.numbers import Threshold, percent_of


class Kind(StrEnum):
    GREEDY = "greedy"
    GREEDY_NO_SKIP = "greedy-no-skip"
    TOP_UP = "top-up"
    EQUAL_SHARES = "equal-shares"


class Completion(StrEnum):
    """What follows a run of equal shares that leaves money."""

    NONE = "none"
    UTILITARIAN = "utilitarian"
    ADD1 = "add1"
    ADD1U = "add1u"


class Utility(StrEnum):
    COST = "cost"
    POINTS = "points"


RAISING = frozenset({Completion.ADD1, Completion.ADD1U})


def read_text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{name} must be text.")
    return value


def read_switch(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be true or false.")
    return value


def read_increment(name: str, value: object) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise ValueError(f"{name} must be a whole number of minor units.")
    return value


def read_threshold(name: str, value: object) -> Threshold | None:
    return None if value is None else Threshold.read(number_text(name, value))


def read_percent(name: str, value: object) -> Decimal:
    return percent_of(number_text(name, value))


def number_text(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(f"{name} must be a number.")
    return str(value)


def read_kind(name: str, value: object) -> Kind:
    return Kind(one_of(name, value, list(Kind)))


def read_completion(name: str, value: object) -> Completion:
    return Completion(one_of(name, value, list(Completion)))


def read_utility(name: str, value: object) -> Utility | None:
    return None if value is None else Utility(one_of(name, value, list(Utility)))


def one_of(name: str, value: object, words: list[Any]) -> str:
    if not isinstance(value, str) or value not in words:
        raise ValueError(f"{name} must be one of {', '.join(words)}.")
    return value


READERS: dict[str, Callable[[str, object], Any]] = {
    "name": read_text,
    "kind": read_kind,
    "threshold": read_threshold,
    "top_up_percent": read_percent,
    "completion": read_completion,
    "stop_when_exhaustive": read_switch,
    "integral_start": read_switch,
    "increment": read_increment,
    "utility": read_utility,
    "comparison": read_switch,
    "cheaper_first": read_switch,
}
