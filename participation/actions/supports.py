"""Giving a proposal one's support, and taking it back. The only writer of `support_count`."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from participation.actions.proposals import locked_person, locked_proposal, refuse
from participation.actions.records import log
from participation.eligibility import refusal_to_enter_sheet, refusal_to_support, refusal_to_take_back
from participation.models import Person, Proposal, Support, SupportSheet
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of

MOST_SIGNATURES = 10_000  # on one sheet


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


@transaction.atomic
def enter_sheet(*, actor: Person, proposal: Proposal, number: str, signatures: int, at: datetime) -> SupportSheet:
    """Counts the valid signatures of one sheet of paper. Whether somebody signed twice is checked by hand.

    Refused to whoever is no officer, before supports are taken, and for a sheet that was entered before.
    """
    proposal = locked_proposal(proposal)
    refuse(refusal_to_enter_sheet(proposal, actor, at))
    try:
        with transaction.atomic():
            sheet = SupportSheet.objects.create(
                proposal=proposal,
                budget=proposal.budget,
                number=number,
                signatures=signatures,
                officer=actor,
                entered_at=at,
            )
    except IntegrityError:
        raise ActionRefused(Refusal.SHEET_KNOWN) from None
    count(proposal, signatures)
    log(actor=actor, verb="enter_sheet", subject=proposal, at=at, sheet=number, signatures=signatures)
    return sheet


@transaction.atomic
def remove_sheet(*, actor: Person, sheet: SupportSheet, at: datetime) -> None:
    """Takes out a sheet that was entered wrongly."""
    proposal = locked_proposal(sheet.proposal)
    refuse(refusal_to_enter_sheet(proposal, actor, at))
    if SupportSheet.objects.filter(pk=sheet.pk).delete()[0]:
        count(proposal, -sheet.signatures)
        log(actor=actor, verb="remove_sheet", subject=proposal, at=at, sheet=sheet.number)


def count(proposal: Proposal, step: int) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(support_count=F("support_count") + step)
