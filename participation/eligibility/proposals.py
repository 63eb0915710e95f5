"""Proposals and supports: may they, and if not, why?"""

from datetime import datetime

from participation.choices import Opening, ProposalStatus, ProposalVerb, Role
from participation.eligibility.ages import refusal_by_age
from participation.lifecycle import PROPOSALS, SUPPORTS, needed
from participation.models import Budget, Person, Proposal, RoleAssignment
from participation.refusals import Refusal
from participation.standing import Standing

MOST_DRAFTS = 10


COMMENTS = frozenset({Opening.COMMENTS})


def refusal_while_closed(budget: Budget, wanted: frozenset[Opening], at: datetime) -> Refusal | None:
    """Whether one of these is open to citizens. Nothing wanted is always open. `budget` comes with its phases."""
    if not wanted:
        return None
    phases = list(budget.phases.all()) if budget.is_public else []
    if any(phase.starts_at <= at < phase.ends_at and phase.openings & wanted for phase in phases):
        return None
    is_ahead = any(phase.starts_at > at and phase.openings & wanted for phase in phases)
    if Opening.PROPOSALS in wanted:
        return Refusal.PROPOSALS_NOT_OPEN if is_ahead else Refusal.PROPOSALS_CLOSED
    if Opening.COMMENTS in wanted:
        return Refusal.COMMENTS_NOT_OPEN if is_ahead else Refusal.COMMENTS_CLOSED
    return Refusal.SUPPORTS_NOT_OPEN if is_ahead else Refusal.SUPPORTS_CLOSED


def refusal_by_lifecycle(verb: ProposalVerb, proposal: Proposal, at: datetime) -> Refusal | None:
    """Whether anybody at all may do this with the proposal now."""
    wanted = needed(ProposalStatus(proposal.status), verb)
    if wanted is None:
        return Refusal.WRONG_STATUS
    return refusal_while_closed(proposal.budget, wanted, at)


def refusal_to_propose(budget: Budget, standing: Standing, at: datetime) -> Refusal | None:
    """Whether the person may begin a proposal."""
    if refusal := refusal_while_closed(budget, PROPOSALS, at):
        return refusal
    if standing.person is None:
        return Refusal.NOT_SIGNED_IN
    if standing.person.is_blocked(at):
        return Refusal.BLOCKED
    if refusal := refusal_by_age(standing.person, budget, at):
        return refusal
    if budget.most_proposals is not None and standing.handed_in >= budget.most_proposals:
        return Refusal.TOO_MANY_PROPOSALS
    return Refusal.TOO_MANY_DRAFTS if standing.drafts >= MOST_DRAFTS else None


def refusal_to_key_proposals(person: Person, budget: Budget, at: datetime) -> Refusal | None:
    """For officers and whoever leads: from the first day on, and later too, for a stack is keyed some days later."""
    if not has_begun(budget, PROPOSALS, at):
        return Refusal.PROPOSALS_NOT_OPEN
    return None if works_in_field(person, budget) else Refusal.ROLE_MISSING


def refusal_to_print_letters(person: Person, budget: Budget) -> Refusal | None:
    return None if works_in_field(person, budget) else Refusal.ROLE_MISSING


def has_begun(budget: Budget, wanted: frozenset[Opening], at: datetime) -> bool:
    return any(phase.starts_at <= at and phase.openings & wanted for phase in budget.phases.all())


def works_in_field(person: Person, budget: Budget) -> bool:
    roles = RoleAssignment.objects.held_by(person, budget)
    return person.is_superuser or roles.filter(role__in=[Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR]).exists()


def refusal_to_enter_sheet(proposal: Proposal, person: Person, at: datetime) -> Refusal | None:
    """Paper is counted some days later too, as proposals are."""
    if not has_begun(proposal.budget, SUPPORTS, at):
        return Refusal.SUPPORTS_NOT_OPEN
    if proposal.status != ProposalStatus.PUBLISHED:
        return Refusal.WRONG_STATUS
    return None if works_in_field(person, proposal.budget) else Refusal.ROLE_MISSING


