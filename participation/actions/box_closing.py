"""From closed to published, in steps that can be interrupted anywhere and go on where they stood."""

import hashlib
from datetime import date, datetime
from typing import Any

from participation.actions.box_opening import box_alone, refuse
from participation.actions.paper_differences import refusal_by_differences, unexplained
from participation.actions.records import log
from participation.actions.results import count_envelope, publish_result
from participation.ballot_box import audit, sealing
from participation.ballot_box.checkpoints import seal_checkpoint, waits_for_observers
from participation.ballot_box.latch import latch_closed
from participation.ballot_box.statement import first_line, is_sound
from participation.choices import BoxState, TieOrder
from participation.counted_election import decisions_on
from participation.eligibility import (
    refusal_to_add_money,
    refusal_to_add_statement,
    refusal_to_go_on,
    refusal_to_reconcile,
    refusal_to_record_council,
)
from participation.exports.bundle import write_bundle
from participation.exports.publishing import signed_bundle
from participation.models import BallotBox, Decision, Envelope, KeyedPaper, Person, Project, Result, ResultLine
from participation.refusals import ActionRefused, Refusal


def reconcile(*, box: BallotBox, at: datetime) -> BallotBox:
    """Ends the entry of papers: all batches signed, and every station's papers equal its marks, or it is said why not
    or that nobody can say."""
    latch_closed(box)
    with box_alone(box) as own:
        refuse(refusal_to_reconcile(own))
        counts = list(own.paper_counts.select_related("station"))
        refuse(refusal_by_differences(own, counts))
        own.state = BoxState.RECONCILED
        own.save(update_fields=["state"])
        audit.record(
            own,
            "reconciled",
            at,
            papers=KeyedPaper.objects.filter(batch__box=own, is_second=False).count(),
            blank=sum(count.blank for count in counts),
            spoilt=sum(count.spoilt for count in counts),
            unexplained=unexplained(counts),
        )
    return own


def seal_box(*, box: BallotBox, at: datetime, backups: str = "") -> BallotBox:
    """Ends every link between people and ballots. Raises SealingStopped where something does not fit.

    `backups` lists those of the open period, replicas and archives too, each with the day on which it expires.
    """
    current = BallotBox.objects.get(pk=box.pk)
    refuse(refusal_to_go_on(current, BoxState.RECONCILED))
    sealing.prepare(current, at, backups)
    sealing.destroy(current)
    seal_checkpoint(current, at)
    current.refresh_from_db()
    return current


def count_box(*, box: BallotBox, at: datetime) -> BallotBox:
    """Counts every envelope of a sealed box, those with equal votes in the order of the lot where the rules say so."""
    with box_alone(box) as own:
        refuse(refusal_to_go_on(own, BoxState.SEALED))
        if waits_for_observers(own):
            raise ActionRefused(Refusal.OBSERVERS_NOT_TOLD)
        if own.tie_order == TieOrder.LOT:
            if not own.lot_value:
                raise ActionRefused(Refusal.NO_LOT_VALUE)
            put_in_order_of_lot(own)
        if Decision.objects.filter(project__envelope__ballot_box=own, texts__isnull=True).exists():
            raise ActionRefused(Refusal.DECISION_WITHOUT_REASON)
        envelopes = list(own.envelopes.all())
        decisions = {one.slug: decisions_of(one) for one in envelopes}
        results = {one.slug: count_envelope(actor=None, envelope=one, at=at).sha256 for one in envelopes}
        own.state = BoxState.COUNTED
        own.save(update_fields=["state"])
        audit.record(own, "counted", at, results=results, decisions=decisions)
    return own


def decisions_of(envelope: Envelope) -> dict[str, Any]:
    return decisions_on(list(envelope.projects.in_recorded_order().with_decisions())).as_json()


def put_in_order_of_lot(box: BallotBox) -> None:
    seed = lot_seed(box)
    for envelope in box.envelopes.all():
        projects = sorted(envelope.projects.all(), key=lambda project: lot_of(seed, project))
        for place, project in enumerate(projects, start=1):
            project.recorded_order = place
        Project.objects.bulk_update(projects, ["recorded_order"])


