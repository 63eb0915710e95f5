"""What is counted: projects, ballots as arrays, and the budget they compete for."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from participation.counting.money import exponent_of

Integers = npt.NDArray[np.int64]
Indices = npt.NDArray[np.int32]

WITHDRAWN_COST_UNITS = 999_999_999


class VoteType(StrEnum):
    """Pabulib's names. A knapsack ballot is an approval ballot with a `max_sum_cost`."""

    CHOOSE_1 = "choose-1"
    APPROVAL = "approval"
    KNAPSACK = "knapsack"
    ORDINAL = "ordinal"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"


POINTS_TYPES = frozenset({VoteType.ORDINAL, VoteType.CUMULATIVE, VoteType.SCORING})


@dataclass(frozen=True)
class Project:
    """One line on the ballot. `id` is the file's or the box's own name for it."""

    id: str
    cost_minor: int


@dataclass(frozen=True)
class Limits:
    """What one ballot may hold; None where the rules set no limit. Costs in minor units."""

    min_length: int | None = None
    max_length: int | None = None
    min_sum_cost_minor: int | None = None
    max_sum_cost_minor: int | None = None
    min_points: Decimal | None = None
    max_points: Decimal | None = None
    min_sum_points: Decimal | None = None
    max_sum_points: Decimal | None = None


@dataclass(frozen=True, eq=False)
class Ballots:
    """Rows of choices, one after the other.

    Row r names the project indices `choices[starts[r]:starts[r + 1]]`, in the voter's order, and
    was cast `copies[r]` times. `points`, where the ballots carry any, lies beside `choices` in
    units of 1/`point_scale`, a power of ten. An empty row is a blank ballot.
    """

    starts: Integers
    choices: Indices
    copies: Integers
    points: Integers | None = None
    point_scale: int = 1

    @property
    def rows(self) -> int:
        return len(self.copies)

    @cached_property
    def total(self) -> int:
        """How many ballots were cast, blank ones included."""
        return int(self.copies.sum())

    @cached_property
    def lengths(self) -> Integers:
        return np.diff(self.starts)

    @cached_property
    def blank(self) -> int:
        return int(self.copies[self.lengths == 0].sum())

    @cached_property
    def owners(self) -> Indices:
        """The row of each choice."""
        return np.repeat(np.arange(self.rows, dtype=np.int32), self.lengths)


@dataclass(frozen=True, eq=False)
class Election:
    """One envelope's vote. `default_points` (scaled like the ballots) go to every project a scoring
    ballot leaves out."""

    projects: tuple[Project, ...]
    ballots: Ballots
    budget_minor: int
    vote_type: VoteType
    currency: str = ""
    limits: Limits = field(default_factory=Limits)
    default_points: int = 0

    @property
    def exponent(self) -> int:
        return exponent_of(self.currency)

    @property
    def unit_minor(self) -> int:
        """One whole currency unit in minor units."""
        return int(10**self.exponent)

    @cached_property
    def index_of(self) -> dict[str, int]:
        return {project.id: index for index, project in enumerate(self.projects)}

    def is_withdrawn(self, index: int) -> bool:
        """Pabulib marks a project withdrawn after the vote by a cost of 999999999."""
        return self.projects[index].cost_minor == WITHDRAWN_COST_UNITS * self.unit_minor
