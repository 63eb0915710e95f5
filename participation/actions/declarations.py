"""Open rolls: people enter themselves by declaring who they are; likely duplicates wait for somebody to look."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from participation.actions.declaration_proofs import proof_made_anew
from participation.actions.letters import give_code
from participation.actions.records import log
from participation.ballot_box.locks import box_lock
from participation.ballot_box.roll import is_old_enough, new_person_ref, open_envelopes
from participation.choices import DeclarationState, Proof
from participation.eligibility import refusal_to_declare, refusal_to_serve, refusal_to_settle
from participation.folding import sorted_words
from participation.models import BallotBox, Budget, Declaration, DeclarationProof, District, Person, RollEntry
from participation.refusals import ActionRefused, Refusal


def declare(
    *,
    budget: Budget,
    person: Person,
    name: str,
    born: date,
    address: str,
    district: District | None,
    at: datetime,
    scan: bytes = b"",
) -> Declaration:
    """Enters the person on the open rolls of a budget, or has the declaration wait for somebody to look at it.

    It waits where somebody like them is there, and where a vote asks for a proof, of which `scan` is a photo or a PDF;
    elsewhere no scan is kept. The person's e-mail address must be confirmed; whoever calls this knows whether it is.
    """
    shown = proof_made_anew(scan) if budget.ballot_boxes.asking_for_proof().exists() else None
    words = {"name": name, "born": born, "address": address, "district": district}
    return keep(budget, person, Proof.DECLARATION, at, shown, **words)[0]


def declare_at_desk(
    *, actor: Person, budget: Budget, name: str, born: date, address: str, district: District | None, at: datetime
) -> tuple[Declaration, str]:
    """As an officer enters somebody who shows who they are, with the personal code to hand out; none while it waits."""
    if refusal := refusal_to_serve(actor, budget, at):
        raise ActionRefused(refusal)
    words = {"name": name, "born": born, "address": address, "district": district}
    declaration, entries = keep(budget, None, Proof.OFFICER, at, None, **words)
    log(actor=actor, verb="declare_at_desk", subject=budget, at=at)
    return declaration, give_code(entries) if entries else ""


@transaction.atomic
def keep(
    budget: Budget,
    person: Person | None,
    proof: Proof,
    at: datetime,
    shown: DeclarationProof | None,
    **words: Any,
) -> tuple[Declaration, list[RollEntry]]:
    """`words` are those of the declaration, `shown` a proof that waits with it."""
    Budget.objects.select_for_update().get(pk=budget.pk)
    boxes = list(budget.ballot_boxes.with_open_roll())
    old_enough = [box for box in boxes if is_old_enough(box, words["born"])]
    refused = Declaration.objects.of_person(budget, person).refused().count() if person else 0
    if refusal := refusal_to_declare(boxes, old_enough, refused, at):
        raise ActionRefused(refusal)
    declaration = Declaration(budget=budget, person=person, declared_on=at.date(), **words)
    declaration.name_words = sorted_words(declaration.name)[:200]
    declaration.address_words = sorted_words(declaration.address)[:300]
    waits = shown is not None or Declaration.objects.likely_the_same(declaration).exists()
    declaration.state = DeclarationState.WAITING if waits else DeclarationState.ACCEPTED
    store(declaration, shown)
    return declaration, [] if waits else enter(declaration, old_enough, proof)


def store(declaration: Declaration, shown: DeclarationProof | None) -> None:
    try:
        with transaction.atomic():
            declaration.save()
    except IntegrityError:
        raise ActionRefused(Refusal.DECLARED_ALREADY) from None
    if shown:
        shown.declaration = declaration
        shown.save(force_insert=True)


def enter(declaration: Declaration, boxes: list[BallotBox], proof: Proof) -> list[RollEntry]:
    return [enter_box(declaration, box, proof) for box in boxes]


def enter_box(declaration: Declaration, box: BallotBox, proof: Proof) -> RollEntry:
    with box_lock(box.pk, alone=True):
        return RollEntry.objects.create(
            box=box,
            person_ref=new_person_ref(),
            account=declaration.person,
            declaration=declaration,
            district=declaration.district,
            envelopes=open_envelopes(box, list(box.envelopes.select_related("district")), declaration.district),
            proof=proof,
        )


@transaction.atomic
def accept_declaration(*, actor: Person, declaration: Declaration, at: datetime) -> tuple[Declaration, str]:
    """Not the same person as the others, and their proof is good: they are entered; with a code where there is no
    account. The proof is deleted."""
    own = waiting_one(declaration)
    proof = proof_of(own)
    own.state = DeclarationState.ACCEPTED
    own.save(update_fields=["state"])
    forget_proof(own)
    boxes = [box for box in own.budget.ballot_boxes.with_open_roll() if is_old_enough(box, own.born)]
    entries = enter(own, boxes, proof)
    log(actor=actor, verb="accept_declaration", subject=own.budget, at=at)
    return own, give_code(entries) if entries and own.person is None else ""


@transaction.atomic
def refuse_declaration(*, actor: Person, declaration: Declaration, reason: str, at: datetime) -> Declaration:
    """The same person as another, or nobody who may vote: the reason is shown to them. The proof is deleted."""
    own = waiting_one(declaration)
    own.state, own.reason = DeclarationState.REFUSED, reason
    own.save(update_fields=["state", "reason"])
    forget_proof(own)
    log(actor=actor, verb="refuse_declaration", subject=own.budget, at=at)
    return own


def proof_of(declaration: Declaration) -> Proof:
    """By what an entry rests on somebody's decision about it."""
    if declaration.has_proof:
        return Proof.DOCUMENT
    return Proof.DECLARATION if declaration.person else Proof.OFFICER


def forget_proof(declaration: Declaration) -> None:
    DeclarationProof.objects.filter(declaration=declaration).delete()


def waiting_one(declaration: Declaration) -> Declaration:
    waiting = Declaration.objects.knowing_proof().select_for_update(of=("self",)).select_related("budget", "person")
    own: Declaration = waiting.get(pk=declaration.pk)
    if refusal := refusal_to_settle(own):
        raise ActionRefused(refusal)
    return own
