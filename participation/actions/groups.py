"""Groups that take part under their own name, through an adult who speaks for them."""

from datetime import datetime

from django.db import IntegrityError, transaction

from participation.actions.people import locked
from participation.actions.records import log
from participation.choices import GroupKind
from participation.eligibility import refusal_to_act, refusal_to_be_called, refusal_to_speak_for
from participation.models import CitizenGroup, Person
from participation.names import tidied
from participation.refusals import ActionRefused, Refusal

MOST_GROUPS = 5


@transaction.atomic
def make_group(*, actor: Person, kind: GroupKind, name: str, is_adult: bool, at: datetime) -> CitizenGroup:
    """A group of which the person is the contact. `is_adult` is what they declare.

    Refused for a name that could be taken for somebody else's, beyond five, and for whoever is no adult.
    """
    person, name = locked(actor), tidied(name)
    refusal = refusal_to_act(person) or refusal_to_speak_for(person, at)
    if refusal or not is_adult:
        raise ActionRefused(refusal or Refusal.NOT_ADULT)
    if fault := refusal_to_be_called(person, name):
        raise ActionRefused(fault)
    if not name:
        raise ActionRefused(Refusal.GROUP_NAME_MISSING)
    if CitizenGroup.objects.of(person).count() >= MOST_GROUPS:
        raise ActionRefused(Refusal.TOO_MANY_GROUPS)
    try:
        with transaction.atomic():
            group: CitizenGroup = CitizenGroup.objects.create(kind=kind, name=name, contact=person, made_at=at)
    except IntegrityError:
        raise ActionRefused(Refusal.GROUP_NAME_TAKEN) from None
    log(actor=person, verb="make_group", subject=group, at=at)
    return group


@transaction.atomic
def leave_group(*, actor: Person, group: CitizenGroup, at: datetime) -> None:
    """The person speaks for it no more. What was written in its name keeps it; one without any of that goes."""
    refuse_stranger(group, locked(actor))
    log(actor=actor, verb="leave_group", subject=group, at=at)
    let_group_go(group)


def let_group_go(group: CitizenGroup) -> None:
    if group.proposals.exists() or group.comments.exists():
        CitizenGroup.objects.filter(pk=group.pk).update(contact=None)
    else:
        group.delete()


def refuse_stranger(group: CitizenGroup | None, person: Person) -> None:
    """Only the contact acts in the name of a group. For others it is not there."""
    if group is not None and not CitizenGroup.objects.of(person).filter(pk=group.pk).exists():
        raise ActionRefused(Refusal.NOT_YOURS)
