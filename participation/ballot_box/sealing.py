"""Sealing: participation goes into the roll, ballots into the final tables in random order, the old ones are destroyed.

In two steps, each of which can be interrupted anywhere and run again: `prepare` is one transaction, `destroy` checks
what it wrote before it destroys. The audit event `sealed` stands for a finished first step.
"""

import hashlib
import json
import os
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, models, transaction
from nacl.public import PublicKey, SealedBox

from participation.ballot_box import audit, keys
from participation.ballot_box.canonical import canonical
from participation.ballot_box.locks import box_lock
from participation.ballot_box.receipts import code_of, receipt_of
from participation.ballot_box.rules import read_rules
from participation.ballot_box.turnout import Group, told_in_groups
from participation.ballot_box.validation import InvalidBallot, content_of
from participation.choices import BoxState, Channel, Proof
from participation.models import AuditEvent, Ballot, BallotBox, CountedBallot, KeyedPaper, PublishedReceipt, RollEntry

BATCH = 5_000
OTHERS = "SELECT * FROM participation_ballot WHERE box_id <> {box} ORDER BY random()"


class SealingStopped(Exception):
    """Something does not fit: nothing was changed, and people must look. The message is one sentence."""


@dataclass(frozen=True)
class Matched:
    """Which ballots count, and which entries took part."""

    counting: list[Ballot]
    participants: list[int]
    set_aside: int


def is_prepared(box: BallotBox) -> bool:
    return AuditEvent.objects.filter(box=box, body__contains='"kind":"sealed"').exists()


def prepare(box: BallotBox, at: datetime) -> None:
    """Raises SealingStopped where a ballot matches no entry, breaks a rule, or does not fit its receipt."""
    with box_lock(box.pk, alone=True):
        if is_prepared(box):
            return
        matched = match(box)
        for ballot in matched.counting:
            check(box, ballot)
        note_participation(box, matched.participants)
        write_final_ballots(box, matched.counting)
        auditor_sha256 = write_auditor_file(box, matched.counting)
        receipts = sorted(bytes(ballot.receipt) for ballot in matched.counting)
        write_receipts(box, receipts)
        audit.record(box, "sealed", at, auditor_sha256=auditor_sha256, **facts(box, matched, receipts))


def match(box: BallotBox) -> Matched:
    """In order of `person_ref`, which is random: nothing follows the order in which people came."""
    key = keys.box_key(box.uuid, box.key_check)
    ballots = {bytes(ballot.voter_key): ballot for ballot in Ballot.objects.filter(box=box).iterator(BATCH)}
    counting, participants, set_aside = [], [], 0
    columns = ("pk", "person_ref", "paper", "barred")
    for pk, person_ref, paper, barred in entries(box).values_list(*columns).iterator(BATCH):
        ballot = ballots.pop(keys.voter_key(key, box.uuid, bytes(person_ref)), None)
        if ballot is not None and (paper or barred):
            set_aside += 1
        elif ballot is not None:
            counting.append(ballot)
        if not barred and (paper or ballot is not None):
            participants.append(pk)
    if ballots:
        raise SealingStopped(f"{len(ballots)} ballots match no entry of the roll.")
    return Matched(counting, participants, set_aside)


def entries(box: BallotBox) -> models.QuerySet[RollEntry]:
    return RollEntry.objects.filter(box=box).order_by("person_ref")


def check(box: BallotBox, ballot: Ballot) -> None:
    """Every ballot still keeps the frozen rules, and its receipt is that of its content."""
    if receipt_of(box.uuid, box.rules_sha256, bytes(ballot.nonce), ballot.content) != bytes(ballot.receipt):
        raise SealingStopped("A ballot does not fit its receipt: its content was changed.")
    try:
        content_of({"envelopes": json.loads(ballot.content)}, read_rules(box.rules), None)
    except (InvalidBallot, ValueError):
        raise SealingStopped("A ballot breaks the rules it was cast under.") from None


def note_participation(box: BallotBox, participants: list[int]) -> None:
    RollEntry.objects.filter(box=box).update(took_part=False)
    for start in range(0, len(participants), BATCH):
        RollEntry.objects.filter(pk__in=participants[start : start + BATCH]).update(took_part=True)