def refusal_to_author(verb: ProposalVerb, proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    """For what only the author may do."""
    if standing.person is None:
        return Refusal.NOT_SIGNED_IN
    if proposal.author_id != standing.person.pk:
        return Refusal.NOT_YOURS
    return refusal_by_lifecycle(verb, proposal, at)


def refusal_to_edit(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    """For the author and co-authors. `proposal` comes with them where many are asked."""
    if standing.person is None:
        return Refusal.NOT_SIGNED_IN
    if not proposal.is_written_by(standing.person):
        return Refusal.NOT_YOURS
    if refusal := refusal_by_lifecycle(ProposalVerb.EDIT, proposal, at):
        return refusal
    return refusal_to_be_read(proposal, standing, at)


def refusal_to_be_read(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    """Whether what the author writes may come before others at all."""
    if standing.person is None:
        return Refusal.NOT_SIGNED_IN
    if standing.person.is_blocked(at):
        return Refusal.BLOCKED
    return refusal_by_age(standing.person, proposal.budget, at)


def refusal_to_discard(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    return refusal_to_author(ProposalVerb.DISCARD, proposal, standing, at)


def refusal_to_withdraw(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    return refusal_to_author(ProposalVerb.WITHDRAW, proposal, standing, at)


def refusal_to_submit(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    if refusal := refusal_to_author(ProposalVerb.SUBMIT, proposal, standing, at):
        return refusal
    if refusal := refusal_to_be_read(proposal, standing, at):
        return refusal
    most = proposal.budget.most_proposals
    if most is not None and standing.handed_in >= most:
        return Refusal.TOO_MANY_PROPOSALS
    return None if proposal.is_complete else Refusal.INCOMPLETE


def refusal_to_moderate(verb: ProposalVerb, proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    """For publishing, hiding and showing again."""
    if standing.person is None:
        return Refusal.NOT_SIGNED_IN
    return refusal_by_lifecycle(verb, proposal, at) if standing.moderates else Refusal.ROLE_MISSING


def refusal_to_support(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    """None also for a proposal that the person supports already: to give it again changes nothing."""
    if refusal := refusal_by_lifecycle(ProposalVerb.SUPPORT, proposal, at):
        return refusal
    if standing.person is None:
        return Refusal.NOT_SIGNED_IN
    if proposal.pk in standing.supported:
        return None
    return refusal_by_age(standing.person, proposal.budget, at) or refusal_by_limits(proposal, standing)


def refusal_by_limits(proposal: Proposal, standing: Standing) -> Refusal | None:
    return next((refusal for refusal, left in supports_left(proposal, standing).items() if left <= 0), None)


def supports_left(proposal: Proposal, standing: Standing) -> dict[Refusal, int]:
    """How many more the person may give by each limit of the budget that is set, by what is said when there are none.

    Proposals without an envelope share one limit among themselves, and so do those outside of every ballot box.
    """
    budget, envelope = proposal.budget, proposal.envelope
    box = envelope.ballot_box_id if envelope else None
    given = [one for one in standing.supported.values() if one.counts]
    limits = {
        Refusal.TOO_MANY_SUPPORTS: (budget.most_supports, len(given)),
        Refusal.TOO_MANY_SUPPORTS_IN_BOX: (
            budget.most_supports_per_ballot_box,
            sum(one.ballot_box == box for one in given),
        ),
        Refusal.TOO_MANY_SUPPORTS_HERE: (
            budget.most_supports_per_envelope,
            sum(one.envelope == proposal.envelope_id for one in given),
        ),
    }
    return {refusal: most - spent for refusal, (most, spent) in limits.items() if most is not None}


def refusal_to_take_back(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    if refusal := refusal_by_lifecycle(ProposalVerb.SUPPORT, proposal, at):
        return refusal
    return Refusal.NOT_SIGNED_IN if standing.person is None else None
