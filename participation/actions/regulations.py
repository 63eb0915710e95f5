from datetime import datetime

from django.db import transaction

from participation.actions.people import locked
from participation.actions.records import log
from participation.eligibility import refusal_to_accept
from participation.models import Person, Regulations, RegulationsAcceptance
from participation.refusals import ActionRefused


@transaction.atomic
def accept_regulations(
    *, actor: Person | None, person: Person, regulations: Regulations, at: datetime
) -> RegulationsAcceptance:
    """Keeps that a person accepted this version, and when. Refused for any version but the one in force."""
    person = locked(person)
    if refusal := refusal_to_accept(person, regulations, at):
        raise ActionRefused(refusal)
    acceptance = RegulationsAcceptance.objects.create(person=person, regulations=regulations, at=at)
    log(actor=actor, verb="accept_regulations", subject=regulations, at=at, version=regulations.version)
    return acceptance
