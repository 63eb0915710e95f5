"""Reporting what somebody else wrote."""

from datetime import datetime

from django.db import transaction

from participation.actions.proposals import locked_person, refuse
from participation.actions.records import log
from participation.choices import FlagReason
from participation.eligibility import refusal_to_flag
from participation.folding import cleaned
from participation.models import Comment, Flag, Person, Proposal
from participation.models.moderation import LONGEST_NOTE
from participation.refusals import ActionRefused, Refusal
from participation.standing import voice_of


def named(subject: Proposal | Comment) -> dict[str, Proposal | Comment]:
    """The subject under the name of its noun."""
    return {"proposal" if isinstance(subject, Proposal) else "comment": subject}


@transaction.atomic
def flag(*, actor: Person, subject: Proposal | Comment, reason: FlagReason, at: datetime, note: str = "") -> Flag:
    """Reports a proposal or a comment to the moderators, once per person. It stays as it is until they decide."""
    person = locked_person(actor)
    if Flag.objects.filter(person=person, **named(subject)).exists():
        raise ActionRefused(Refusal.FLAGGED_ALREADY)
    refuse(refusal_to_flag(subject, voice_of(person, subject.budget, at), at))
    words = cleaned(note)
    if len(words) > LONGEST_NOTE:
        raise ActionRefused(Refusal.TOO_LONG)
    made: Flag = Flag.objects.create(person=person, reason=reason, note=words, at=at, **named(subject))
    log(actor=person, verb="flag", subject=subject, at=at, reason=reason)
    return made
