"""Casting: one statement finds the voter, one writes the ballot, and nothing else is written (docs/ballot-box.md).

What is known of the voter is a column of the roll and its value. The statement that reads the roll takes no lock on
its row: a lock would leave the ballot's transaction there.
"""

import json
import secrets
from dataclasses import dataclass
from enum import Enum
from uuid import UUID, uuid4

from django.db import connection
from django.db.backends.utils import CursorWrapper

from participation.ballot_box import keys
from participation.ballot_box.latch import database_now, latch_closed
from participation.ballot_box.locks import box_lock
from participation.ballot_box.receipts import receipt_of
from participation.ballot_box.rules import read_rules
from participation.ballot_box.validation import content_of
from participation.choices import BoxState, Channel
from participation.eligibility import BoxAt, EntryAt, refusal_to_cast
from participation.models import BallotBox
from participation.refusals import ActionRefused, Refusal

VOTER = """
SELECT b.state, b.suspended, b.annulled_at IS NOT NULL, b.opens_at <= {now}, {now} < b.closes_at,
       e.person_ref, e.envelopes, e.paper, e.barred
FROM participation_ballotbox b
LEFT JOIN participation_rollentry e ON e.box_id = b.id AND e.{column} = %s
WHERE b.id = %s
ORDER BY e.barred
LIMIT 1
"""
WRITE = """
INSERT INTO participation_ballot (id, box_id, voter_key, receipt, nonce, content, channel)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (box_id, voter_key) DO UPDATE
SET receipt = excluded.receipt, nonce = excluded.nonce, content = excluded.content, channel = excluded.channel
{condition}
RETURNING receipt
"""
ONLY_IF_CURRENT = "WHERE participation_ballot.content <> excluded.content AND participation_ballot.receipt = %s"
CURRENT = "SELECT receipt, content FROM participation_ballot WHERE box_id = %s AND voter_key = %s"


class Claim(Enum):
    """By which column of the roll somebody is found."""

    ACCOUNT = "account_id"
    CODE = "code_hash"
    CENSUS = "census_hash"
    ENTRY = "id"


@dataclass(frozen=True)
class Voter:
    claim: Claim
    value: int | bytes


_frozen: dict[UUID, BallotBox] = {}


def frozen_box(uuid: UUID) -> BallotBox | None:
    """A box of a published budget whose rules are fixed, for casting: what casting reads of it never changes."""
    if uuid not in _frozen:
        box = BallotBox.objects.public().frozen().filter(uuid=uuid).first()
        if box is None:
            return None
        _frozen[uuid] = box
    return _frozen[uuid]


@dataclass(frozen=True)
class Cast:
    """`is_new` is false when the very same ballot was there already."""

    receipt: bytes
    is_new: bool


def cast(*, box: BallotBox, voter: Voter, ballot: object, replaces: bytes, channel: Channel = Channel.WEB) -> Cast:
    """Stores a whole ballot, or changes nothing.

    `replaces` is the receipt of the ballot it takes the place of, empty for a first one; a desk states none, and is
    never told whether there was one. Raises InvalidBallot, ActionRefused, KeyUnusable, BoxBusy.
    """
    rules = read_rules(box.rules)
    content_of(ballot, rules, None)  # most faults are found without a transaction
    key = keys.box_key(box.uuid, box.key_check)
    try:
        with box_lock(box.pk, alone=False), connection.cursor() as cursor:
            entry = voter_in(cursor, box, voter)
            content = content_of(ballot, rules, entry.envelopes)
            voter_key = keys.voter_key(key, box.uuid, entry.person_ref)
            return write(cursor, box, voter_key, content, replaces, channel)
    except ActionRefused as refused:
        if refused.refusal is Refusal.VOTE_CLOSED:
            latch_closed(box)
        raise


def voter_in(cursor: CursorWrapper, box: BallotBox, voter: Voter) -> EntryAt:
    statement = VOTER.format(now=database_now(), column=voter.claim.value)
    cursor.execute(statement, [voter.value, box.pk])
    state, suspended, annulled, has_begun, has_not_ended, person_ref, envelopes, paper, barred = cursor.fetchone()
    at = BoxAt(BoxState(state), bool(suspended), bool(annulled), bool(has_begun), bool(has_not_ended))
    entry = None
    if person_ref is not None:
        entry = EntryAt(bytes(person_ref), frozenset(json.loads(envelopes)), bool(paper), bool(barred))
    if refusal := refusal_to_cast(at, entry):
        raise ActionRefused(refusal)
    assert entry is not None
    return entry


def write(
    cursor: CursorWrapper, box: BallotBox, voter_key: bytes, content: str, replaces: bytes, channel: Channel
) -> Cast:
    nonce = secrets.token_bytes(16)
    receipt = receipt_of(box.uuid, box.rules_sha256, nonce, content)
    key = uuid4() if connection.vendor == "postgresql" else uuid4().hex
    values = [key, box.pk, voter_key, receipt, nonce, content, channel.value]
    if channel is Channel.DESK:
        cursor.execute(WRITE.format(condition=""), values)
    else:
        cursor.execute(WRITE.format(condition=ONLY_IF_CURRENT), [*values, replaces])
    if written := cursor.fetchone():
        return Cast(bytes(written[0]), is_new=True)
    current = current_ballot(cursor, box, voter_key)
    assert current is not None
    if current[1] == content:
        return Cast(current[0], is_new=False)
    raise ActionRefused(Refusal.CHANGED_MEANWHILE)


def current_ballot(cursor: CursorWrapper, box: BallotBox, voter_key: bytes) -> tuple[bytes, str] | None:
    """Receipt and content of a voter's ballot."""
    cursor.execute(CURRENT, [box.pk, voter_key])
    row = cursor.fetchone()
    return (bytes(row[0]), row[1]) if row else None


def my_ballot(*, box: BallotBox, person_ref: bytes) -> tuple[bytes, str] | None:
    """What a voter may see of their own while the box is open: receipt and content, None if there is none."""
    key = keys.box_key(box.uuid, box.key_check)
    with connection.cursor() as cursor:
        return current_ballot(cursor, box, keys.voter_key(key, box.uuid, person_ref))
