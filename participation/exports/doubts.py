"""What a result cannot rest on: papers that nobody can explain, and a key that was lost."""

from decimal import Decimal

from participation.ballot_box import audit
from participation.counting.election import VoteType
from participation.counting.margin import Standing, could_change, spread_of
from participation.counting.money import exponent_of
from participation.counting.numbers import to_number
from participation.counting.outcome import Reason
from participation.counting.pb_limits import limits_of
from participation.counting.rules import Rule
from participation.models import BallotBox, Result

BY_DECISION = frozenset({Reason.KEPT, Reason.WITHDRAWN, Reason.RULED_OUT})


def unexplained_papers(box: BallotBox) -> int:
    """How many papers more or fewer than people marked nobody could explain, over all stations."""
    reconciled = audit.act(box, "reconciled")
    return int(reconciled["details"].get("unexplained", 0)) if reconciled else 0


def papers_could_change(result: Result) -> bool:
    """Whether the unexplained papers of its box could have changed a winner of this envelope."""
    box = result.envelope.ballot_box
    if not (unexplained := unexplained_papers(box)):
        return False
    lines = [line for line in result.lines.all() if line.reason not in BY_DECISION]
    least = result.facts["threshold"]
    return could_change(
        Rule.from_json(result.rule),
        [Standing(line.tally, line.funded) for line in lines],
        None if least is None else Decimal(least),
        unexplained,
        spread_in(box, result.lines.count()),
    )


def spread_in(box: BallotBox, projects: int) -> Decimal | None:
    limits = limits_of(box.limits, exponent_of(box.budget.currency), None)
    return spread_of(VoteType(box.vote_type), limits, to_number(box.limits.get("default_score", "0")), projects)
