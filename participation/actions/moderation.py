"""What a moderator does with a proposal: publish, hide with a reason, show again. Each is a decision that is kept."""

from datetime import datetime

from participation.actions.decisions import NO_REASON, Why, decide
from participation.choices import DecisionOnWords
from participation.models import Person, Proposal


def publish_proposal(*, actor: Person, proposal: Proposal, at: datetime) -> Proposal:
    """Lets a proposal that was handed in be seen by everybody."""
    return decided(actor, DecisionOnWords.PUBLISH, proposal, at)


def hide(*, actor: Person, proposal: Proposal, reason: str, at: datetime) -> Proposal:
    """Takes a proposal out of sight. `reason` is for its author; without one this is refused."""
    return decided(actor, DecisionOnWords.HIDE, proposal, at, Why(reason))


def restore(*, actor: Person, proposal: Proposal, at: datetime) -> Proposal:
    """Shows a hidden proposal again, as it was before."""
    return decided(actor, DecisionOnWords.RESTORE, proposal, at)


def decided(actor: Person, kind: DecisionOnWords, proposal: Proposal, at: datetime, why: Why = NO_REASON) -> Proposal:
    decision = decide(actor=actor, kind=kind, subject=proposal, why=why, at=at)
    assert decision.proposal is not None
    return decision.proposal
