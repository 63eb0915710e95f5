"""What comes before every rule: official decisions and the threshold."""

from fractions import Fraction

from participation.counting.decisions import Decisions
from participation.counting.election import Election
from participation.counting.ledger import Ledger
from participation.counting.money import quoted
from participation.counting.outcome import Reason
from participation.counting.tally import as_decimal, tally_scale


def open_ledger(election: Election, tallies: list[int], least: Fraction | None, decisions: Decisions) -> Ledger:
    """Books in which all that is decided before the rule stands: withdrawn, ruled out, kept, below the threshold.

    Raises ValueError with one sentence when the decisions do not fit the election.
    """
    decisions.check(election.index_of)
    ledger = Ledger(election, tallies, decisions)
    refuse_taken_out(ledger, decisions)
    fund_kept(ledger, decisions)
    if least is not None:
        refuse_below(ledger, least)
    return ledger


def refuse_taken_out(ledger: Ledger, decisions: Decisions) -> None:
    election = ledger.election
    for index, project in enumerate(election.projects):
        if project.id in decisions.ruled_out:
            ledger.refuse(index, Reason.RULED_OUT)
        elif project.id in decisions.withdrawn or election.is_withdrawn(index):
            ledger.refuse(index, Reason.WITHDRAWN)


def fund_kept(ledger: Ledger, decisions: Decisions) -> None:
    election = ledger.election
    for project in decisions.kept:
        index = election.index_of[project]
        if election.is_withdrawn(index):
            raise ValueError(f"The project {quoted(project)} is marked as withdrawn and cannot be kept.")
        ledger.fund(index, Reason.KEPT)
    if ledger.left < 0:
        raise ValueError("The kept projects cost more than the budget.")


def refuse_below(ledger: Ledger, least: Fraction) -> None:
    scale = tally_scale(ledger.election)
    for index in ledger.undecided(range(len(ledger.tallies))):
        if ledger.tallies[index] < least * scale:
            ledger.refuse(index, Reason.BELOW_THRESHOLD, threshold=threshold_text(least))


def threshold_text(least: Fraction) -> str:
    """The least tally as a decimal number: a threshold has few decimals, so it always is one."""
    return str(as_decimal(int(least * 10**12), 10**12))
