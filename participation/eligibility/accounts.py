"""Accounts and regulations: may they, and if not, why?"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from participation.models import Budget, Person, PersonalDataExport, Regulations, RegulationsAcceptance
from participation.names import fault_of_name, look_the_same
from participation.refusals import Refusal


def refusal_to_change_profile(person: Person, name: str, language: str, offered: Iterable[str]) -> Refusal | None:
    """`offered` are the languages of the town; none chosen is fine."""
    if person.erased_at:
        return Refusal.ACCOUNT_ERASED
    if language and language not in offered:
        return Refusal.LANGUAGE_UNKNOWN
    return refusal_to_be_called(person, name) if name != person.display_name else None


def refusal_to_be_called(person: Person, name: str) -> Refusal | None:
    """A tidied name of a person or of their group. Nobody is called like somebody who works for the administration."""
    if fault := fault_of_name(name):
        return fault
    others = Person.objects.working_for_the_administration()
    if not name or others.filter(pk=person.pk).exists():
        return None
    names = others.values_list("display_name", flat=True)
    return Refusal.NAME_RESERVED if any(look_the_same(name, one) for one in names) else None


def refusal_to_act(person: Person) -> Refusal | None:
    """What holds for everything somebody does with an account of their own."""
    return Refusal.ACCOUNT_ERASED if person.erased_at else None


def refusal_to_erase(person: Person) -> Refusal | None:
    """Who works for the administration stays named beside what they did, until an administrator has ended that."""
    if person.erased_at:
        return Refusal.ACCOUNT_ERASED
    has_role = Person.objects.working_for_the_administration().filter(pk=person.pk).exists()
    return Refusal.HOLDS_A_ROLE if has_role else None


def refusal_to_export(person: Person, at: datetime) -> Refusal | None:
    """One file at a time, and one an hour."""
    if refusal := refusal_to_act(person):
        return refusal
    exports = PersonalDataExport.objects.of(person)
    if exports.waiting().exists():
        return Refusal.EXPORT_WAITS
    return Refusal.EXPORT_RECENT if exports.filter(asked_at__gt=at - timedelta(hours=1)).exists() else None


def current_regulations(budget: Budget, at: datetime) -> Regulations | None:
    return Regulations.objects.filter(budget=budget).in_force(at).first()


def refusal_to_take_part(person: Person, budget: Budget, at: datetime) -> Refusal | None:
    """Whether the person must accept the current regulations first. A budget without regulations asks for nothing."""
    current = current_regulations(budget, at)
    if current is None or RegulationsAcceptance.objects.filter(person=person, regulations=current).exists():
        return None
    return Refusal.REGULATIONS_NOT_ACCEPTED


def refusal_to_accept(person: Person, regulations: Regulations, at: datetime) -> Refusal | None:
    """Only the version in force can be accepted; accepting it twice is refused."""
    if refusal := refusal_to_act(person):
        return refusal
    if current_regulations(regulations.budget, at) != regulations:
        return Refusal.REGULATIONS_NOT_CURRENT
    is_done = RegulationsAcceptance.objects.filter(person=person, regulations=regulations).exists()
    return Refusal.DONE_ALREADY if is_done else None
