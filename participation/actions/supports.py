"""Giving a proposal one's support, and taking it back. The only writer of `support_count`."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from participation.actions.proposals import locked_person, locked_proposal, refuse
from participation.actions.records import log
from participation.eligibility import refusal_to_support, refusal_to_take_back
from participation.models import Person, Proposal, Support
from participation.standing import standing_of


@transaction.atomic
def support(*, actor: Person, proposal: Proposal, at: datetime) -> bool:
    """Gives the person's support; False where it was given before, which changes nothing.

    Refused while supports are not taken, and beyond the limits of the budget: per person, and per envelope. The
    person's row is locked, so that two requests at once do not pass a limit together.
    """
    locked_person(actor)
    proposal = locked_proposal(proposal)
    standing = standing_of(actor, proposal.budget)
    refuse(refusal_to_support(proposal, standing, at))
    if proposal.pk in standing.supported:
        return False
    Support.objects.create(proposal=proposal, person=actor, given_at=at)
    count(proposal, 1)
    log(actor=actor, verb="support", subject=proposal, at=at)
    return True


@transaction.atomic
def take_back(*, actor: Person, proposal: Proposal, at: datetime) -> bool:
    """Takes the support back; False where there was none, which changes nothing."""
    locked_person(actor)
    proposal = locked_proposal(proposal)
    refuse(refusal_to_take_back(proposal, standing_of(actor, proposal.budget), at))
    if not Support.objects.filter(proposal=proposal, person=actor).delete()[0]:
        return False
    count(proposal, -1)
    log(actor=actor, verb="take_back", subject=proposal, at=at)
    return True


def count(proposal: Proposal, step: int) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(support_count=F("support_count") + step)
