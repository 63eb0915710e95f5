"""Inviting co-authors, answering and leaving: may they, and if not, why?"""

from datetime import datetime

from participation.choices import ProposalStatus, ProposalVerb
from participation.eligibility.proposals import refusal_to_author
from participation.models import Invitation, Person, Proposal
from participation.refusals import Refusal
from participation.standing import Standing

MOST_CO_AUTHORS = 4
JOINED_WHILE = frozenset({ProposalStatus.DRAFT, ProposalStatus.SUBMITTED, ProposalStatus.PUBLISHED})


def refusal_to_invite(proposal: Proposal, standing: Standing, at: datetime, *, invited: int = 0) -> Refusal | None:
    """For the author alone, while the proposal can be changed. `invited` counts the invitations that are open."""
    if refusal := refusal_to_author(ProposalVerb.EDIT, proposal, standing, at):
        return refusal
    if standing.person and standing.person.is_blocked(at):
        return Refusal.BLOCKED
    return Refusal.TOO_MANY_CO_AUTHORS if len(proposal.co_authors.all()) + invited >= MOST_CO_AUTHORS else None


def refusal_to_join(invitation: Invitation, person: Person, at: datetime) -> Refusal | None:
    """Whether the invited may say yes. A no is always possible."""
    proposal = invitation.proposal
    if invitation.answered_at is not None or at >= invitation.expires_at:
        return Refusal.INVITATION_UNKNOWN
    if proposal.is_written_by(person):
        return Refusal.INVITED_ALREADY
    if proposal.status not in JOINED_WHILE:
        return Refusal.WRONG_STATUS
    return Refusal.TOO_MANY_CO_AUTHORS if len(proposal.co_authors.all()) >= MOST_CO_AUTHORS else None


def refusal_to_leave(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    """For co-authors, at any time."""
    if standing.person is None:
        return Refusal.NOT_SIGNED_IN
    is_one = any(one.person_id == standing.person.pk for one in proposal.co_authors.all())
    return None if is_one else Refusal.NOT_YOURS
