"""Signed checkpoints for the observers: how many ballots per channel, and where the audit chain stands."""

import json
from datetime import datetime

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
    seq = last.seq + 1 if last else 1
    values = {"seq": seq, "at": text_of(at), "box": str(box.uuid), "counts": counts, "audit_head": audit.head(box)}
    body = canonical(values)
    signature = keys.signing_key().sign(body.encode()).signature.hex()
    return Checkpoint.objects.create(box=box, seq=seq, body=body, signature=signature)


def ballots_by_channel(box: BallotBox) -> list[tuple[str, int]]:
    ballots = Ballot.objects.filter(box=box).order_by()
    return list(ballots.values_list("channel").annotate(ballots=models.Count("pk")))


def counts_of(checkpoint: Checkpoint) -> dict[str, int]:
    counts: dict[str, int] = json.loads(checkpoint.body)["counts"]
    return counts
