"""How an outcome serves those who voted, exactly."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from participation.counting.election import Election
from participation.counting.outcome import Outcome
from participation.counting.rules import Utility
from participation.counting.supporters import support


@dataclass(frozen=True)
class Satisfaction:
    """Of the ballots that are not blank: how many name no funded project, and how many funded ones all name in sum."""

    valid_ballots: int
    without_funded: int
    funded_named: int

    @property
    def share_without_funded(self) -> Fraction:
        return Fraction(self.without_funded, self.valid_ballots) if self.valid_ballots else Fraction(0)

    @property
    def average_funded(self) -> Fraction:
        return Fraction(self.funded_named, self.valid_ballots) if self.valid_ballots else Fraction(0)


@dataclass(frozen=True)
class CategoryFigures:
    """One category's part of the votes (the sum of its projects' tallies) and of the money."""

    category: str
    projects: int
    funded: int
    spent_minor: int
    tally: Decimal
    spent_share: Fraction
    tally_share: Fraction


def satisfaction(election: Election, winners: Collection[str]) -> Satisfaction:
    """A ballot that names a project twice names one project."""
    ballots = election.ballots
    funded = np.array([project.id in winners for project in election.projects], np.int64)
    projects, owners, _ = support(election, Utility.COST)
    named = np.bincount(owners, funded[projects], ballots.rows).astype(np.int64)
    valid = ballots.lengths > 0
    without = int(ballots.copies[valid & (named == 0)].sum())
    return Satisfaction(ballots.total - ballots.blank, without, int((named * ballots.copies).sum()))


def by_category(election: Election, outcome: Outcome, category_of: Mapping[str, str]) -> list[CategoryFigures]:
    """Figures of each category by name; a project without one counts under ""."""
    total_tally = sum((line.tally for line in outcome.lines), Decimal(0))
    categories = sorted({category_of.get(project.id, "") for project in election.projects})
    figures = []
    for category in categories:
        lines = [line for line in outcome.lines if category_of.get(line.project, "") == category]
        spent = sum(election.projects[line.index].cost_minor for line in lines if line.funded)
        tally = sum((line.tally for line in lines), Decimal(0))
        figures.append(
            CategoryFigures(
                category=category,
                projects=len(lines),
                funded=sum(line.funded for line in lines),
                spent_minor=spent,
                tally=tally,
                spent_share=Fraction(spent, outcome.spent_minor) if outcome.spent_minor else Fraction(0),
                tally_share=Fraction(tally) / Fraction(total_tally) if total_tally else Fraction(0),
            )
        )
    return figures
