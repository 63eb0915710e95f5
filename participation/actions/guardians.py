"""How old somebody is, and the parent or guardian of whoever is young: asked by mail, answers, takes back."""

from datetime import date, datetime

from django.db import transaction

from participation.actions.people import locked
from participation.actions.records import announce, log
from participation.choices import ConsentState
from participation.eligibility import refusal_to_answer_for, refusal_to_name_guardian, refusal_to_say_born
from participation.models import GuardianConsent, Outbox, Person
from participation.refusals import ActionRefused, Refusal

MAILS = ("guardian_asked", "guardian_answered", "guardian_thanked")
TEXT_VERSION = 1  # of what a guardian reads: `participation/guardians/consent_<version>.html`


def refuse(refusal: Refusal | None) -> None:
    if refusal:
        raise ActionRefused(refusal)


@transaction.atomic
def say_born(*, actor: Person, born: date, at: datetime) -> Person:
    """Keeps the day on which the person was born. Refused for a second one, and for one that cannot be."""
    person = locked(actor)
    refuse(refusal_to_say_born(person, born, at))
    person.born = born
    person.save(update_fields=["born"])
    log(actor=actor, verb="say_born", subject=person, at=at)
    return person


@transaction.atomic
def name_guardian(*, actor: Person, contact: str, at: datetime) -> GuardianConsent:
    """Asks a parent or guardian by mail. Whoever was asked before is asked no more, and what they said ends.

    Refused for the person's own address, and for more than three a day.
    """
    person = locked(actor)
    refuse(refusal_to_name_guardian(person, contact, at))
    end_current(person, at)
    person.guardian_contact, person.guardian_agreed_at = contact, None
    person.save(update_fields=["guardian_contact", "guardian_agreed_at"])
    consent = GuardianConsent.objects.create(person=person, contact=contact, text_version=TEXT_VERSION, asked_at=at)
    log(actor=actor, verb="name_guardian", subject=person, at=at)
    announce("guardian_asked", consent)
    return consent


def end_current(person: Person, at: datetime) -> None:
    GuardianConsent.objects.of(person).current().update(state=ConsentState.ENDED, ended_at=at)


@transaction.atomic
def answer_for(*, consent: GuardianConsent, agrees: bool, at: datetime) -> GuardianConsent:
    """What the guardian says, once. A no lets the young person name somebody else."""
    person, consent = locked_both(consent)
    refuse(refusal_to_answer_for(consent, at))
    consent.state, consent.answered_at = ConsentState.GIVEN if agrees else ConsentState.REFUSED, at
    consent.save(update_fields=["state", "answered_at"])
    person.guardian_contact, person.guardian_agreed_at = (consent.contact, at) if agrees else ("", None)
    person.save(update_fields=["guardian_contact", "guardian_agreed_at"])
    log(actor=None, verb="guardian_agrees" if agrees else "guardian_declines", subject=person, at=at)
    announce("guardian_answered", consent)
    if agrees:
        announce("guardian_thanked", consent)
    return consent


@transaction.atomic
def take_consent_back(*, consent: GuardianConsent, at: datetime) -> bool:
    """The guardian takes a yes back; False where it holds no more. What was written before stays."""
    person, consent = locked_both(consent)
    if consent.state != ConsentState.GIVEN:
        return False
    consent.state, consent.ended_at = ConsentState.ENDED, at
    consent.save(update_fields=["state", "ended_at"])
    person.guardian_contact, person.guardian_agreed_at = "", None
    person.save(update_fields=["guardian_contact", "guardian_agreed_at"])
    log(actor=None, verb="guardian_takes_back", subject=person, at=at)
    return True


def locked_both(consent: GuardianConsent) -> tuple[Person, GuardianConsent]:
    """The person first, as everywhere."""
    person = locked(consent.person)
    rows = GuardianConsent.objects.select_for_update(of=("self",))
    row: GuardianConsent = rows.get(pk=consent.pk)
    return person, row


def waiting_mails(most: int) -> list[Outbox]:
    return list(Outbox.objects.waiting().filter(kind__in=MAILS)[:most])


def claim_mail(*, row: Outbox, at: datetime) -> bool:
    """Of several workers one gets a yes."""
    return bool(Outbox.objects.filter(pk=row.pk, handled_at=None).update(handled_at=at))


def give_mail_back(*, row: Outbox) -> None:
    """One that the mail server did not take is tried again by the next run."""
    Outbox.objects.filter(pk=row.pk).update(handled_at=None)
