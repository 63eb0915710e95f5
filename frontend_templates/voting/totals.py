"""What a ballot being filled in has used up of an envelope: money, places or points."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from participation.ballot_box.rules import EnvelopeRules, FrozenRules, most_projects
from participation.choices import VoteType

TICKED = frozenset({VoteType.APPROVAL, VoteType.KNAPSACK})


@dataclass(frozen=True)
class Totals:
    """`whole_minor` and `whole_points` are None where there is no such limit, `most` where any number may be chosen."""

    whole_minor: int | None
    spent_minor: int
    chosen: int
    most: int | None
    whole_points: Decimal | None
    points: int

    @property
    def left_minor(self) -> int:
        return (self.whole_minor or 0) - self.spent_minor

    @property
    def over_minor(self) -> int:
        return max(0, -self.left_minor)

    @property
    def is_over(self) -> bool:
        return self.whole_minor is not None and self.left_minor < 0

    @property
    def left_points(self) -> Decimal:
        return (self.whole_points or Decimal(0)) - self.points

    @property
    def over_points(self) -> Decimal:
        return max(Decimal(0), -self.left_points)

    def missing_minor(self, cost: int) -> int:
        """How much more than is left a project costs that is not chosen."""
        return 0 if self.whole_minor is None else max(0, cost - self.left_minor)


def totals(rules: FrozenRules, envelope: EnvelopeRules, marked: Mapping[int, str]) -> Totals:
    """Whatever is typed: what is no number counts as nothing."""
    counts_money = rules.vote_type in TICKED
    points = 0
    for mark in marked.values():
        with suppress(ValueError):
            points += int(mark)
    return Totals(
        whole_minor=envelope.limits.max_sum_cost_minor if counts_money else None,
        spent_minor=sum(envelope.costs[number] for number in marked),
        chosen=len(marked),
        most=most_projects(rules.vote_type, envelope.limits),
        whole_points=envelope.limits.max_sum_points if rules.vote_type == VoteType.CUMULATIVE else None,
        points=points,
    )
