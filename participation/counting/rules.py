"""What is asked of a count: the rule with its switches, and official decisions on single projects."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from participation.counting.election import POINTS_TYPES, VoteType
from participation.counting.numbers import Threshold, percent_of

MARK_OF_NO_RULE = "unknown"


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
SWITCHES_OF_EQUAL_SHARES = frozenset(
    {"completion", "stop_when_exhaustive", "integral_start", "increment", "utility", "comparison"}
)
SWITCHES_OF_RAISING = frozenset({"stop_when_exhaustive", "integral_start", "increment"})


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of `docs/counting.md` with its switches.

    `name` is Pabulib's word, kept as a mark. `increment` is in minor units for each ballot, None
    for one whole unit of the currency; `utility` None follows the vote type. Raises ValueError
    with one sentence when a switch does not go with the rule.
    """

    name: str = ""
    kind: Kind = Kind.GREEDY
    threshold: Threshold | None = None
    top_up_percent: Decimal = Decimal(80)
    completion: Completion = Completion.NONE
    stop_when_exhaustive: bool = False
    integral_start: bool = False
    increment: int | None = None
    utility: Utility | None = None
    comparison: bool = False
    cheaper_first: bool = False

    def __post_init__(self) -> None:
        for switch in fields(self):
            if getattr(self, switch.name) != switch.default:
                self._refuse_stranger(switch.name)
        if not 0 <= self.top_up_percent <= 100:
            raise ValueError("The share of a top-up must lie between 0 and 100 percent.")
        if self.increment is not None and self.increment < 1:
            raise ValueError("The increment must be at least one minor unit.")

    def _refuse_stranger(self, switch: str) -> None:
        if switch in SWITCHES_OF_EQUAL_SHARES and self.kind is not Kind.EQUAL_SHARES:
            raise ValueError(f"The switch {switch} does not go with the rule {self.kind}.")
        if switch in SWITCHES_OF_RAISING and self.completion not in RAISING:
            raise ValueError(f"The switch {switch} does not go with the completion {self.completion}.")
        if switch == "top_up_percent" and self.kind is not Kind.TOP_UP:
            raise ValueError(f"The switch {switch} does not go with the rule {self.kind}.")

    def with_switches(self, switches: Mapping[str, Any]) -> "Rule":
        """The rule with these switches set. ValueError where one does not go with it, even at its default."""
        changed = replace(self, **switches)
        for switch in switches:
            if switch in SWITCHES_OF_EQUAL_SHARES - SWITCHES_OF_RAISING or switch == "top_up_percent":
                changed._refuse_stranger(switch)
            elif switch in SWITCHES_OF_RAISING and self.kind is not Kind.EQUAL_SHARES:
                changed._refuse_stranger(switch)
        return changed

    def as_json(self) -> dict[str, Any]:
        """Every switch, as plain JSON values; `from_json` reads it back."""
        values = asdict(self) | {
            "kind": str(self.kind),
            "threshold": None if self.threshold is None else str(self.threshold),
            "top_up_percent": str(self.top_up_percent),
            "completion": str(self.completion),
            "utility": None if self.utility is None else str(self.utility),
        }
        return {name: values[name] for name in sorted(values)}

    @classmethod
    def from_json(cls, values: object) -> "Rule":
        """Any key may be left out. ValueError with one sentence on an unknown key or a wrong value."""
        if not isinstance(values, dict):
            raise ValueError("A rule must be an object.")
        unknown = sorted(map(str, values.keys() - READERS.keys()))
        if unknown:
            raise ValueError(f"A rule has no {unknown[0]!r}.")
        return cls(**{name: READERS[name](name, value) for name, value in values.items()})


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


READERS = {
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
