"""Open rolls: people enter themselves by declaring who they are; likely duplicates wait for somebody to look."""

import re
from datetime import date, datetime

from django.db import IntegrityError, transaction

from participation.actions.letters import give_code
from participation.actions.records import log
from participation.ballot_box.locks import box_lock
from participation.ballot_box.roll import is_old_enough, new_person_ref, open_envelopes
from participation.choices import DeclarationState, Proof
from participation.eligibility import refusal_to_declare, refusal_to_serve, refusal_to_settle
from participation.folding import folded
from participation.models import BallotBox, Budget, Declaration, District, Person, RollEntry
from participation.refusals import ActionRefused, Refusal


def declare(
    *, budget: Budget, person: Person, name: str, born: date, address: str, district: District | None, at: datetime
) -> Declaration:
    """Enters the person on the open rolls of a budget, or has the declaration wait where somebody like them is there.

    The person's e-mail address must be confirmed; whoever calls this knows whether it is.
    """
    return keep(budget, person, Proof.DECLARATION, at, name=name, born=born, address=address, district=district)[0]


def declare_at_desk(
    *, actor: Person, budget: Budget, name: str, born: date, address: str, district: District | None, at: datetime
) -> tuple[Declaration, str]:
    """As an officer enters somebody who shows who they are, with the personal code to hand out; none while it waits."""
    if refusal := refusal_to_serve(actor, budget, at):
        raise ActionRefused(refusal)
    declaration, entries = keep(
        budget, None, Proof.OFFICER, at, name=name, born=born, address=address, district=district
    )
    log(actor=actor, verb="declare_at_desk", subject=budget, at=at)
    return declaration, give_code(entries) if entries else ""


@transaction.atomic
def keep(
    budget: Budget,
    person: Person | None,
    proof: Proof,
    at: datetime,
    *,
    name: str,
    born: date,
    address: str,
    district: District | None,
) -> tuple[Declaration, list[RollEntry]]:
    Budget.objects.select_for_update().get(pk=budget.pk)
    boxes = list(budget.ballot_boxes.with_open_roll())
    old_enough = [box for box in boxes if is_old_enough(box, born)]
    if refusal := refusal_to_declare(boxes, old_enough, at):
        raise ActionRefused(refusal)
    declaration = Declaration(budget=budget, person=person, name=name, born=born, address=address, district=district)
    declaration.name_words, declaration.address_words = sorted_words(name)[:200], sorted_words(address)[:300]
    declaration.declared_on = at.date()
    like = Declaration.objects.likely_the_same(declaration).exists()
    declaration.state = DeclarationState.WAITING if like else DeclarationState.ACCEPTED
    try:
        with transaction.atomic():
            declaration.save()
    except IntegrityError:
        raise ActionRefused(Refusal.DECLARED_ALREADY) from None
    return declaration, [] if like else enter(declaration, old_enough, proof)


def sorted_words(text: str) -> str:
    """Words without case, accents and order, so that `Müller, Ann` and `ann muller` are likely the same."""
    return " ".join(sorted(re.findall(r"\w+", folded(text))))


def enter(declaration: Declaration, boxes: list[BallotBox], proof: Proof) -> list[RollEntry]:
    return [enter_box(declaration, box, proof) for box in boxes]


def enter_box(declaration: Declaration, box: BallotBox, proof: Proof) -> RollEntry:
    with box_lock(box.pk, alone=True):
        return RollEntry.objects.create(
            box=box,
            person_ref=new_person_ref(),
            account=declaration.person,
            district=declaration.district,
            envelopes=open_envelopes(box, list(box.envelopes.select_related("district")), declaration.district),
            proof=proof,
        )


@transaction.atomic
def accept_declaration(*, actor: Person, declaration: Declaration, at: datetime) -> tuple[Declaration, str]:
    """Not the same person as the others: the person is entered; with a personal code where there is no account."""
    own = waiting_one(declaration)
    own.state = DeclarationState.ACCEPTED
    own.save(update_fields=["state"])
    boxes = [box for box in own.budget.ballot_boxes.with_open_roll() if is_old_enough(box, own.born)]
    proof = Proof.DECLARATION if own.person else Proof.OFFICER
    entries = enter(own, boxes, proof)
    log(actor=actor, verb="accept_declaration", subject=own.budget, at=at)
    return own, give_code(entries) if entries and own.person is None else ""


@transaction.atomic
def refuse_declaration(*, actor: Person, declaration: Declaration, reason: str, at: datetime) -> Declaration:
    """The same person as another, or nobody who may vote: the reason is shown to them."""
    own = waiting_one(declaration)
    own.state, own.reason = DeclarationState.REFUSED, reason
    own.save(update_fields=["state", "reason"])
    log(actor=actor, verb="refuse_declaration", subject=own.budget, at=at)
    return own


def waiting_one(declaration: Declaration) -> Declaration:
    waiting = Declaration.objects.select_for_update(of=("self",)).select_related("budget", "person")
    own: Declaration = waiting.get(pk=declaration.pk)
    if refusal := refusal_to_settle(own):
        raise ActionRefused(refusal)
    return own
