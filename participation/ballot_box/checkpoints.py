"""Signed checkpoints for the observers: how many ballots per channel, and where the audit chain stands."""

import json
from datetime import datetime
from typing import Any

from django.db import models, transaction

from participation.ballot_box import audit, keys
from participation.ballot_box.canonical import canonical
from participation.ballot_box.rules import text_of
from participation.models import Ballot, BallotBox, Checkpoint

FEWEST_NEW = 20


@transaction.atomic
def take_checkpoint(box: BallotBox, at: datetime) -> Checkpoint | None:
    """The next one; None while fewer than 20 ballots are new, so that none can be told from the others."""
    last = Checkpoint.objects.filter(box=box).order_by("-seq").first()
    before = sum(counts_of(last).values()) if last else 0
    counts = dict(ballots_by_channel(box))
    if sum(counts.values()) < before + FEWEST_NEW:
        return None
    return write(box, at, counts=counts)


@transaction.atomic
def seal_checkpoint(box: BallotBox, at: datetime) -> Checkpoint:
    """How many receipts were sealed and the hash of their list, once: before anything is counted."""
    done = Checkpoint.objects.filter(box=box, body__contains='"receipts_sha256"').first()
    if done:
        return done
    sealing = audit.act(box, "sealed")
    assert sealing is not None
    sealed = sealing["details"]
    return write(box, at, receipts=sealed["receipts"], receipts_sha256=sealed["receipts_sha256"])


def write(box: BallotBox, at: datetime, **said: Any) -> Checkpoint:
    seq = Checkpoint.objects.filter(box=box).count() + 1
    body = canonical({"seq": seq, "at": text_of(at), "box": str(box.uuid), "audit_head": audit.head(box), **said})
    signature = keys.signing_key().sign(body.encode()).signature.hex()
    return Checkpoint.objects.create(box=box, seq=seq, body=body, signature=signature)


def waits_for_observers(box: BallotBox) -> bool:
    """Whether there are observers who have not got the hash of the receipts yet."""
    return (
        bool(box.observers)
        and not Checkpoint.objects.filter(box=box, body__contains='"receipts_sha256"', sent__isnull=False).exists()
    )


def ballots_by_channel(box: BallotBox) -> list[tuple[str, int]]:
    ballots = Ballot.objects.filter(box=box).order_by()
    return list(ballots.values_list("channel").annotate(ballots=models.Count("pk")))


def counts_of(checkpoint: Checkpoint) -> dict[str, int]:
    counts: dict[str, int] = json.loads(checkpoint.body)["counts"]
    return counts
