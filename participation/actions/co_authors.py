"""Co-authors: invited by the author, and only by their own yes. Locks: person, then proposal, then invitation.

An invitation to an address carries a code. It is made when the mail is written, and only its hash is kept; who enters
it takes the invitation over, and then answers like one who was invited by name.
"""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from participation.actions.proposals import locked_person, locked_proposal, refuse
from participation.actions.records import announce, log
from participation.ballot_box.receipts import as_typed
from participation.ballot_box.roll import new_code
from participation.choices import MailState
from participation.eligibility import refusal_to_invite, refusal_to_join, refusal_to_leave
from participation.folding import cleaned
from participation.models import ActivityEntry, CoAuthor, Invitation, Person, Proposal
from participation.models.co_author import VALID_FOR
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of

MOST_A_DAY, DAY = 20, timedelta(days=1)


@transaction.atomic
def invite(*, actor: Person, proposal: Proposal, whom: str, at: datetime) -> Invitation:
    """Invites the reader of an e-mail address, or the one person with this display name.

    Whether an address has an account is not told. Refused to all but the author, while the proposal cannot be
    changed, beyond four co-authors, beyond twenty invitations a day, and for whoever is invited already.
    """
    locked_person(actor)
    proposal = locked_proposal(proposal)
    still_open = list(proposal.invitations.open_at(at))
    refuse(refusal_to_invite(proposal, standing_of(actor, proposal.budget), at, invited=len(still_open)))
    lately = ActivityEntry.objects.filter(actor=actor, verb="invite", at__gt=at - DAY)
    if lately.count() >= MOST_A_DAY:
        raise ActionRefused(Refusal.TOO_FAST)
    asked = Invitation(proposal=proposal, inviter=actor, at=at, expires_at=at + VALID_FOR)
    address(asked, cleaned(whom), still_open)
    asked.save()
    log(actor=actor, verb="invite", subject=proposal, at=at, invitation=str(asked.uuid))
    if asked.person:
        announce("co_author_invited", proposal, invitation=asked.pk)
    return asked


def address(asked: Invitation, whom: str, still_open: list[Invitation]) -> None:
    if "@" in whom:
        if any(one.email.casefold() == whom.casefold() for one in still_open):
            raise ActionRefused(Refusal.INVITED_ALREADY)
        asked.email, asked.mail = whom, MailState.WAITING
        return
    asked.person = person_named(whom)
    if asked.proposal.is_written_by(asked.person) or any(one.person_id == asked.person.pk for one in still_open):
        raise ActionRefused(Refusal.INVITED_ALREADY)
    # An older one that expired and is not cleared away yet would stand in the way.
    asked.proposal.invitations.filter(person=asked.person, answered_at=None).delete()


def person_named(name: str) -> Person:
    """Display names are public and not unique: where several have one, nobody is guessed."""
    found: list[Person] = list(Person.objects.filter(display_name=name, is_active=True)[:2]) if name else []
    if len(found) != 1:
        raise ActionRefused(Refusal.INVITED_UNKNOWN)
    return found[0]


@transaction.atomic
def take_invitation_back(*, actor: Person, invitation: Invitation, at: datetime) -> None:
    """The author thinks otherwise: the invitation is gone, and its code with it."""
    proposal = locked_proposal(invitation.proposal)
    if proposal.author_id != actor.pk:
        raise ActionRefused(Refusal.NOT_YOURS)
    if proposal.invitations.filter(pk=invitation.pk, answered_at=None).delete()[0]:
        log(actor=actor, verb="take_invitation_back", subject=proposal, at=at, invitation=str(invitation.uuid))


@transaction.atomic
def claim_invitation(*, actor: Person, code: str, at: datetime) -> Invitation:
    """Makes an invitation by mail that of whoever has its code. The code and the address are forgotten."""
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("proposal")
    asked: Invitation | None = locked.open_at(at).filter(code_hash=hash_of(code)).first()
    if asked is None:
        raise ActionRefused(Refusal.INVITATION_UNKNOWN)
    known: Invitation | None = asked.proposal.invitations.filter(person=actor, answered_at=None).first()
    if known is not None:
        asked.delete()
        return known
    asked.person, asked.email, asked.code_hash = actor, "", None
    asked.save(update_fields=["person", "email", "code_hash"])
    log(actor=actor, verb="claim_invitation", subject=asked.proposal, at=at, invitation=str(asked.uuid))
    return asked


@transaction.atomic
def answer_invitation(*, actor: Person, invitation: Invitation, accepted: bool, at: datetime) -> Invitation:
    """Says yes or no, once. Refused to anybody else, once it has expired, and where four take part already."""
    proposal = locked_proposal(invitation.proposal)
    mine = Invitation.objects.select_for_update().filter(pk=invitation.pk, person=actor)
    asked: Invitation | None = mine.first()
    if asked is None:
        raise ActionRefused(Refusal.NOT_YOURS)
    if asked.answered_at is not None and asked.accepted == accepted:
        return asked
    asked.proposal = proposal
    if accepted or asked.answered_at is not None:
        refuse(refusal_to_join(asked, actor, at))
        CoAuthor.objects.create(proposal=proposal, person=actor, since=at)
    asked.answered_at, asked.accepted = at, accepted
    asked.save(update_fields=["answered_at", "accepted"])
    log(actor=actor, verb="join" if accepted else "decline", subject=proposal, at=at, invitation=str(asked.uuid))
    return asked


@transaction.atomic
def leave(*, actor: Person, proposal: Proposal, at: datetime) -> None:
    """A co-author takes their name off. What they wrote stays."""
    proposal = locked_proposal(proposal)
    refuse(refusal_to_leave(proposal, standing_of(actor, proposal.budget), at))
    proposal.co_authors.filter(person=actor).delete()
    log(actor=actor, verb="leave", subject=proposal, at=at)


def hash_of(code: str) -> bytes:
    return hashlib.sha256(as_typed(code).encode()).digest()


def invitations_to_send(most: int) -> list[int]:
    waiting = Invitation.objects.filter(mail=MailState.WAITING, answered_at=None)
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:most])


def code_for(*, invitation: int, at: datetime) -> str | None:
    """Claims the mail and makes its code, which nobody can read again. None where another worker has it."""
    code = new_code()
    waiting = Invitation.objects.open_at(at).filter(pk=invitation, mail=MailState.WAITING)
    return code if waiting.update(mail=MailState.SENDING, code_hash=hash_of(code)) else None


def settle_invitation(*, invitation: int, state: MailState) -> None:
    Invitation.objects.filter(pk=invitation, mail=MailState.SENDING).update(mail=state)


def forget_invitations(at: datetime) -> None:
    """Those that nobody answered in time, with the addresses in them."""
    Invitation.objects.filter(answered_at=None, expires_at__lte=at).delete()


def invitation_to(person: Person, uuid: UUID) -> Invitation | None:
    found: Invitation | None = Invitation.objects.to(person).select_related("proposal").filter(uuid=uuid).first()
    return found
