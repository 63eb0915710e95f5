"""The end of an account. What else holds something personal adds its step to `STEPS`, in one line."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError, Q

from participation.actions.groups import let_group_go
from participation.actions.people import locked
from participation.actions.proposals import forget_files_of
from participation.actions.records import log
from participation.choices import ProposalStatus
from participation.eligibility import refusal_to_erase
from participation.exports.personal_data import remove_file
from participation.models import (
    ActivityEntry,
    CitizenGroup,
    CoAuthor,
    CommentVote,
    DeclarationProof,
    Flag,
    Follow,
    GuardianConsent,
    Invitation,
    Notification,
    Person,
    PersonalDataExport,
    Proposal,
    RegulationsAcceptance,
    Support,
)
from participation.refusals import ActionRefused

Step = Callable[[Person], None]


def forget_downloads(person: Person) -> None:
    for export in PersonalDataExport.objects.of(person):
        remove_file(export)
        export.delete()


def forget_acceptances(person: Person) -> None:
    RegulationsAcceptance.objects.filter(person=person).delete()


def forget_details(person: Person) -> None:
    """What was done to the account stays on record; names that stand beside it do not."""
    ActivityEntry.objects.filter(subject_kind="person", subject=str(person.uuid)).update(details={})
    for name in {person.display_name, person.email} - {""}:
        of_roles = ActivityEntry.objects.filter(subject_kind="roleassignment", details__name__startswith=f"{name}: ")
        of_roles.update(details={})


def throw_drafts_away(person: Person) -> None:
    """What was never handed in is nobody else's business. What was is public, and stays without a name."""
    for draft in Proposal.objects.filter(author=person, status=ProposalStatus.DRAFT).prefetch_related(
        "photos", "documents"
    ):
        forget_files_of(draft)
        draft.delete()


def let_go(person: Person) -> None:
    """A support, a vote on a comment and a report count on; whose they were is forgotten."""
    for model in (Support, CommentVote, Flag):
        model.objects.filter(person=person).update(person=None)


def stop_following(person: Person) -> None:
    """Nothing is told to nobody. What was decided about the person stays with what they wrote."""
    Follow.objects.filter(person=person).delete()
    Notification.objects.filter(person=person).delete()


def forget_proofs(person: Person) -> None:
    DeclarationProof.objects.filter(declaration__person=person).delete()


def forget_guardians(person: Person) -> None:
    GuardianConsent.objects.filter(person=person).delete()


def leave_groups(person: Person) -> None:
    for group in CitizenGroup.objects.of(person):
        let_group_go(group)


def leave_proposals(person: Person) -> None:
    """Names that were put beside those of others, and invitations by, to, or to the address of this person."""
    CoAuthor.objects.filter(person=person).delete()
    Invitation.objects.filter(Q(person=person) | Q(inviter=person) | Q(email__iexact=person.email)).delete()


def become_nobody(person: Person, at: datetime) -> None:
    """After all steps. The row stays, for what points to it: entries of rolls, authorship, the activity log."""
    person.email = f"{person.uuid}@deleted.invalid"
    person.display_name = person.language = person.guardian_contact = ""
    person.reminders, person.reminders_agreed_at = False, None
    person.born = person.guardian_agreed_at = None
    person.is_active = False
    person.set_unusable_password()
    person.turn_salt()
    person.groups.clear()
    person.user_permissions.clear()
    person.erased_at = at
    person.save()


STEPS: list[Step] = [
    *(forget_downloads, forget_acceptances, forget_details),
    *(throw_drafts_away, let_go, stop_following, forget_proofs, forget_guardians, leave_groups, leave_proposals),
]


@transaction.atomic
def erase_account(*, actor: Person | None, person: Person, at: datetime) -> Person:
    """Erases all that is personal, for good. Entries of rolls stay as they are: a vote counts with them.

    Refused for whoever works for the administration, and for an account that is erased already.
    """
    person = locked(person)
    if refusal := refusal_to_erase(person):
        raise ActionRefused(refusal)
    log(actor=actor, verb="erase_account", subject=person, at=at)
    for step in STEPS:
        step(person)
    become_nobody(person, at)
    return person


@transaction.atomic
def remove_account(*, actor: Person | None, person: Person, at: datetime) -> None:
    """Erases an account, and its row too where nothing points to it. Refused as erasing is."""
    erased = erase_account(actor=actor, person=person, at=at)
    with suppress(ProtectedError), transaction.atomic():
        erased.delete()
