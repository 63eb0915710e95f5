"""Greedy rules: down the order of rank while there is money."""

from decimal import Decimal
from fractions import Fraction

from participation.counting.ledger import Ledger
from participation.counting.outcome import Reason


def fund_what_fits(ledger: Ledger, ranked: list[int], reason: Reason = Reason.FUNDED) -> None:
    """Funds what fits into the money left and skips what does not."""
    for index in ledger.undecided(ranked):
        if ledger.refuse_excluded(index):
            continue
        if ledger.cost(index) <= ledger.left:
            ledger.fund(index, reason)
        else:
            ledger.refuse_unfitting(index)


def fund_until_first_misfit(ledger: Ledger, ranked: list[int], top_up_percent: Decimal | None = None) -> None:
    """Stops for good at the first project that does not fit.

    With a `top_up_percent` that project is still funded when the money left is at least that share of its cost.
    """
    waiting = ledger.undecided(ranked)
    for place, index in enumerate(waiting):
        if ledger.refuse_excluded(index):
            continue
        if ledger.cost(index) > ledger.left:
            stop_at(ledger, index, top_up_percent)
            refuse_rest(ledger, waiting[place + 1 :], index)
            return
        ledger.fund(index, Reason.FUNDED)


def stop_at(ledger: Ledger, index: int, top_up_percent: Decimal | None) -> None:
    cost, left = ledger.cost(index), ledger.left
    if top_up_percent is not None and left * 100 >= Fraction(top_up_percent) * cost:
        ledger.fund(index, Reason.TOPPED_UP, added_minor=cost - left)
    else:
        ledger.refuse_unfitting(index)


def refuse_rest(ledger: Ledger, rest: list[int], stopper: int) -> None:
    for index in rest:
        if not ledger.refuse_excluded(index):
            ledger.refuse(index, Reason.AFTER_THE_STOP, stopped_by=ledger.election.projects[stopper].id)
