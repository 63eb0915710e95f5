"""The auditor's sample of a roll: people to ask whether they took part, chosen by a value that nobody could choose."""

import hashlib
from datetime import datetime
from heapq import nsmallest

from participation.actions.records import log
from participation.eligibility import refusal_to_sample
from participation.models import BallotBox, Person, RollEntry
from participation.refusals import ActionRefused

MOST_SAMPLED = 500
ROWS_AT_ONCE = 5_000


def sample_roll(*, actor: Person, box: BallotBox, value: str, size: int, at: datetime) -> list[RollEntry]:
    """Entries of a sealed roll in the order of SHA-256("osp/sample/v1" | value | person_ref), the first `size` of them.

    The same value draws the same entries again. Refused before the sealing and once the roll is erased.
    """
    box = BallotBox.objects.get(pk=box.pk)
    if refusal := refusal_to_sample(box):
        raise ActionRefused(refusal)
    drawn = entries_drawn(box, value, size)
    log(actor=actor, verb="sample_roll", subject=box, at=at, value=value, size=len(drawn))
    return drawn


def entries_drawn(box: BallotBox, value: str, size: int) -> list[RollEntry]:
    seed = b"osp/sample/v1" + value.encode()
    refs = box.roll.values_list("person_ref", "pk").order_by().iterator(ROWS_AT_ONCE)
    places = ((hashlib.sha256(seed + bytes(ref)).digest(), pk) for ref, pk in refs)
    keys = [pk for _, pk in nsmallest(min(size, MOST_SAMPLED), places)]
    entries = RollEntry.objects.select_related("declaration", "district").in_bulk(keys)
    return [entries[key] for key in keys]
