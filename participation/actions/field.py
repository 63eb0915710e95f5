"""Proposals of people who write on paper: keyed by an officer, claimed later with the code of the letter."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction

from participation.actions.proposal_words import Answers, write_answers
from participation.actions.proposals import hand_in, locked_proposal, refuse
from participation.actions.records import log
from participation.ballot_box.receipts import as_typed
from participation.ballot_box.roll import new_code
from participation.eligibility import refusal_to_key_proposals
from participation.models import Budget, FieldEntry, Letter, Person, Proposal
from participation.refusals import ActionRefused, Refusal


@transaction.atomic
def key_proposal(
    *, actor: Person, budget: Budget, key: UUID, answers: Answers, name: str, address: str, workshop: str, at: datetime
) -> tuple[Proposal, str]:
    """Hands in what somebody wrote on paper, and gives the code with which they can claim it, to be shown once.

    The same `key` again makes no second proposal: it gives a new code, which takes the place of the one before.
    `name` and `address` are for letters and nobody sees them. Refused to whoever is no officer, before proposals are
    taken, and for what is incomplete; not after, for a stack of paper may be keyed some days later.
    """
    locked = Budget.objects.select_for_update(no_key=True).get(pk=budget.pk)
    refuse(refusal_to_key_proposals(actor, locked, at))
    if known := Proposal.objects.filter(uuid=key).first():
        return known, renewed_code(known, actor)
    only = list(locked.envelopes.all()[:2])
    envelope = only[0] if len(only) == 1 else None
    proposal = Proposal(uuid=key, budget=locked, created_at=at, saved_at=at, envelope=envelope)
    proposal.save()
    write_answers(proposal, answers, at)
    if not proposal.is_complete:
        raise ActionRefused(Refusal.INCOMPLETE)
    code = new_code()
    FieldEntry.objects.create(
        proposal=proposal, officer=actor, workshop=workshop, name=name, address=address, code_hash=hash_of(code)
    )
    hand_in(proposal, at)
    log(actor=actor, verb="key_proposal", subject=proposal, at=at, workshop=workshop)
    return proposal, code


def renewed_code(proposal: Proposal, officer: Person) -> str:
    """For the letter of a paper that this officer keyed and nobody claimed yet."""
    code = new_code()
    unclaimed = FieldEntry.objects.filter(proposal=proposal, officer=officer, code_hash__isnull=False)
    if not unclaimed.update(code_hash=hash_of(code)):
        raise ActionRefused(Refusal.DONE_ALREADY)
    return code


def hash_of(code: str) -> bytes:
    return hashlib.sha256(as_typed(code).encode()).digest()


@transaction.atomic
def claim_proposal(*, actor: Person, code: str, at: datetime) -> Proposal:
    """Makes whoever has the code the author. The name and address that were kept for letters are forgotten."""
    entry = FieldEntry.objects.select_for_update(of=("self",)).filter(code_hash=hash_of(code)).first()
    if entry is None:
        raise ActionRefused(Refusal.CLAIM_UNKNOWN)
    proposal = locked_proposal(entry.proposal)
    proposal.author = actor
    proposal.save(update_fields=["author"])
    entry.code_hash, entry.name, entry.address = None, "", ""
    entry.save(update_fields=["code_hash", "name", "address"])
    Letter.objects.waiting().filter(entry=entry).delete()
    log(actor=actor, verb="claim_proposal", subject=proposal, at=at)
    return proposal
