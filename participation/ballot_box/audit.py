"""The chain of a box's acts. Each event covers the hash of the one before; triggers refuse to change one."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from participation.ballot_box.canonical import canonical
from participation.ballot_box.rules import text_of
from participation.models import AuditEvent, BallotBox

FIRST = "0" * 64


def record(box: BallotBox, kind: str, at: datetime, **details: Any) -> AuditEvent:
    """Appends an act. Call it inside of the act's transaction, under the box's lock."""
    last = AuditEvent.objects.filter(box=box).order_by("-seq").first()
    seq, prev = (last.seq + 1, last.hash) if last else (1, FIRST)
    body = canonical({"seq": seq, "at": text_of(at), "kind": kind, "details": details, "prev": prev})
    return AuditEvent.objects.create(box=box, seq=seq, body=body, prev_hash=prev, hash=hash_of(body))


def act(box: BallotBox, kind: str) -> dict[str, Any] | None:
    """The first act of a kind, with its moment and details; None before it was done."""
    events = AuditEvent.objects.filter(box=box, body__contains=f'"kind":"{kind}"').order_by("seq")
    body = events.values_list("body", flat=True).first()
    return dict(json.loads(body)) if body else None


def hash_of(body: str) -> str:
    return hashlib.sha256(b"osp/audit/v1\0" + body.encode()).hexdigest()


def head(box: BallotBox) -> str:
    return AuditEvent.objects.filter(box=box).order_by("-seq").values_list("hash", flat=True).first() or FIRST


def is_whole(events: Iterable[AuditEvent]) -> bool:
    """Whether each event, in order, continues the one before and has the hash of its text."""
    prev = FIRST
    for event in events:
        if event.prev_hash != prev or event.hash != hash_of(event.body):
            return False
        prev = event.hash
    return True
