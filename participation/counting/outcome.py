"""The outcome of a count: every decision in order, with its reason."""

import json
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

PLACES = 6


class Reason(StrEnum):
    """Why a project is funded or not. The words are stored and published: never rename one."""

    KEPT = "kept"
    FUNDED = "funded"
    TOPPED_UP = "topped_up"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    RULED_OUT = "ruled_out"
    BELOW_THRESHOLD = "below_threshold"
    EXCLUDED_BY_GROUP = "excluded_by_group"
    DID_NOT_FIT = "did_not_fit"
    AFTER_THE_STOP = "after_the_stop"
    NOT_AFFORDABLE = "not_affordable"


FUNDED_REASONS = frozenset({Reason.KEPT, Reason.FUNDED, Reason.TOPPED_UP, Reason.COMPLETED})


@dataclass(frozen=True)
class Line:
    """What became of one project. `facts` holds what a sentence about it needs, as JSON values; see `explain`."""

    project: str
    index: int
    tally: Decimal
    reason: Reason
    facts: dict[str, Any]

    @property
    def funded(self) -> bool:
        return self.reason in FUNDED_REASONS

    def as_json(self) -> dict[str, Any]:
        return {
            "project": self.project,
            "index": self.index,
            "tally": str(self.tally),
            "funded": self.funded,
            "reason": str(self.reason),
            "facts": self.facts,
        }


@dataclass(frozen=True)
class Round:
    """One purchase of equal shares, in exact minor units.

    `price` is what a supporter with money enough pays (with points utility: for each point), and
    `behind` what the supporters together had left. `effective_votes` is the cost divided by the price.
    """

    project: str
    cost_minor: int
    price: Fraction
    effective_votes: Fraction
    supporters: int
    behind: Fraction

    def as_json(self) -> dict[str, Any]:
        return {
            "project": self.project,
            "cost_minor": self.cost_minor,
            "price_minor": rounded(self.price),
            "effective_votes": rounded(self.effective_votes),
            "supporters": self.supporters,
            "money_behind_minor": rounded(self.behind),
        }


@dataclass(frozen=True)
class Outcome:
    """Everything a count decided. `winners` are in the order of the file, `lines` in the order of decision.

    `left_minor` is negative where a top-up needs money added. `rounds` are those of equal shares,
    none where greedy's outcome replaced theirs. `facts` are figures about the whole
    count, as JSON values.
    """

    lines: tuple[Line, ...]
    winners: tuple[str, ...]
    spent_minor: int
    left_minor: int
    rounds: tuple[Round, ...]
    facts: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {
            "lines": [line.as_json() for line in self.lines],
            "winners": list(self.winners),
            "spent_minor": self.spent_minor,
            "left_minor": self.left_minor,
            "rounds": [one.as_json() for one in self.rounds],
            "facts": self.facts,
        }

    def canonical_bytes(self) -> bytes:
        """ASCII JSON with sorted keys and no spaces: the same count gives the same bytes on every machine."""
        return json.dumps(self.as_json(), sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def rounded(amount: Fraction) -> str:
    """A number that need not be a short decimal, rounded down to millionths: exact ones can be hundreds of digits."""
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount.numerator) * 10**PLACES // amount.denominator, 10**PLACES)
    return f"{sign}{whole}.{rest:0{PLACES}d}".rstrip("0").rstrip(".")
