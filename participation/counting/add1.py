"""Add1: equal shares again and again with a larger share, until the next run would cost more than the money."""

from dataclasses import dataclass
from fractions import Fraction

from participation.counting.contest import Contest, Run
from participation.counting.equal_shares import run_equal_shares
from participation.counting.leap import Stack, idle_steps, stack_of

LONGEST_WAIT = 64
MARGINS = (1e-12, 1e-7)


@dataclass(frozen=True)
class Raising:
    """Where the raising of shares ended, and after how many raises."""

    run: Run
    steps: int


@dataclass(frozen=True)
class Purse:
    """The money there is, and by how much a ballot's share grows with each step, in minor units."""

    money: int
    increment: int
    stop_when_exhaustive: bool


def raise_shares(contest: Contest, start: Fraction, purse: Purse) -> Raising:
    """The last run that does not cost more than the money.

    Steps that change nothing are leapt over. Looking for them is not free, so after each vain look
    the next one waits longer.
    """
    run, steps, wait, waited = run_equal_shares(contest, start), 0, 1, 0
    stack = stack_of(contest) if contest.priced else None
    while stack and not is_complete(contest, run, purse):
        waited += 1
        if waited >= wait:
            later, waited = run_after_idle_steps(contest, stack, run, purse.increment), 0
            wait = 1 if later.share > run.share else min(2 * wait, LONGEST_WAIT)
            run, steps = later, steps + int((later.share - run.share) / purse.increment)
        raised = run_equal_shares(contest, run.share + purse.increment)
        if contest.cost_of(raised.bought) > purse.money:
            break
        run, steps = raised, steps + 1
    return Raising(run, steps)


def run_after_idle_steps(contest: Contest, stack: Stack, run: Run, increment: int) -> Run:
    """The same purchases at the largest share that is sure to give them; the run itself where that is its own.

    The float reckoning is checked by a run. If it went too far, a more careful one is tried.
    """
    for margin in MARGINS:
        idle = idle_steps(contest, stack, run, increment, margin)
        later = run_equal_shares(contest, run.share + idle * increment) if idle else run
        if later.bought == run.bought:
            return later
    return run


def is_complete(contest: Contest, run: Run, purse: Purse) -> bool:
    """Whether the run buys all that has supporters, or (where that ends the search) nothing else would fit."""
    out = set(run.bought).union(*map(contest.rivals, run.bought))
    waiting = [index for index in contest.candidates if index not in out]
    left = purse.money - contest.cost_of(run.bought)
    exhausted = purse.stop_when_exhaustive and all(contest.costs[index] > left for index in waiting)
    return exhausted or not any(contest.supporters[index].weight for index in waiting)
