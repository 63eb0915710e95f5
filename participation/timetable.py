"""Which phase a moment falls into, and what it opens. Pure: no clock, no database.

A phase is half-open, `[starts_at, ends_at)`: at the very second it ends, the next one may begin. Nothing stores
"the current phase"; it changes by itself because everybody asks here with the moment they mean.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import Protocol, TypeVar

from participation.choices import Opening, PhaseKind


class Dated(Protocol):
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


SomePhase = TypeVar("SomePhase", bound=Dated)


class Stage(Enum):
    PAST = "past"
    NOW = "now"
    AHEAD = "ahead"


OPENS_BY_DEFAULT: dict[PhaseKind, frozenset[Opening]] = {
    PhaseKind.INFORMING: frozenset(),
    PhaseKind.PROPOSING: frozenset({Opening.PROPOSALS, Opening.COMMENTS}),
    PhaseKind.SUPPORTING: frozenset({Opening.SUPPORTS, Opening.COMMENTS}),
    PhaseKind.VALUATING: frozenset({Opening.COMMENTS}),
    PhaseKind.VOTING: frozenset({Opening.VOTES}),
    PhaseKind.COUNTING: frozenset(),
    PhaseKind.DELIVERING: frozenset({Opening.COMMENTS}),
}


def stage(phase: Dated, at: datetime) -> Stage:
    if at < phase.starts_at:
        return Stage.AHEAD
    return Stage.NOW if at < phase.ends_at else Stage.PAST


def phase_at(phases: Iterable[SomePhase], at: datetime) -> SomePhase | None:
    """The phase that covers the moment, or None between phases."""
    return next((phase for phase in phases if stage(phase, at) is Stage.NOW), None)


def next_phase(phases: Iterable[SomePhase], at: datetime) -> SomePhase | None:
    """The first phase that is still ahead, or None."""
    return min((p for p in phases if stage(p, at) is Stage.AHEAD), key=lambda p: p.starts_at, default=None)


def next_boundary(phases: Iterable[Dated], at: datetime) -> datetime | None:
    """The first moment after `at` at which some phase starts or ends."""
    return min((moment for p in phases for moment in (p.starts_at, p.ends_at) if moment > at), default=None)


def overlaps(phase: Dated, others: Iterable[Dated]) -> bool:
    return any(phase.starts_at < other.ends_at and other.starts_at < phase.ends_at for other in others)


def openings(kind: PhaseKind, switched: Iterable[str] | None) -> frozenset[Opening]:
    """What a phase of this kind opens: the list switched for it, or its kind's default when there is none."""
    return OPENS_BY_DEFAULT[kind] if switched is None else frozenset(Opening(name) for name in switched)