def write_final_ballots(box: BallotBox, online: list[Ballot]) -> None:
    """Each envelope's own list, shuffled and numbered on its own, so that no number joins two envelopes."""
    envelopes = {envelope.slug: envelope for envelope in box.envelopes.all()}
    parts: dict[str, list[tuple[str, str]]] = {slug: [] for slug in envelopes}
    for content, channel in all_contents(box, online):
        for slug, part in json.loads(content).items():
            parts[slug].append((json.dumps(part, sort_keys=True, separators=(",", ":")), channel))
    for slug, rows in parts.items():
        secrets.SystemRandom().shuffle(rows)
        CountedBallot.objects.bulk_create(
            (
                CountedBallot(envelope=envelopes[slug], number=number, content=content, channel=channel)
                for number, (content, channel) in enumerate(rows, start=1)
            ),
            batch_size=BATCH,
        )


def all_contents(box: BallotBox, online: list[Ballot]) -> Iterator[tuple[str, str]]:
    for ballot in online:
        yield ballot.content, ballot.channel
    papers = KeyedPaper.objects.filter(batch__box=box, is_second=False)
    for content in papers.values_list("content", flat=True).iterator(BATCH):
        yield content, Channel.PAPER.value


def auditor_file(box: BallotBox) -> Path:
    return Path(settings.BUNDLE_DIR) / f"{box.uuid}.auditor"


def write_auditor_file(box: BallotBox, online: list[Ballot]) -> str:
    """Receipt, nonce and content of each ballot for the auditor's eyes alone; the hash of the file, if there is one.

    Parts of some thousand lines of JSON, each sealed to the auditor's key and preceded by its length in four bytes.
    """
    if not box.auditor_key:
        return ""
    seal = SealedBox(PublicKey(bytes.fromhex(box.auditor_key)))
    digest, path = hashlib.sha256(), auditor_file(box)
    path.parent.mkdir(parents=True, exist_ok=True)
    in_order = sorted(online, key=lambda ballot: bytes(ballot.receipt))
    with path.open("wb") as file:
        for start in range(0, len(in_order), BATCH):
            part = seal.encrypt("".join(map(auditor_line, in_order[start : start + BATCH])).encode())
            written = len(part).to_bytes(4, "big") + part
            file.write(written)
            digest.update(written)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def auditor_line(ballot: Ballot) -> str:
    values = {"receipt": bytes(ballot.receipt).hex(), "nonce": bytes(ballot.nonce).hex(), "content": ballot.content}
    return canonical(values) + "\n"


def write_receipts(box: BallotBox, receipts: list[bytes]) -> None:
    """In the order of the receipts themselves, which are random."""
    PublishedReceipt.objects.bulk_create(
        (PublishedReceipt(box=box, receipt=receipt, code=code_of(receipt)) for receipt in receipts), batch_size=BATCH
    )


def receipts_text(receipts: list[bytes]) -> str:
    return "".join(f"{receipt.hex()}\n" for receipt in receipts)


def facts(box: BallotBox, matched: Matched, receipts: list[bytes]) -> dict[str, object]:
    taking_part = RollEntry.objects.filter(box=box, took_part=True).order_by()
    proofs = taking_part.values_list("proof").annotate(entries=models.Count("pk"))
    return {
        "receipts": len(receipts),
        "receipts_sha256": text_hash(receipts_text(receipts)),
        "ballots": {
            envelope.slug: CountedBallot.objects.filter(envelope=envelope).count() for envelope in box.envelopes.all()
        },
        "participants": len(matched.participants),
        "set_aside": matched.set_aside,
        "proofs": {Proof(proof).value: entries for proof, entries in sorted(proofs)},
        "districts": [as_json(group) for group in told_in_groups(districts(box))],
        "channels": [as_json(group) for group in told_in_groups(channels(matched))],
    }


def districts(box: BallotBox) -> Iterator[Group]:
    """People on the roll by district of residence; an empty name where the roll knows none."""
    took_part = models.Count("pk", filter=models.Q(took_part=True))
    known = RollEntry.objects.filter(box=box, barred="").order_by().values("district__name")
    for cell in known.annotate(entries=models.Count("pk"), participants=took_part):
        yield Group((cell["district__name"] or "",), cell["entries"], cell["participants"])


def channels(matched: Matched) -> Iterator[Group]:
    online = Counter(ballot.channel for ballot in matched.counting)
    papers = len(matched.participants) - len(matched.counting)
    for channel, participants in (online + Counter({Channel.PAPER.value: papers})).items():
        yield Group((channel,), 0, participants)


def as_json(group: Group) -> dict[str, object]:
    return {"names": list(group.names), "entries": group.entries, "participants": group.participants}


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def destroy(box: BallotBox) -> None:
    """Checks the final copy, destroys the ballots and every key of this machine, and marks the box as sealed."""
    event = json.loads(AuditEvent.objects.get(box=box, body__contains='"kind":"sealed"').body)["details"]
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
