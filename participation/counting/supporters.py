"""Who supports what: the ballots behind each project, and how much each of them gets from it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from participation.counting.election import Election, Indices, Integers
from participation.counting.rules import Utility
from participation.counting.tally import points_of_choices, product_sums

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Supporters:
    """The rows of ballots that support one project, ascending, each cast `copies` times.

    `utility` is what one such ballot gets: its points, or 1 with cost utility, where all supporters
    get the same. `weight` is the utility of all of them.
    """

    rows: Indices
    copies: Integers
    utility: Integers
    weight: int

    @cached_property
    def count(self) -> int:
        return int(self.copies.sum())

    @cached_property
    def float_copies(self) -> Floats:
        return self.copies.astype(np.float64)

    @cached_property
    def float_utility(self) -> Floats | float:
        """One number where all get one unit, which is quicker."""
        return 1.0 if bool((self.utility == 1).all()) else self.utility.astype(np.float64)

    @cached_property
    def float_weights(self) -> Floats:
        return self.float_copies * self.float_utility

    @cached_property
    def largest_utility(self) -> float:
        return float(self.utility.max())


def supporters_of(election: Election, utility: Utility) -> list[Supporters]:
    """For each project. A ballot that names a project twice is one supporter, its points added up."""
    projects, owners, amounts = support(election, utility)
    edges = np.searchsorted(projects, np.arange(len(election.projects) + 1))
    copies = election.ballots.copies[owners]
    weights = product_sums(projects, amounts, copies, len(election.projects))
    return [
        Supporters(owners[start:end], copies[start:end], amounts[start:end], weight)
        for start, end, weight in zip(edges[:-1], edges[1:], weights, strict=True)
    ]


def support(election: Election, utility: Utility) -> tuple[Indices, Indices, Integers]:
    """Every support there is as (project, row, amount), sorted by project and row."""
    order = np.argsort(election.ballots.choices, kind="stable")
    projects, owners = election.ballots.choices[order], election.ballots.owners[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (np.diff(projects) != 0) | (np.diff(owners) != 0)
    points = points_of_choices(election) if utility is Utility.POINTS else None
    if utility is Utility.COST:
        amounts = np.ones(int(first.sum()), np.int64)
    else:
        gained = np.ones(len(order), np.int64) if points is None else points[order]
        amounts = np.add.reduceat(gained, np.flatnonzero(first)) if len(order) else gained
    gives = amounts > 0
    return projects[first][gives], owners[first][gives], amounts[gives]
