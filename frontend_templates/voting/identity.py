"""By what somebody is known as a voter: entries that a personal code opened in this session, or their account."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest

from frontend_templates.accounts import confirmed_addresses
from participation.ballot_box.casting import Claim, Voter
from participation.ballot_box.roll import bind_by_address, entry_of
from participation.models import BallotBox, Budget, Person, RollEntry


def session_key(budget_id: int) -> str:
    return f"vote-{budget_id}"


def has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def entries_by_code(request: HttpRequest, budget_id: int) -> dict[int, int]:
    """The ids of entries by those of their boxes."""
    if not has_session(request):
        return {}
    stored = request.session.get(session_key(budget_id), {})
    return {int(box): entry for box, entry in stored.items()}


def remember_entries(request: HttpRequest, budget: Budget, entries: dict[int, int]) -> None:
    request.session[session_key(budget.pk)] = {str(box): entry for box, entry in entries.items()}
    if not request.user.is_authenticated:
        request.session.set_expiry(0)  # somebody else may sit at this machine next
    request.session.cycle_key()


def forget_entries(request: HttpRequest, budget: Budget) -> None:
    if has_session(request):
        request.session.pop(session_key(budget.pk), None)
        request.session.cycle_key()


def person_of(request: HttpRequest) -> Person | None:
    return request.user if has_session(request) and request.user.is_authenticated else None


def voter_of(request: HttpRequest, box: BallotBox) -> Voter | None:
    """For casting, without a look at the roll. A code goes before an account: it was typed on purpose."""
    if entry := entries_by_code(request, box.budget_id).get(box.pk):
        return Voter(Claim.ENTRY, entry)
    person = person_of(request)
    return Voter(Claim.ACCOUNT, person.pk) if person else None


def entry_for(request: HttpRequest, box: BallotBox) -> RollEntry | None:
    if entry := entries_by_code(request, box.budget_id).get(box.pk):
        return RollEntry.objects.filter(pk=entry, box=box).first()
    person = person_of(request)
    return entry_of(box, person) if person else None


def bind_account(person: Person, boxes: Iterable[BallotBox]) -> None:
    """Gives the account the entries that name one of its confirmed addresses."""
    unbound = [box for box in boxes if entry_of(box, person) is None]
    if not unbound:
        return
    for address in confirmed_addresses(person):
        for box in unbound:
            bind_by_address(box, person, address)
