"""The public bundle of a counted box, file by file (docs/verification-spec.md)."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from participation.ballot_box import audit, keys
from participation.ballot_box.canonical import canonical
from participation.ballot_box.final_copy import receipts_text
from participation.counted_election import decisions_on
from participation.exports import pabulib
from participation.exports.batches import write_batches
from participation.exports.minutes import minutes
from participation.models import BallotBox, PublishedReceipt, Result


def write_bundle(box: BallotBox, folder: Path) -> None:
    """Into an empty folder: everything but the signature."""
    (folder / "rules.json").write_text(box.rules)
    (folder / "key.pem").write_text(keys.public_key_pem())
    write_lines(folder / "audit.jsonl", (f"{body}\n" for body in audit_bodies(box)))
    (folder / "receipts.txt").write_text(receipts_text(sorted(receipts_of(box))))
    write_batches(box, folder / "batches.csv")
    write_statement(box, folder)
    results = {result.envelope.slug: result for result in results_of(box)}
    for slug, result in results.items():
        write_envelope(result, folder, slug)
    (folder / "result.json").write_text(canonical(result_document(results)))
    (folder / "minutes.html").write_text(minutes(box, results, list(audit_bodies(box))))
    (folder / "manifest.json").write_text(canonical(manifest(box, folder)))


def write_statement(box: BallotBox, folder: Path) -> None:
    """What the auditor said and signed, with the key by which to check it."""
    if box.statement:
        (folder / "statement.txt").write_bytes(box.statement.encode())
        (folder / "statement.sig").write_bytes(bytes.fromhex(box.statement_signature))
        (folder / "auditor.pem").write_text(keys.as_pem(box.auditor_signing_key))


def write_lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", newline="") as file:
        file.writelines(lines)


def audit_bodies(box: BallotBox) -> Iterable[str]:
    return box.audit_events.order_by("seq").values_list("body", flat=True)


def receipts_of(box: BallotBox) -> list[bytes]:
    return [bytes(one) for one in PublishedReceipt.objects.filter(box=box).values_list("receipt", flat=True)]


def results_of(box: BallotBox) -> Iterable[Result]:
    return Result.objects.of_box(box).select_related("envelope__budget", "envelope__ballot_box")


def write_envelope(result: Result, folder: Path, slug: str) -> None:
    if not pabulib.is_recountable(result.envelope):
        return
    write_lines(folder / f"{slug}.pb", pabulib.lines(result))
    projects = list(result.envelope.projects.in_recorded_order().with_decisions())
    (folder / f"{slug}.decisions.json").write_text(canonical(decisions_on(projects).as_json()))


def result_document(results: dict[str, Result]) -> dict[str, Any]:
    return {"format": "osp/result/v1", "envelopes": {slug: envelope_result(one) for slug, one in results.items()}}


def envelope_result(result: Result) -> dict[str, Any]:
    lines = list(result.lines.select_related("project"))
    return {
        "ballots": result.envelope.counted_ballots.count(),
        "winners": sorted(line.project.public_number for line in lines if line.funded),
        "spent_minor": result.spent_minor,
        "left_minor": result.left_minor,
        "sha256": result.sha256,
        "recountable": pabulib.is_recountable(result.envelope),
        "tally": {str(line.project.public_number): f"{line.tally.normalize():f}" for line in lines},
    }


def manifest(box: BallotBox, folder: Path) -> dict[str, Any]:
    return {
        "format": "osp/bundle/v1",
        "box": str(box.uuid),
        "budget": box.budget.slug,
        "slug": box.slug,
        "rules_sha256": box.rules_sha256,
        "audit_head": audit.head(box),
        "public_key": keys.public_key(),
        "receipts": box.receipts.count(),
        "lot_value": box.lot_value,
        "auditor_sha256": auditor_sha256(box),
        "files": {path.name: described(path) for path in sorted(folder.iterdir())},
    }


def auditor_sha256(box: BallotBox) -> str:
    sealing = audit.act(box, "sealed")
    assert sealing is not None
    return str(sealing["details"]["auditor_sha256"])


def described(path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}
