"""By what somebody is known as a voter: a code or a document that they showed in this session, or their account."""

from django.conf import settings
from django.http import HttpRequest

from participation.ballot_box.casting import Claim, Voter
from participation.ballot_box.roll import entry_of_voter
from participation.choices import Channel
from participation.models import BallotBox, Budget, Person, RollEntry

KIOSK = "kiosk"


def session_key(budget_id: int) -> str:
    return f"vote-{budget_id}"


def has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def voter_by_proof(request: HttpRequest, budget_id: int) -> Voter | None:
    """Who showed a code or a document in this session, or stands at the desk. A code made anew ends it."""
    stored = request.session.get(session_key(budget_id)) if has_session(request) else None
    if not stored:
        return None
    claim = Claim[stored["claim"]]
    return Voter(claim, stored["value"] if claim is Claim.ENTRY else bytes.fromhex(stored["value"]))


def channel_of(request: HttpRequest, budget_id: int) -> Channel:
    """From where this voter casts: only an officer opens a desk or a kiosk."""
    voter = voter_by_proof(request, budget_id)
    if voter and voter.claim is Claim.ENTRY:
        return Channel.DESK
    return Channel.KIOSK if is_kiosk(request) else Channel.WEB


def is_kiosk(request: HttpRequest) -> bool:
    return has_session(request) and KIOSK in request.session


def remember_voter(request: HttpRequest, budget: Budget, voter: Voter) -> None:
    value = voter.value if isinstance(voter.value, int) else voter.value.hex()
    request.session[session_key(budget.pk)] = {"claim": voter.claim.name, "value": value}
    if not request.user.is_authenticated:
        request.session.set_expiry(0)  # somebody else may sit at this machine next
    request.session.cycle_key()


def forget_voter(request: HttpRequest, budget: Budget) -> None:
    if has_session(request):
        request.session.pop(session_key(budget.pk), None)
        request.session.cycle_key()


def person_of(request: HttpRequest) -> Person | None:
    return request.user if has_session(request) and request.user.is_authenticated else None


def voter_of(request: HttpRequest, box: BallotBox) -> Voter | None:
    """For casting, without a look at the roll. A code goes before an account: it was typed on purpose."""
    if voter := voter_by_proof(request, box.budget_id):
        return voter
    person = person_of(request)
    return Voter(Claim.ACCOUNT, person.pk) if person else None


def entry_for(request: HttpRequest, box: BallotBox) -> RollEntry | None:
    voter = voter_of(request, box)
    return entry_of_voter(box, voter) if voter else None
