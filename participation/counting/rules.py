"""What is asked of a count: the rule with its switches. Official decisions on projects are in `decisions`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from typing import Any

from participation.counting.decisions import NO_DECISIONS, Decisions
from participation.counting.election import POINTS_TYPES, VoteType
from participation.counting.money import quoted
from participation.counting.numbers import Threshold
from participation.counting.switches import RAISING, READERS, Completion, Kind, Utility

__all__ = [
    "NO_DECISIONS",
    "Completion",
    "Decisions",
    "Kind",
    "Rule",
    "Threshold",
    "Utility",
    "default_utility",
    "rule_named",
    "rule_of_file",
]

MARK_OF_NO_RULE = "unknown"
SWITCHES_OF_RAISING = frozenset({"stop_when_exhaustive", "integral_start", "increment"})
SWITCHES_OF_EQUAL_SHARES = frozenset({"completion", "utility", "comparison"}) | SWITCHES_OF_RAISING


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
        for name in switches:
            changed._refuse_stranger(name)
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


RULES_BY_NAME = {
    MARK_OF_NO_RULE: Rule(),
    "greedy": Rule(),
    "greedy-threshold": Rule(),
    "greedy-exclusive": Rule(),
    "greedy-no-skip": Rule(kind=Kind.GREEDY_NO_SKIP),
    "greedy-custom": Rule(kind=Kind.TOP_UP),
    "equalshares": Rule(kind=Kind.EQUAL_SHARES),
    "equalshares/add1": Rule(kind=Kind.EQUAL_SHARES, completion=Completion.ADD1),
    "equalshares/add1-comparison": Rule(kind=Kind.EQUAL_SHARES, completion=Completion.ADD1, comparison=True),
}


def default_utility(vote_type: VoteType) -> Utility:
    return Utility.POINTS if vote_type in POINTS_TYPES else Utility.COST


def rule_named(name: str) -> Rule:
    """The rule a Pabulib name stands for. ValueError with one sentence on any other name."""
    if name not in RULES_BY_NAME:
        raise ValueError(f"{quoted(name)} is not the name of a rule.")
    return replace(RULES_BY_NAME[name], name=name)


def rule_of_file(meta: Mapping[str, str], vote_type: VoteType) -> Rule:
    """The rule a file states, with its threshold. A file without one is counted by greedy, marked `unknown`."""
    rule = rule_named(meta.get("rule") or MARK_OF_NO_RULE)
    utility = default_utility(vote_type) if rule.kind is Kind.EQUAL_SHARES else None
    return replace(rule, threshold=threshold_of_file(meta), utility=utility)


def threshold_of_file(meta: Mapping[str, str]) -> Threshold | None:
    """`min_project_score_threshold`, which holds whatever the rule."""
    text = meta.get("min_project_score_threshold")
    return Threshold.read(text) if text else None
