"""The roll: who may vote in a box, and by what an entry is proven to be a person's.

An entry is bound to the first account or code that proves it. Every change takes the box's lock, briefly.
"""

import secrets
from datetime import date

from django.db.models import Q

from participation.ballot_box import keys
from participation.ballot_box.casting import Claim, Voter
from participation.ballot_box.locks import box_lock
from participation.ballot_box.receipts import ALPHABET, as_typed, is_whole, with_check
from participation.choices import Proof
from participation.models import BallotBox, Budget, District, Envelope, Person, RollEntry
from participation.refusals import ActionRefused, Refusal

CODE_LENGTH = 15
# An officer who enters somebody hands out a code.
ENTERS = {Proof.CODE: (Proof.NONE, Proof.CODE, Proof.OFFICER), Proof.CENSUS: (Proof.NONE, Proof.CENSUS)}


def new_person_ref() -> bytes:
    return secrets.token_bytes(16)


def is_old_enough(box: BallotBox, born: date | None) -> bool:
    """Whether somebody has the minimum age of the box on its day."""
    if not box.minimum_age or not box.age_on:
        return True
    assert born is not None
    birthday_has_been = (box.age_on.month, box.age_on.day) >= (born.month, born.day)
    return box.age_on.year - born.year - (not birthday_has_been) >= box.minimum_age


def open_envelopes(box: BallotBox, envelopes: list[Envelope], district: District | None) -> list[str]:
    """The addresses of those of the whole town and of the person's own district; with a free choice, of all."""
    is_free = box.most_envelopes is not None
    return [one.slug for one in envelopes if is_free or one.district is None or one.district == district]


def new_code() -> str:
    """15 random characters and a check character, without groups."""
    return with_check("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)))


def hash_of_typed(code: str) -> bytes:
    """Of a code as somebody typed it. Refused where it cannot be one, before anything is looked up."""
    typed = as_typed(code)
    if len(typed) != CODE_LENGTH + 1 or not is_whole(typed):
        raise ActionRefused(Refusal.CODE_UNKNOWN)
    return keys.code_hash(typed)


def bind_by_claim(box: BallotBox, person: Person, register_id: str) -> RollEntry | None:
    """Binds the entry with the register's number that an identity provider states to the account, once."""
    unbound = RollEntry.objects.filter(box=box, barred="", proof=Proof.NONE, register_id=register_id)
    if register_id and entry_of(box, person) is None and unbound.exists():
        with box_lock(box.pk, alone=True):
            unbound.update(account=person, proof=Proof.CLAIM)
    return entry_of(box, person)


def entry_of_voter(box: BallotBox, voter: Voter) -> RollEntry | None:
    """As casting finds it; a barred entry only where there is no other."""
    return RollEntry.objects.filter(box=box, **{voter.claim.value: voter.value}).order_by("barred").first()


def entry_of(box: BallotBox, person: Person) -> RollEntry | None:
    return entry_of_voter(box, Voter(Claim.ACCOUNT, person.pk))


def bind_by_address(box: BallotBox, person: Person, email: str) -> RollEntry | None:
    """Binds the entry that names this confirmed e-mail address to the account, once."""
    if bound := entry_of(box, person):
        return bound
    unbound = Q(box=box, barred="", proof=Proof.NONE, account_email_hash=keys.address_hash(email))
    if not RollEntry.objects.filter(unbound).exists():
        return None
    with box_lock(box.pk, alone=True):
        RollEntry.objects.filter(unbound).update(account=person, proof=Proof.ACCOUNT)
    return entry_of(box, person)


def enter_by_code(boxes: list[BallotBox], code: str) -> Voter:
    """Who has a personal code, which then is the proof of their entries. A new code ends what the old one began."""
    return enter(boxes, Proof.CODE, Voter(Claim.CODE, hash_of_typed(code)))


def asks_for_document(budget: Budget) -> bool:
    """Whether the roll of the budget knows anybody by a document."""
    return RollEntry.objects.filter(box__budget=budget, census_hash__isnull=False).exists()


def enter_by_census(boxes: list[BallotBox], document: str, born: str) -> Voter:
    return enter(boxes, Proof.CENSUS, Voter(Claim.CENSUS, keys.census_hash(document, born)))


def enter(boxes: list[BallotBox], proof: Proof, voter: Voter) -> Voter:
    entries = list(RollEntry.objects.filter(box__in=boxes, barred="", **{voter.claim.value: voter.value}))
    if not entries:
        raise ActionRefused(Refusal.CODE_UNKNOWN)
    for entry in entries:
        if entry.proof not in ENTERS[proof]:
            raise ActionRefused(Refusal.BOUND_OTHERWISE)
        if entry.proof == Proof.NONE:
            with box_lock(entry.box_id, alone=True):
                RollEntry.objects.filter(pk=entry.pk, proof=Proof.NONE).update(proof=proof)
    return voter


def mark_paper(entry: RollEntry) -> bool:
    """When the paper goes into the urn; false if it was marked already.

    Whether there is a ballot already is neither asked nor told.
    """
    with box_lock(entry.box_id, alone=True):
        RollEntry.objects.filter(pk=entry.pk, proof=Proof.NONE).update(proof=Proof.OFFICER)
        return bool(RollEntry.objects.filter(pk=entry.pk, paper=False).update(paper=True))


def bind_at_desk(entry: RollEntry) -> None:
    """Somebody shows at the desk who they are: whatever proved it before proves it no longer."""
    with box_lock(entry.box_id, alone=True):
        RollEntry.objects.filter(pk=entry.pk).update(
            proof=Proof.OFFICER, account=None, code_hash=None, census_hash=None, account_email_hash=None
        )


def bar(entry: RollEntry, reason: str) -> None:
    with box_lock(entry.box_id, alone=True):
        RollEntry.objects.filter(pk=entry.pk).update(barred=reason)
