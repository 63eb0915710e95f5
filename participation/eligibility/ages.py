"""How old somebody has to be to take part, and who has to agree below that: may they, and if not, why?"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from participation.models import Budget, GuardianConsent, Person
from participation.refusals import Refusal

OF_AGE = 18
OLDEST = 130
MOST_ASKED, LATELY = 3, timedelta(days=1)


def age_on(born: date, day: date) -> int:
    """In whole years. Who was born on 29 February has their birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def refusal_by_age(person: Person, budget: Budget, at: datetime) -> Refusal | None:
    """Whether the person is old enough for this budget, or young and a guardian has agreed. By the town's calendar."""
    if budget.minimum_age is None and budget.guardian_below is None:
        return None
    if person.born is None:
        return Refusal.BIRTH_DATE_MISSING
    age = age_on(person.born, timezone.localdate(at))
    if budget.minimum_age is not None and age < budget.minimum_age:
        return Refusal.BELOW_MINIMUM_AGE
    if budget.guardian_below is None or age >= budget.guardian_below or person.guardian_agreed_at:
        return None
    return Refusal.GUARDIAN_WAITS if person.guardian_contact else Refusal.GUARDIAN_MISSING


def refusal_to_say_born(person: Person, born: date, at: datetime) -> Refusal | None:
    """Once: whoever is too young does not grow older by typing."""
    if person.erased_at:
        return Refusal.ACCOUNT_ERASED
    if person.born is not None:
        return Refusal.BIRTH_DATE_GIVEN
    today = timezone.localdate(at)
    return None if born <= today and age_on(born, today) <= OLDEST else Refusal.BIRTH_DATE_UNREAL


def refusal_to_name_guardian(person: Person, contact: str, at: datetime) -> Refusal | None:
    """Three times a day: each sends a mail to somebody who never asked for one."""
    if person.erased_at:
        return Refusal.ACCOUNT_ERASED
    if contact.casefold() == person.email.casefold():
        return Refusal.GUARDIAN_IS_YOU
    asked = GuardianConsent.objects.filter(person=person, asked_at__gt=at - LATELY)
    return Refusal.TOO_FAST if asked.count() >= MOST_ASKED else None


def refusal_to_answer_for(consent: GuardianConsent, at: datetime) -> Refusal | None:
    """For the guardian: once, and within the days that the link lasts."""
    return None if consent.can_be_answered(at) else Refusal.CONSENT_NOT_OPEN


def refusal_to_speak_for(person: Person, at: datetime) -> Refusal | None:
    """Whether the person may be the contact of a group. Who never said when they were born declares that they are
    of age."""
    is_young = person.born is not None and age_on(person.born, timezone.localdate(at)) < OF_AGE
    return Refusal.NOT_ADULT if is_young else None
