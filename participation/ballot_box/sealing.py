"""Sealing: participation goes into the roll, ballots into the final tables in random order, the old ones are destroyed.

In two steps, each of which can be interrupted anywhere and run again: `prepare` is one transaction, `destroy` checks
what it wrote before it destroys. The audit event `sealed` stands for a finished first step.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models, transaction

from participation.ballot_box import audit, keys
from participation.ballot_box.final_copy import BATCH, FinalBallots, auditor_writer, receipts_text, write_receipts
from participation.ballot_box.locks import box_lock
from participation.ballot_box.receipts import receipt_of
from participation.ballot_box.rules import read_rules
from participation.ballot_box.turnout import Group, together, told_in_groups
from participation.ballot_box.validation import InvalidBallot, content_of
from participation.choices import BoxState, Channel, Proof
from participation.models import Ballot, BallotBox, CountedBallot, KeyedPaper, PublishedReceipt, RollEntry

T = TypeVar("T")
OTHERS = "SELECT * FROM participation_ballot WHERE box_id <> {box} ORDER BY random()"


class SealingStopped(Exception):
    """Something does not fit: nothing was changed, and people must look. The message is one sentence."""


@dataclass(frozen=True)
class Matched:
    """Which entries took part, and which ballots do not count: `set_aside` holds their receipts.

    Without the key, `is_proven` is false: only who voted on paper is known to have taken part.
    """

    participants: list[int]
    set_aside: frozenset[bytes]
    is_proven: bool = True


@dataclass
class Sealed:
    """What was sealed, counted while it is written."""

    receipts: int = 0
    digest: Any = field(default_factory=hashlib.sha256)
    channels: Counter[str] = field(default_factory=Counter)

    def add(self, ballots: list[Ballot]) -> None:
        self.receipts += len(ballots)
        self.digest.update(receipts_text(bytes(ballot.receipt) for ballot in ballots).encode())
        self.channels.update(ballot.channel for ballot in ballots)


def is_prepared(box: BallotBox) -> bool:
    return audit.act(box, "sealed") is not None


def prepare(box: BallotBox, at: datetime, backups: str = "") -> None:
    """Raises SealingStopped where a ballot matches no entry, breaks a rule, or does not fit its receipt.

    The ballots are read in the order of their receipts, which is random, some thousand at a time.
    """
    with box_lock(box.pk, alone=True):
        if is_prepared(box):
            return
        matched, sealed, final = unproven(box) if box.key_lost else match(box), Sealed(), FinalBallots(box)
        note_participation(box, matched)
        with auditor_writer(box) as auditor:
            for ballots in batched(counting(box, matched.set_aside), BATCH):
                for ballot in ballots:
                    check(box, ballot)
                    final.add(ballot.content, ballot.channel)
                write_receipts(box, ballots)
                auditor.write(ballots)
                sealed.add(ballots)
        for content in papers(box):
            final.add(content, Channel.PAPER.value)
        final.write()
        audit.record(box, "sealed", at, backups=backups, auditor_sha256=auditor.sha256, **facts(box, matched, sealed))


def match(box: BallotBox) -> Matched:
    """In order of `person_ref`, which is random: nothing follows the order in which people came."""
    key = keys.box_key(box.uuid, box.key_check)
    participants: list[int] = []
    set_aside: set[bytes] = set()
    found = 0
    columns = ("pk", "person_ref", "paper", "barred")
    for entries in batched(roll_of(box).values_list(*columns).iterator(BATCH), BATCH):
        voter_keys = [keys.voter_key(key, box.uuid, bytes(person_ref)) for _, person_ref, _, _ in entries]
        receipts = receipts_by_voter(box, voter_keys)
        found += len(receipts)
        for (pk, _, paper, barred), voter_key in zip(entries, voter_keys, strict=True):
            receipt = receipts.get(voter_key)
            if receipt and (paper or barred):
                set_aside.add(receipt)
            if not barred and (paper or receipt):
                participants.append(pk)
    if strangers := Ballot.objects.filter(box=box).count() - found:
        raise SealingStopped(f"{strangers} ballots match no entry of the roll.")
    return Matched(participants, frozenset(set_aside))


def unproven(box: BallotBox) -> Matched:
    marked = roll_of(box).filter(paper=True, barred="")
    return Matched(list(marked.values_list("pk", flat=True)), frozenset(), is_proven=False)


def receipts_by_voter(box: BallotBox, voter_keys: list[bytes]) -> dict[bytes, bytes]:
    found = Ballot.objects.filter(box=box, voter_key__in=voter_keys).values_list("voter_key", "receipt")
    return {bytes(voter_key): bytes(receipt) for voter_key, receipt in found}


def batched(things: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(things)
    while batch := list(islice(iterator, size)):
        yield batch


def roll_of(box: BallotBox) -> models.QuerySet[RollEntry]:
    return RollEntry.objects.filter(box=box).order_by("person_ref")


def counting(box: BallotBox, set_aside: frozenset[bytes]) -> Iterator[Ballot]:
    ballots = Ballot.objects.filter(box=box).order_by("receipt").iterator(BATCH)
    return (ballot for ballot in ballots if bytes(ballot.receipt) not in set_aside)


def papers(box: BallotBox) -> Iterator[str]:
    keyed = KeyedPaper.objects.filter(batch__box=box, is_second=False)
    return keyed.values_list("content", flat=True).iterator(BATCH)


def check(box: BallotBox, ballot: Ballot) -> None:
    """Every ballot still keeps the frozen rules, and its receipt is that of its content."""
    if receipt_of(box.uuid, box.rules_sha256, bytes(ballot.nonce), ballot.content) != bytes(ballot.receipt):
        raise SealingStopped("A ballot does not fit its receipt: its content was changed.")
    try:
        content_of({"envelopes": json.loads(ballot.content)}, read_rules(box.rules), None)
    except (InvalidBallot, ValueError):
        raise SealingStopped("A ballot breaks the rules it was cast under.") from None


def note_participation(box: BallotBox, matched: Matched) -> None:
    if matched.is_proven:
        RollEntry.objects.filter(box=box).update(took_part=False)
    for some in batched(matched.participants, BATCH):
        RollEntry.objects.filter(pk__in=some).update(took_part=True)


def facts(box: BallotBox, matched: Matched, sealed: Sealed) -> dict[str, object]:
    on_paper = len(matched.participants) - (sealed.receipts if matched.is_proven else 0)
    people = sealed.receipts + on_paper
    return {
        "receipts": sealed.receipts,
        "receipts_sha256": sealed.digest.hexdigest(),
        "ballots": {
            envelope.slug: CountedBallot.objects.filter(envelope=envelope).count() for envelope in box.envelopes.all()
        },
        "participants": people,
        "set_aside": len(matched.set_aside),
        "proofs": proofs(box) if matched.is_proven else {Proof.NONE.value: people},
        "districts": [as_json(group) for group in districts_told(box, people, matched.is_proven)],
        "channels": [as_json(group) for group in told_in_groups(channels(on_paper, sealed))],
    }


def proofs(box: BallotBox) -> dict[str, int]:
    taking_part = RollEntry.objects.filter(box=box, took_part=True).order_by()
    counts = taking_part.values_list("proof").annotate(entries=models.Count("pk"))
    return {Proof(proof).value: entries for proof, entries in sorted(counts)}


def districts(box: BallotBox) -> list[Group]:
    """People on the roll by district of residence; an empty name where the roll knows none."""
    took_part = models.Count("pk", filter=models.Q(took_part=True))
    known = RollEntry.objects.filter(box=box, barred="").order_by().values("district__name")
    return [
        Group((cell["district__name"] or "",), cell["entries"], cell["participants"])
        for cell in known.annotate(entries=models.Count("pk"), participants=took_part)
    ]


def districts_told(box: BallotBox, people: int, is_proven: bool) -> list[Group]:
    """As one where nobody knows who of them took part."""
    known = districts(box)
    if is_proven or not known:
        return told_in_groups(known)
    whole = together(known)
    return [replace(whole, participants=people)]


def channels(on_paper: int, sealed: Sealed) -> Iterator[Group]:
    for channel, participants in (sealed.channels + Counter({Channel.PAPER.value: on_paper})).items():
        yield Group((channel,), 0, participants)


def as_json(group: Group) -> dict[str, object]:
    return {"names": list(group.names), "entries": group.entries, "participants": group.participants}


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def destroy(box: BallotBox) -> None:
    """Checks the final copy, destroys the ballots and every key of this machine, and marks the box as sealed."""
    sealing = audit.act(box, "sealed")
    assert sealing is not None
    event = sealing["details"]
    stored = [bytes(one) for one in PublishedReceipt.objects.filter(box=box).values_list("receipt", flat=True)]
    if text_hash(receipts_text(sorted(stored))) != event["receipts_sha256"]:
        raise SealingStopped("The copied receipts are not those that were sealed.")
    for slug, ballots in event["ballots"].items():
        if CountedBallot.objects.filter(envelope__ballot_box=box, envelope__slug=slug).count() != ballots:
            raise SealingStopped(f"The copied ballots of {slug} are not as many as were sealed.")
    rewrite_ballots(box)
    keys.destroy_box_key(box.uuid)
    BallotBox.objects.filter(pk=box.pk, state=BoxState.RECONCILED).update(state=BoxState.SEALED)


def rewrite_ballots(box: BallotBox) -> None:
    """The table without this box's ballots, in new files: deleting alone leaves the old rows on the disk."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE participation_ballot IN ACCESS EXCLUSIVE MODE")
            cursor.execute("CREATE TEMPORARY TABLE others ON COMMIT DROP AS " + OTHERS.format(box=int(box.pk)))
            cursor.execute("TRUNCATE participation_ballot")
            cursor.execute("INSERT INTO participation_ballot SELECT * FROM others")
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("DELETE FROM participation_ballot WHERE box_id = %s", [box.pk])
        if not connection.in_atomic_block:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("VACUUM")
