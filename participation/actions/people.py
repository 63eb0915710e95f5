"""What people do with an account of their own."""

from datetime import datetime

from django.db import transaction

from participation.actions.records import log
from participation.eligibility import refusal_to_act, refusal_to_change_profile
from participation.locales import active_languages
from participation.models import Person
from participation.names import tidied
from participation.refusals import ActionRefused


def locked(person: Person) -> Person:
    """The row of a person, for a change of it alone."""
    row: Person = Person.objects.select_for_update().get(pk=person.pk)
    return row


@transaction.atomic
def change_profile(*, actor: Person | None, person: Person, display_name: str, language: str, at: datetime) -> Person:
    """Sets the name others see and the language of mails. Either may be empty.

    Refused for a name that could be taken for somebody else's, and for a language that the town does not offer.
    """
    person, name = locked(person), tidied(display_name)
    if refusal := refusal_to_change_profile(person, name, language, active_languages()):
        raise ActionRefused(refusal)
    person.display_name, person.language = name, language
    person.save(update_fields=["display_name", "language"])
    log(actor=actor, verb="change_profile", subject=person, at=at)
    return person


@transaction.atomic
def agree_to_reminders(*, actor: Person | None, person: Person, agrees: bool, at: datetime) -> Person:
    """Keeps since when somebody wants to be reminded of votes by e-mail, or that they no longer do."""
    person = locked(person)
    if refusal := refusal_to_act(person):
        raise ActionRefused(refusal)
    if person.reminders != agrees:
        person.reminders, person.reminders_agreed_at = agrees, at if agrees else None
        person.save(update_fields=["reminders", "reminders_agreed_at"])
        log(actor=actor, verb="agree_to_reminders" if agrees else "end_reminders", subject=person, at=at)
    return person


@transaction.atomic
def sign_out_everywhere(*, actor: Person | None, person: Person, at: datetime) -> Person:
    """Ends every session of the person, wherever it is kept: each carries a hash of the salt that is turned here."""
    person = locked(person)
    if refusal := refusal_to_act(person):
        raise ActionRefused(refusal)
    person.turn_salt()
    person.save(update_fields=["session_salt"])
    log(actor=actor, verb="sign_out_everywhere", subject=person, at=at)
    return person
