"""Equal shares as a rule: completion, and the line of every project."""

from dataclasses import dataclass
from fractions import Fraction

from participation.counting.add1 import Purse, Raising, raise_shares
from participation.counting.contest import Contest
from participation.counting.equal_shares import run_equal_shares
from participation.counting.exact_money import ExactMoney
from participation.counting.greedy import fund_what_fits
from participation.counting.ledger import Ledger
from participation.counting.outcome import Reason, Round, rounded
from participation.counting.rules import Completion, Rule, Utility
from participation.counting.supporters import supporters_of
from participation.counting.switches import RAISING
from participation.counting.tally import tally_scale
from participation.counting.ties import tie_order


@dataclass(frozen=True)
class Shares:
    """The rounds of the final run, what each ballot had in it, and how often that had been raised."""

    rounds: tuple[Round, ...]
    share: Fraction
    steps: int


def decide_by_equal_shares(ledger: Ledger, ranked: list[int], rule: Rule, utility: Utility) -> Shares:
    """Decides every project the ledger still holds, over the money left in it."""
    for index in ledger.undecided(ranked):
        ledger.refuse_excluded(index)
    contest = contest_of(ledger, rule, utility)
    raising = raised(contest, ledger, rule)
    exact = ExactMoney(contest, raising.run.share)
    rounds = tuple(buy(ledger, contest, exact, index) for index in raising.run.bought)
    if rule.completion in (Completion.UTILITARIAN, Completion.ADD1U):
        fund_what_fits(ledger, ranked, Reason.COMPLETED)
    for index in ledger.undecided(ranked):
        if not ledger.refuse_excluded(index):
            refuse_unaffordable(ledger, exact.behind(index), index)
    return Shares(rounds, raising.run.share, raising.steps)


def contest_of(ledger: Ledger, rule: Rule, utility: Utility) -> Contest:
    election = ledger.election
    return Contest(
        candidates=tuple(ledger.undecided(tie_order(election, rule.cheaper_first))),
        costs=tuple(project.cost_minor for project in election.projects),
        supporters=supporters_of(election, utility),
        groups=ledger.groups,
        by_cost=utility is Utility.COST,
        rows=election.ballots.rows,
    )


def raised(contest: Contest, ledger: Ledger, rule: Rule) -> Raising:
    """The final run. Without ballots nobody has a share."""
    voters, increment = ledger.election.ballots.total, rule.increment or ledger.election.unit_minor
    share = Fraction(ledger.left, voters) if voters else Fraction(0)
    if rule.completion not in RAISING:
        return Raising(run_equal_shares(contest, share), 0)
    if rule.integral_start:
        share = Fraction(share // increment * increment)
    return raise_shares(contest, share, Purse(ledger.left, increment, rule.stop_when_exhaustive))


def buy(ledger: Ledger, contest: Contest, exact: ExactMoney, index: int) -> Round:
    """Funds the project and pays for it, and tells how."""
    supporters, cost = contest.supporters[index], contest.costs[index]
    behind = exact.behind(index)
    price = exact.pay(index) * (1 if contest.by_cost else tally_scale(ledger.election))
    ledger.fund(index, Reason.FUNDED, price_minor=rounded(price), supporters=supporters.count)
    votes = cost / price if price else Fraction(supporters.count)
    return Round(ledger.election.projects[index].id, cost, price, votes, supporters.count, behind)


def refuse_unaffordable(ledger: Ledger, behind: Fraction, index: int) -> None:
    missing = ledger.cost(index) - behind
    ledger.refuse(index, Reason.NOT_AFFORDABLE, behind_minor=rounded(behind), missing_minor=rounded(missing))
