"""Merging proposals: may they, and if not, why?"""

from datetime import datetime

from participation.choices import ProposalStatus, ProposalVerb, Role
from participation.eligibility.proposals import refusal_by_lifecycle
from participation.models import Budget, Person, Proposal, RoleAssignment
from participation.refusals import Refusal

LEAD = frozenset({Role.MANAGER, Role.ADMINISTRATOR})


def leads(person: Person, budget: Budget) -> bool:
    return person.is_superuser or RoleAssignment.objects.held_by(person, budget).filter(role__in=LEAD).exists()


def refusal_to_merge(proposal: Proposal, into: Proposal, person: Person, at: datetime) -> Refusal | None:
    if not leads(person, proposal.budget):
        return Refusal.ROLE_MISSING
    if refusal := refusal_by_lifecycle(ProposalVerb.MERGE, proposal, at):
        return refusal
    is_another = into.pk != proposal.pk and into.budget_id == proposal.budget_id
    return None if is_another and into.status == ProposalStatus.PUBLISHED else Refusal.MERGE_ELSEWHERE


def refusal_to_unmerge(proposal: Proposal, into: Proposal, person: Person, at: datetime) -> Refusal | None:
    """Not while the other has gone on into a third: that one is taken back first."""
    if not leads(person, proposal.budget):
        return Refusal.ROLE_MISSING
    if refusal := refusal_by_lifecycle(ProposalVerb.UNMERGE, proposal, at):
        return refusal
    return Refusal.WRONG_STATUS if into.status == ProposalStatus.MERGED else None
