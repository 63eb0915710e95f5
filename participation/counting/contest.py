"""What all runs of equal shares in one count have in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from participation.counting.supporters import Floats, Supporters


@dataclass(frozen=True, eq=False)
class Contest:
    """The eligible projects (`candidates`, in the order of ties), their costs in minor units and supporters.

    `supporters` and `costs` are indexed like the election's projects. `by_cost` says that the
    utility is the cost. `rows` is the number of rows of ballots.
    """

    candidates: tuple[int, ...]
    costs: tuple[int, ...]
    supporters: list[Supporters]
    groups: list[frozenset[int]]
    by_cost: bool
    rows: int

    @cached_property
    def supported(self) -> tuple[int, ...]:
        return tuple(index for index in self.candidates if self.supporters[index].weight)

    @cached_property
    def free(self) -> tuple[int, ...]:
        return tuple(index for index in self.supported if self.costs[index] == 0)

    @cached_property
    def priced(self) -> tuple[int, ...]:
        return tuple(index for index in self.supported if self.costs[index])

    @cached_property
    def place(self) -> dict[int, int]:
        """The place of each candidate in the order of ties."""
        return {index: place for place, index in enumerate(self.candidates)}

    @cached_property
    def lowest_prices(self) -> dict[int, float]:
        """What each priced project costs a supporter if all can pay: never less than that."""
        return {index: self.costs[index] / self.supporters[index].weight * (1 - 1e-9) for index in self.priced}

    def scale(self, index: int) -> int:
        """A price for each unit of `Supporters.utility`, divided by this, is the price per utility."""
        return self.costs[index] if self.by_cost else 1

    def rivals(self, index: int) -> set[int]:
        """The projects that are out once this one is funded."""
        return {rival for group in self.groups if index in group for rival in group} - {index}

    def purse(self, share: float) -> Floats:
        """The money of each row of ballots at the start."""
        return np.full(self.rows, share)

    def cost_of(self, projects: Iterable[int]) -> int:
        return sum(self.costs[index] for index in projects)


@dataclass(frozen=True)
class Run:
    """The projects one run bought, in order, when every ballot had `share` minor units."""

    share: Fraction
    bought: tuple[int, ...]
