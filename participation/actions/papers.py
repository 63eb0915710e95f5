"""Papers: marked at the desk, keyed twice by two people, signed when both agree."""

import re
from datetime import datetime
from typing import Any

from django.db import models, transaction

from participation.actions.records import log
from participation.ballot_box import roll
from participation.ballot_box.locks import box_lock
from participation.ballot_box.rules import FrozenRules, read_rules
from participation.ballot_box.validation import Fault, InvalidBallot, content_of
from participation.counting.election import POINTS_TYPES, VoteType
from participation.eligibility import (
    box_at,
    pass_of,
    refusal_to_count_at,
    refusal_to_key,
    refusal_to_mark,
    refusal_to_serve,
    refusal_to_sign,
    refusal_to_vote,
)
from participation.models import KeyedPaper, PaperBatch, PaperCount, Person, RollEntry, Station
from participation.refusals import ActionRefused

TYPED = re.compile(r"(\d{1,9})(?::(\d{1,6}))?")


def mark_voted_on_paper(*, actor: Person, entry: RollEntry, at: datetime, station: Station | None = None) -> None:
    """When the paper goes into the urn: from then on no ballot of this entry is taken online.

    The mark counts for the station of the officer's pass; who marks without one says the `station`. The log names the
    box and the officer, never the voter.
    """
    budget = entry.box.budget
    own = pass_of(actor, budget, at)
    where = own.station if own else station
    if refusal := refusal_to_serve(actor, budget, at) or refusal_to_mark(entry) or refusal_to_count_at(where, budget):
        raise ActionRefused(refusal)
    with box_lock(entry.box_id, alone=True):
        if roll.mark_paper(entry):
            count, _ = PaperCount.objects.get_or_create(station=where, box=entry.box)
            PaperCount.objects.filter(pk=count.pk).update(marks=models.F("marks") + 1)
        log(actor=actor, verb="mark_paper", subject=entry.box, at=at)


def open_ballot_at_desk(*, actor: Person, entry: RollEntry, at: datetime) -> None:
    """Before an officer and a voter fill in a ballot together. The log names the box and the officer alone."""
    serves = refusal_to_serve(actor, entry.box.budget, at)
    if refusal := serves or refusal_to_mark(entry) or refusal_to_vote(box_at(entry.box, at)):
        raise ActionRefused(refusal)
    roll.bind_at_desk(entry)
    log(actor=actor, verb="open_ballot_at_desk", subject=entry.box, at=at)


def bar_entry(*, actor: Person | None, entry: RollEntry, reason: str, at: datetime) -> None:
    """Takes somebody off the vote, with the reason; a ballot they cast is set aside at closing."""
    if refusal := refusal_to_mark(entry):
        raise ActionRefused(refusal)
    roll.bar(entry, reason)
    log(actor=actor, verb="bar", subject=entry.box, at=at)


@transaction.atomic
def key_paper(*, actor: Person, batch: PaperBatch, is_second: bool, typed: str, at: datetime) -> KeyedPaper:
    """The next paper of a batch as one person reads it: numbers as on the paper, with points `3:2 5:1`.

    Raises InvalidBallot for what the rules do not allow: such a paper is spoilt, and is counted as that by its station.
    """
    batch = locked(batch)
    keyed_by = batch.second_keyed_by if is_second else batch.first_keyed_by
    other = batch.first_keyed_by if is_second else batch.second_keyed_by
    done = KeyedPaper.objects.filter(batch=batch, is_second=is_second).count()
    if refusal := refusal_to_key(batch, actor, keyed_by, other, done):
        raise ActionRefused(refusal)
    content = content_of(ballot_of(typed, read_rules(batch.box.rules)), read_rules(batch.box.rules), None)
    if keyed_by is None:
        setattr(batch, "second_keyed_by" if is_second else "first_keyed_by", actor)
        batch.save(update_fields=["first_keyed_by", "second_keyed_by"])
    return KeyedPaper.objects.create(batch=batch, is_second=is_second, number=done + 1, content=content)


def locked(batch: PaperBatch) -> PaperBatch:
    batches = PaperBatch.objects.select_for_update(of=("self",)).select_related(
        "box", "first_keyed_by", "second_keyed_by"
    )
    return batches.get(pk=batch.pk)


def ballot_of(typed: str, rules: FrozenRules) -> dict[str, Any]:
    """The ballot that was typed; each project belongs to the envelope that holds its number."""
    envelope_of = {number: one.slug for one in rules.envelopes.values() for number in one.costs}
    envelopes: dict[str, dict[str, list[int]]] = {}
    for word in typed.replace(",", " ").split():
        found = TYPED.fullmatch(word)
        if found is None or int(found[1]) not in envelope_of:
            raise InvalidBallot(Fault.UNKNOWN_PROJECT)
        part = envelopes.setdefault(envelope_of[int(found[1])], {"projects": []})
        part["projects"].append(int(found[1]))
        if rules.vote_type in POINTS_TYPES and rules.vote_type is not VoteType.ORDINAL:
            part.setdefault("points", []).append(int(found[2] or 0))
    return {"envelopes": envelopes}


def differences(batch: PaperBatch) -> list[tuple[int, str, str]]:
    """Number and both readings of each paper on which the two people do not agree."""
    papers: dict[int, dict[bool, str]] = {}
    for paper in KeyedPaper.objects.filter(batch=batch):
        papers.setdefault(paper.number, {})[paper.is_second] = paper.content
    return [
        (number, read.get(False, ""), read.get(True, ""))
        for number, read in sorted(papers.items())
        if read.get(False) != read.get(True)
    ]


@transaction.atomic
def take_back_paper(*, actor: Person, paper: KeyedPaper, typed: str, at: datetime) -> KeyedPaper:
    """Settles a difference: whoever keyed the paper keys it again."""
    batch = locked(paper.batch)
    keyed_by = batch.second_keyed_by if paper.is_second else batch.first_keyed_by
    if refusal := refusal_to_key(batch, actor, keyed_by, None, 0):
        raise ActionRefused(refusal)
    rules = read_rules(batch.box.rules)
    paper.content = content_of(ballot_of(typed, rules), rules, None)
    paper.save(update_fields=["content"])
    log(actor=actor, verb="rekey_paper", subject=batch.box, at=at, batch=batch.number, paper=paper.number)
    return paper


@transaction.atomic
def sign_batch(*, actor: Person, batch: PaperBatch, at: datetime) -> PaperBatch:
    """Ends a batch whose two readings are whole and the same."""
    batch = locked(batch)
    counts = [KeyedPaper.objects.filter(batch=batch, is_second=second).count() for second in (False, True)]
    if refusal := refusal_to_sign(batch, counts, differ=bool(differences(batch))):
        raise ActionRefused(refusal)
    batch.signed_at = at
    batch.save(update_fields=["signed_at"])
    log(actor=actor, verb="sign_batch", subject=batch.box, at=at, batch=batch.number)
    return batch
