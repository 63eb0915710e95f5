"""The entry: counts an election by a rule."""

from typing import Any

from participation.counting.comparison import preference
from participation.counting.decisions import NO_DECISIONS, Decisions
from participation.counting.election import Election
from participation.counting.greedy import fund_until_first_misfit, fund_what_fits
from participation.counting.ledger import Ledger
from participation.counting.limits import ballots_outside
from participation.counting.opening import open_ledger, threshold_text
from participation.counting.outcome import Outcome, Round, rounded
from participation.counting.rules import Kind, Rule, default_utility
from participation.counting.shares_rule import decide_by_equal_shares
from participation.counting.tally import tally
from participation.counting.ties import rank


def count(election: Election, rule: Rule, decisions: Decisions = NO_DECISIONS) -> Outcome:
    """The outcome of the election under the rule, every step of it exact (`docs/counting.md`).

    The recorded order of ties is the order of `election.projects`. Raises ValueError with one
    sentence when the decisions do not fit the election.
    """
    return Count(election, rule, decisions).outcome()


class Count:
    """One count: the tallies, the order of rank, the least tally that takes part, and the facts to be stated."""

    def __init__(self, election: Election, rule: Rule, decisions: Decisions) -> None:
        self._election, self._rule, self._decisions = election, rule, decisions
        self._tallies = tally(election)
        self._ranked = rank(election, self._tallies, rule.cheaper_first)
        self._valid = election.ballots.total - election.ballots.blank
        self._least = rule.threshold.least_tally(self._valid) if rule.threshold else None
        self._rounds: tuple[Round, ...] = ()

    def outcome(self) -> Outcome:
        ledger, facts = self._ledger(), self._facts()
        if self._rule.kind is Kind.GREEDY:
            fund_what_fits(ledger, self._ranked)
        elif self._rule.kind is Kind.EQUAL_SHARES:
            ledger = self._by_equal_shares(ledger, facts)
        else:
            percent = self._rule.top_up_percent if self._rule.kind is Kind.TOP_UP else None
            fund_until_first_misfit(ledger, self._ranked, percent)
        winners = tuple(self._election.projects[index].id for index in sorted(ledger.funded))
        spent = self._election.budget_minor - ledger.left
        return Outcome(tuple(ledger.lines), winners, spent, ledger.left, self._rounds, facts)

    def _ledger(self) -> Ledger:
        return open_ledger(self._election, self._tallies, self._least, self._decisions)

    def _by_equal_shares(self, ledger: Ledger, facts: dict[str, Any]) -> Ledger:
        utility = self._rule.utility or default_utility(self._election.vote_type)
        shares = decide_by_equal_shares(ledger, self._ranked, self._rule, utility)
        facts |= {"utility": str(utility), "share_minor": rounded(shares.share), "raises": shares.steps}
        self._rounds = shares.rounds
        if not self._rule.comparison:
            return ledger
        rival = self._ledger()
        fund_what_fits(rival, self._ranked)
        preferred = preference(self._election, utility, rival.funded, ledger.funded)
        replaced = preferred.first > preferred.second
        facts["comparison"] = {
            "prefer_greedy": preferred.first,
            "prefer_equal_shares": preferred.second,
            "chosen": "greedy" if replaced else "equal-shares",
        }
        if replaced:
            self._rounds = ()
        return rival if replaced else ledger

    def _facts(self) -> dict[str, Any]:
        ballots = self._election.ballots
        return {
            "rule": self._rule.as_json(),
            "decisions": self._decisions.as_json(),
            "currency": self._election.currency,
            "exponent": self._election.exponent,
            "budget_minor": self._election.budget_minor,
            "ballots": ballots.total,
            "valid_ballots": self._valid,
            "blank_ballots": ballots.blank,
            "ballots_outside_limits": ballots_outside(self._election),
            "threshold": None if self._least is None else threshold_text(self._least),
        }