def lot_seed(box: BallotBox) -> bytes:
    return hashlib.sha256(b"osp/lot/v1" + bytes.fromhex(box.rules_sha256) + box.lot_value.encode()).digest()


def lot_of(seed: bytes, project: Project) -> bytes:
    return hashlib.sha256(seed + str(project.public_number).encode()).digest()


def publish_box(*, box: BallotBox, at: datetime, hour: str = "") -> BallotBox:
    """Writes and recounts the bundle, then shows results and bundle to everybody. Raises BundleDiffers.

    With an `hour` ahead, in ISO 8601 with its zone, nothing is shown before it: `publish_when_due` does it then.
    """
    with box_alone(box) as own:
        refuse(refusal_to_go_on(own, BoxState.COUNTED))
        own.publishes_at = datetime.fromisoformat(hour) if hour else at
        if own.publishes_at > at:
            own.save(update_fields=["publishes_at"])
            return own
        for envelope in own.envelopes.all():
            publish_result(actor=None, result=Result.objects.get(envelope=envelope), at=at)
        own.state = BoxState.PUBLISHED
        own.save(update_fields=["state", "publishes_at"])
        audit.record(own, "published", at)
        with signed_bundle(own) as folder:
            write_bundle(own, folder)
    return own


def publish_when_due(at: datetime) -> None:
    """Every result whose hour has come."""
    for box in BallotBox.objects.filter(state=BoxState.COUNTED, publishes_at__lte=at):
        publish_box(box=box, at=at)


def record_council(
    *, box: BallotBox, at: datetime, on: str, words: str, added: dict[str, int] | None = None
) -> BallotBox:
    """What the council decided about a published result, on a date in ISO 8601. The bundle is written anew with it.

    `added` is the money that it adds to projects which the count left out, in minor units by their public numbers.
    """
    money = {int(number): minor for number, minor in (added or {}).items()}
    with box_alone(box) as own:
        refuse(refusal_to_record_council(own))
        results = Result.objects.of_box(own).with_lines()
        refuse(refusal_to_add_money(results, money))
        own.council_decided_on, own.council_words = date.fromisoformat(on), words
        own.save(update_fields=["council_decided_on", "council_words"])
        add_money([line for result in results for line in result.lines.all()], money)
        audit.record(own, "confirmed", at, on=on, words=words, added=added or {})
        with signed_bundle(own) as folder:
            write_bundle(own, folder)
    return own


def add_money(lines: list[ResultLine], money: dict[int, int]) -> None:
    for line in lines:
        line.added_minor = money.get(line.project.public_number)
    ResultLine.objects.bulk_update([line for line in lines if line.is_added], ["added_minor"])


def add_statement(*, actor: Person, box: BallotBox, statement: bytes, signature: bytes, at: datetime) -> BallotBox:
    """The auditor's signed statement on a published vote, once: the bundle is written anew with it."""
    with box_alone(box) as own:
        refuse(refusal_to_add_statement(own))
        sealing_act = audit.act(own, "sealed")
        assert sealing_act is not None
        line = first_line(own.uuid, own.rules_sha256, sealing_act["details"]["receipts_sha256"])
        if not is_sound(statement, signature, own.auditor_signing_key, line):
            raise ActionRefused(Refusal.STATEMENT_UNFIT)
        own.statement, own.statement_signature = statement.decode(), signature.hex()
        own.save(update_fields=["statement", "statement_signature"])
        audit.record(own, "audited", at, statement_sha256=hashlib.sha256(statement).hexdigest())
        log(actor=actor, verb="add_statement", subject=own, at=at)
        with signed_bundle(own) as folder:
            write_bundle(own, folder)
    return own


def closing_steps(box: BallotBox) -> str:
    """What has to be done next, as one of close, reconcile, seal, draw, count, publish, or nothing."""
    if box.state == BoxState.SEALED:
        return "draw" if box.tie_order == TieOrder.LOT and not box.lot_value else "count"
    following = {
        BoxState.FROZEN: "close",
        BoxState.CLOSED: "reconcile",
        BoxState.RECONCILED: "seal",
        BoxState.COUNTED: "publish",
    }
    return following.get(BoxState(box.state), "nothing")
