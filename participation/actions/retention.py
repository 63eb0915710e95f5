"""What is kept for a time only. How long stands in the settings, `RETENTION`."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from participation.actions.records import log
from participation.ballot_box import audit
from participation.choices import ConsentState, RollKind
from participation.models import (
    BallotBox,
    Budget,
    Declaration,
    FieldEntry,
    GuardianConsent,
    Notification,
    Person,
    RollEntry,
)


def erase_rolls(at: datetime) -> None:
    """Rolls and declarations of votes that were sealed or annulled long enough ago."""
    for box in BallotBox.objects.with_ended_roll():
        ended = ended_at(box)
        if ended and ended + settings.RETENTION["rolls"] <= at:
            erase_roll(box=box, at=at)


def ended_at(box: BallotBox) -> datetime | None:
    if box.annulled_at:
        return box.annulled_at
    sealing = audit.act(box, "sealed")
    return datetime.fromisoformat(sealing["at"]) if sealing else None


@transaction.atomic
def erase_roll(*, box: BallotBox, at: datetime) -> None:
    """The roll of a box whose vote has ended, and the declarations with the last open roll of its budget."""
    entries, _ = RollEntry.objects.filter(box=box).delete()
    log(actor=None, verb="erase_roll", subject=box, at=at, entries=entries)
    if box.roll_kind == RollKind.OPEN and not has_open_roll(box.budget):
        Declaration.objects.filter(budget=box.budget).delete()


def has_open_roll(budget: Budget) -> bool:
    """Whether a vote is ahead, or a roll of people who declared who they are is still kept."""
    boxes = budget.ballot_boxes.filter(roll_kind=RollKind.OPEN)
    return boxes.with_open_roll().exists() or boxes.filter(roll__isnull=False).exists()


def forget_notifications(at: datetime) -> None:
    """Old lines of inboxes, read or not."""
    Notification.objects.filter(at__lt=at - settings.RETENTION["notifications"]).delete()


def forget_names_on_paper(at: datetime) -> None:
    """Of authors who wrote on paper and never claimed their proposal. With the letter's code they still can."""
    old = FieldEntry.objects.filter(proposal__submitted_at__lt=at - settings.RETENTION["names on paper"])
    old.exclude(name="", address="").update(name="", address="")


def forget_silent_guardians(at: datetime) -> None:
    """Who never answered has agreed to nothing, nor to being kept."""
    before = at - settings.RETENTION["guardians without an answer"]
    silent = GuardianConsent.objects.filter(state=ConsentState.WAITING, asked_at__lt=before)
    for consent in silent:
        forget_silent_guardian(consent=consent, before=before)


@transaction.atomic
def forget_silent_guardian(*, consent: GuardianConsent, before: datetime) -> None:
    """Under the lock of the person, as answering is."""
    person = Person.objects.select_for_update().get(pk=consent.person_id)
    gone, _ = GuardianConsent.objects.filter(pk=consent.pk, state=ConsentState.WAITING, asked_at__lt=before).delete()
    if gone:
        person.guardian_contact, person.guardian_agreed_at = "", None
        person.save(update_fields=["guardian_contact", "guardian_agreed_at"])
