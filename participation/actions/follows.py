"""Following what happens somewhere, and how often to hear of it by mail."""

from datetime import datetime

from django.db import transaction

from participation.actions.proposals import locked_person
from participation.actions.records import log
from participation.choices import Mails, MailState
from participation.eligibility import refusal_to_follow
from participation.models import Budget, Category, District, Follow, Notification, Person, Proposal
from participation.refusals import ActionRefused

Followed = Budget | District | Category | Proposal


def noun_of(subject: Followed) -> str:
    return str(subject._meta.model_name)


@transaction.atomic
def follow(*, actor: Person, subject: Followed, at: datetime) -> bool:
    """Begins to follow; False where the person did already. Refused for what they may not see, and beyond a limit."""
    person = locked_person(actor)
    own = Follow.objects.filter(person=person)
    if own.filter(**{noun_of(subject): subject}).exists():
        return False
    if refusal := refusal_to_follow(subject, own.count()):
        raise ActionRefused(refusal)
    Follow.objects.create(person=person, since=at, **{noun_of(subject): subject})
    log(actor=person, verb="follow", subject=subject, at=at)
    return True


@transaction.atomic
def stop_following(*, actor: Person, subject: Followed, at: datetime) -> bool:
    """False where the person did not follow it."""
    person = locked_person(actor)
    if not Follow.objects.filter(person=person, **{noun_of(subject): subject}).delete()[0]:
        return False
    log(actor=person, verb="stop_following", subject=subject, at=at)
    return True


@transaction.atomic
def choose_mails(*, actor: Person, mails: Mails, at: datetime) -> None:
    """How often the person hears by mail. It holds for what waits to be sent, too."""
    person = locked_person(actor)
    if person.mails == mails:
        return
    person.mails = mails
    person.save(update_fields=["mails"])
    waiting = Notification.objects.filter(person=person, mail=MailState.WAITING)
    if mails == Mails.NONE:
        waiting.update(mail=MailState.NONE)
    else:
        waiting.update(weekly=mails == Mails.WEEKLY)
    log(actor=person, verb="choose_mails", subject=person, at=at, mails=mails)
