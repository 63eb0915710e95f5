"""The books of one count: the money left, what is decided, and why."""

from collections.abc import Iterable
from typing import Any

from participation.counting.decisions import Decisions
from participation.counting.election import Election
from participation.counting.outcome import Line, Reason
from participation.counting.tally import as_decimal, tally_scale


class Ledger:
    """Every project gets exactly one line, by `fund` or by `refuse`. Projects are named by their index."""

    def __init__(self, election: Election, tallies: list[int], decisions: Decisions) -> None:
        self.election = election
        self.tallies = tallies
        self.left = election.budget_minor
        self.lines: list[Line] = []
        self.funded: list[int] = []
        self.groups = [frozenset(election.index_of[project] for project in group) for group in decisions.exclusive]
        self._scale = tally_scale(election)
        self._decided: set[int] = set()

    def cost(self, index: int) -> int:
        return self.election.projects[index].cost_minor

    def undecided(self, order: Iterable[int]) -> list[int]:
        return [index for index in order if index not in self._decided]

    def fund(self, index: int, reason: Reason, **facts: Any) -> None:
        """Takes the cost from the money left, which a top-up makes negative."""
        self.left -= self.cost(index)
        self.funded.append(index)
        self._write(index, reason, facts | {"left_minor": self.left})

    def refuse(self, index: int, reason: Reason, **facts: Any) -> None:
        self._write(index, reason, facts)

    def refuse_excluded(self, index: int) -> bool:
        """Whether a funded project of one of its groups has put this one out; if so, that is recorded."""
        winner = self.excluder(index)
        if winner is None:
            return False
        self.refuse(index, Reason.EXCLUDED_BY_GROUP, winner=self.election.projects[winner].id)
        return True

    def excluder(self, index: int) -> int | None:
        """The first funded project that shares an exclusive group with this one."""
        return next((one for one in self.funded if any(one in group and index in group for group in self.groups)), None)

    def refuse_unfitting(self, index: int) -> None:
        self.refuse(index, Reason.DID_NOT_FIT, left_minor=self.left, missing_minor=self.cost(index) - self.left)

    def _write(self, index: int, reason: Reason, facts: dict[str, Any]) -> None:
        self._decided.add(index)
        facts["cost_minor"] = self.cost(index)
        tally = as_decimal(self.tallies[index], self._scale)
        self.lines.append(Line(self.election.projects[index].id, index, tally, reason, facts))
