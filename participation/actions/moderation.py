"""What a moderator does with a proposal: publish, hide with a reason, show again."""

from datetime import datetime

from django.db import transaction

from participation.actions.proposal_words import show_version
from participation.actions.proposals import locked_proposal, refuse
from participation.actions.records import announce, log
from participation.choices import ProposalStatus, ProposalVerb
from participation.eligibility import refusal_to_moderate
from participation.folding import cleaned
from participation.models import Person, Proposal
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of


def moderated(actor: Person, proposal: Proposal, verb: ProposalVerb, at: datetime) -> Proposal:
    """The proposal under its lock, once it is clear that the actor may."""
    proposal = locked_proposal(proposal)
    refuse(refusal_to_moderate(verb, proposal, standing_of(actor, proposal.budget), at))
    return proposal


@transaction.atomic
def publish_proposal(*, actor: Person, proposal: Proposal, at: datetime) -> Proposal:
    """Lets a proposal that was handed in be seen by everybody."""
    proposal = moderated(actor, proposal, ProposalVerb.PUBLISH, at)
    proposal.status, proposal.published_at = ProposalStatus.PUBLISHED, at
    proposal.save(update_fields=["status", "published_at"])
    show_version(proposal)
    log(actor=actor, verb="publish", subject=proposal, at=at)
    announce("proposal_published", proposal)
    return proposal


@transaction.atomic
def hide(*, actor: Person, proposal: Proposal, reason: str, at: datetime) -> Proposal:
    """Takes a proposal out of sight. `reason` is for its author; without one this is refused."""
    proposal = moderated(actor, proposal, ProposalVerb.HIDE, at)
    proposal.hidden_because = cleaned(reason)
    if not proposal.hidden_because:
        raise ActionRefused(Refusal.REASON_MISSING)
    proposal.hidden_from, proposal.status = proposal.status, ProposalStatus.HIDDEN
    proposal.save(update_fields=["hidden_because", "hidden_from", "status"])
    log(actor=actor, verb="hide", subject=proposal, at=at)
    announce("proposal_hidden", proposal)
    return proposal


@transaction.atomic
def restore(*, actor: Person, proposal: Proposal, at: datetime) -> Proposal:
    """Shows a hidden proposal again, as it was before."""
    proposal = moderated(actor, proposal, ProposalVerb.RESTORE, at)
    proposal.status, proposal.hidden_from, proposal.hidden_because = proposal.hidden_from, "", ""
    proposal.save(update_fields=["status", "hidden_from", "hidden_because"])
    log(actor=actor, verb="restore", subject=proposal, at=at)
    announce("proposal_restored", proposal)
    return proposal
