"""From draft to open: fixing the rules, and the few things that may be done while people vote.

Each of these is a deed of two people: see `box_acts`. They run under the box's own lock and leave an audit event.
"""

import hashlib
import inspect
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from participation import recount
from participation.ballot_box import audit, keys
from participation.ballot_box.latch import latch_closed
from participation.ballot_box.locks import box_lock
from participation.ballot_box.rules import frozen_text, rules_of, text_of
from participation.ballot_box.sealing import rewrite_ballots
from participation.choices import BoxState, TieOrder
from participation.eligibility import (
    refusal_to_annul,
    refusal_to_extend,
    refusal_to_freeze,
    refusal_to_give_key_up,
    refusal_to_go_on,
    voting_phase_ahead,
)
from participation.models import Ballot, BallotBox, Heartbeat, Project
from participation.refusals import ActionRefused, Refusal

AFTER_CLOSING = timedelta(hours=1)


@contextmanager
def box_alone(box: BallotBox) -> Iterator[BallotBox]:
    """The box as it is now, under its lock: no cast, no other act."""
    with box_lock(box.pk, alone=True):
        yield BallotBox.objects.select_related("budget").get(pk=box.pk)


def refuse(refusal: Refusal | None) -> None:
    if refusal:
        raise ActionRefused(refusal)


def freeze(*, box: BallotBox, at: datetime) -> BallotBox:
    """Fixes the rules for good, before the voting phase starts; the box takes ballots when it does.

    Refused where the key is not on every machine, an envelope is empty or holds ballots already. From now on projects
    go by their public number alone, also those that came from a file with ids of its own.
    """
    with box_alone(box) as own:
        phase = voting_phase_ahead(own, at)
        refuse(refusal_to_freeze(own, phase))
        assert phase is not None
        own.key_check = ready_key(own)
        own.opens_at, own.closes_at = phase.starts_at, phase.ends_at
        Project.objects.filter(envelope__ballot_box=own).update(imported_id="")
        document = rules_of(
            own,
            opens_at=own.opens_at,
            closes_at=own.closes_at,
            public_key=keys.public_key(),
            recount_sha256=digest_of_recount(),
        )
        own.rules, own.rules_sha256 = frozen_text(document)
        own.state = BoxState.FROZEN
        own.save()
        audit.record(own, "frozen", at, rules_sha256=own.rules_sha256, public_key=keys.public_key())
    return own


def ready_key(box: BallotBox) -> str:
    """The check of the box's key, once this machine and all that are named hold it."""
    try:
        check = keys.key_check(keys.read_key(keys.box_file(box.uuid)))
    except keys.KeyUnusable:
        raise ActionRefused(Refusal.KEY_NOT_READY) from None
    reported = set(Heartbeat.objects.filter(name__startswith=key_report(box, "")).values_list("name", flat=True))
    if not {key_report(box, f"{node} {check[:16]}") for node in settings.BALLOT_NODES} <= reported:
        raise ActionRefused(Refusal.KEY_NOT_READY)
    return check


def key_report(box: BallotBox, rest: str) -> str:
    """The name of the sign of life by which a machine says that it holds a key."""
    return f"box key {str(box.uuid)[:13]} {rest}"


def digest_of_recount() -> str:
    return hashlib.sha256(Path(inspect.getfile(recount)).read_bytes()).hexdigest()


def extend(*, box: BallotBox, at: datetime, until: str) -> BallotBox:
    """Moves the closing to a later moment, `until` in ISO 8601 with its zone. Never after it has come."""
    moment = datetime.fromisoformat(until)
    latch_closed(box)
    with box_alone(box) as own:
        refuse(refusal_to_extend(own, moment, at))
        own.closes_at = moment
        own.save(update_fields=["closes_at"])
        audit.record(own, "extended", at, closes_at=text_of(moment))
    return own


def correct(*, box: BallotBox, at: datetime, project: int, text: str) -> BallotBox:
    """Puts a dated notice beside a project. The frozen text stays as it is."""
    with box_alone(box) as own:
        refuse(refusal_to_go_on(own, BoxState.FROZEN))
        audit.record(own, "corrected", at, project=project, text=text)
    return own


def annul_box(*, box: BallotBox, at: datetime, reason: str) -> BallotBox:
    """Ends the vote without a count, for a public reason: the ballots and their key are destroyed."""
    with box_alone(box) as own:
        refuse(refusal_to_annul(own))
        own.annulled_at = at
        own.save(update_fields=["annulled_at"])
        audit.record(own, "annulled", at, reason=reason)
        Ballot.objects.filter(box=own).delete()
    rewrite_ballots(own)
    keys.destroy_box_key(own.uuid)
    return own


def suspend(*, box: BallotBox, at: datetime) -> BallotBox:
    """After a restore: no ballot is taken until two people lift it. A closed box stays closed."""
    with box_alone(box) as own:
        refuse(refusal_to_go_on(own, BoxState.FROZEN))
        own.suspended = True
        own.save(update_fields=["suspended"])
        audit.record(own, "suspended", at)
    return own


def resume(*, box: BallotBox, at: datetime, note: str) -> BallotBox:
    """Lifts a suspension, with a public note that says from when voters must look at their ballot again."""
    with box_alone(box) as own:
        if not own.suspended:
            raise ActionRefused(Refusal.WRONG_STATE)
        own.suspended = False
        own.save(update_fields=["suspended"])
        audit.record(own, "resumed", at, note=note)
    return own


def give_key_up(*, box: BallotBox, at: datetime) -> BallotBox:
    """The key of a closed box is lost for good, on every machine and with the trustees.

    Its ballots can be counted, but nobody can set them against the roll: participation stays unproven.
    """
    with box_alone(box) as own:
        refuse(refusal_to_give_key_up(own))
        if keys.is_at_hand(own.uuid, own.key_check):
            raise ActionRefused(Refusal.KEY_AT_HAND)
        own.key_lost = True
        own.save(update_fields=["key_lost"])
        audit.record(own, "key_lost", at)
    return own


def note_key(*, box: BallotBox, kind: str, at: datetime, **details: Any) -> None:
    """That a key was made or restored, in the chain of the box's acts."""
    with box_alone(box) as own:
        audit.record(own, kind, at, **details)


def draw(*, box: BallotBox, at: datetime, value: str) -> BallotBox:
    """Enters the public value that the rules named beforehand, at least an hour after the vote closed."""
    with box_alone(box) as own:
        refuse(refusal_to_go_on(own, BoxState.SEALED))
        assert own.closes_at is not None
        if own.tie_order != TieOrder.LOT or own.lot_value or at < own.closes_at + AFTER_CLOSING:
            raise ActionRefused(Refusal.WRONG_STATE)
        own.lot_value = value
        own.save(update_fields=["lot_value"])
        audit.record(own, "drawn", at, value=value)
    return own


def public_acts(box: BallotBox) -> list[dict[str, Any]]:
    """What was done since the rules were fixed and voters should know, oldest first."""
    shown = ("extended", "corrected", "annulled", "suspended", "resumed")
    bodies = (json.loads(body) for body in box.audit_events.order_by("seq").values_list("body", flat=True))
    return [body for body in bodies if body["kind"] in shown]
