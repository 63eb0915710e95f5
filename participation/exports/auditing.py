"""What the auditor alone can check: each published receipt holds a content, and these are the ballots counted.

It reads the auditor's file, the auditor's private key and the published bundle, and asks no database.
"""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from participation.ballot_box.receipts import receipt_of
from participation.ballot_box.statement import first_line
from participation.content import read_ballot

LENGTH = 4
PAPER = "paper"


class AuditFailed(Exception):
    """What does not fit, in one sentence."""


def check_auditor_file(file: Path, key: bytes, bundle: Path) -> int:
    """The number of ballots that were checked. Raises AuditFailed."""
    manifest, rules = document(bundle / "manifest.json"), (bundle / "rules.json").read_bytes()
    if hashlib.sha256(file.read_bytes()).hexdigest() != manifest["auditor_sha256"]:
        raise AuditFailed("The file is not the one whose hash the manifest states.")
    rules_sha256 = hashlib.sha256(rules).hexdigest()
    receipts: list[str] = []
    online: dict[str, Counter[str]] = {one["slug"]: Counter() for one in json.loads(rules)["envelopes"]}
    for row in rows_of(file, key):
        made = receipt_of(UUID(manifest["box"]), rules_sha256, bytes.fromhex(row["nonce"]), row["content"])
        if made.hex() != row["receipt"]:
            raise AuditFailed(f"The receipt {row['receipt'][:12]}… is not that of its content.")
        receipts.append(row["receipt"])
        for slug, part in read_ballot(row["content"]).items():
            online[slug][as_text(part["projects"], part.get("points"))] += 1
    if receipts != (bundle / "receipts.txt").read_text().split():
        raise AuditFailed("The receipts are not the published ones.")
    for slug, ballots in online.items():
        check_envelope(bundle, slug, ballots)
    return len(receipts)


def document(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(path.read_text())
    return value


def line_about(bundle: Path) -> str:
    """The first line of a statement on the vote of a bundle."""
    manifest = document(bundle / "manifest.json")
    acts = map(json.loads, (bundle / "audit.jsonl").read_text().splitlines())
    sealed = next(act["details"] for act in acts if act["kind"] == "sealed")
    return first_line(UUID(manifest["box"]), manifest["rules_sha256"], sealed["receipts_sha256"])


def rows_of(file: Path, key: bytes) -> Iterator[dict[str, str]]:
    """Receipt, nonce and content of each ballot, part by part."""
    box = SealedBox(PrivateKey(key))
    with file.open("rb") as stream:
        while length := stream.read(LENGTH):
            try:
                part = box.decrypt(stream.read(int.from_bytes(length, "big")))
            except (CryptoError, ValueError):
                raise AuditFailed("The file cannot be opened with this key.") from None
            yield from map(json.loads, part.decode().splitlines())


def check_envelope(bundle: Path, slug: str, ballots: Counter[str]) -> None:
    """The contents behind the receipts are the ballots of the file that were cast online, no more and no fewer."""
    path = bundle / f"{slug}.pb"
    if not path.exists():
        stated = document(bundle / "result.json")["envelopes"][slug]["ballots"]
        if ballots.total() > stated:
            raise AuditFailed(f"{slug}: {ballots.total()} ballots were cast online, but {stated} are stated in all.")
        return
    published = published_ballots(path)
    if published is not None and published != ballots:
        raise AuditFailed(f"{slug}: the ballots behind the receipts are not the published ones.")


def published_ballots(path: Path) -> Counter[str] | None:
    """Those that are not on paper; None where the file does not tell the channels apart and so cannot be compared."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file, delimiter=";")
        next(row for row in rows if row == ["VOTES"])
        columns = next(rows)
        if "voting_method" not in columns:
            return None
        named = (dict(zip(columns, row, strict=True)) for row in rows)
        return Counter(as_text(row["vote"], row.get("points")) for row in named if row["voting_method"] != PAPER)


def as_text(projects: list[int] | str, points: list[int] | str | None) -> str:
    def joined(value: list[int] | str | None) -> str:
        return value or "" if isinstance(value, str) or value is None else ",".join(map(str, value))

    return f"{joined(projects)};{joined(points)}"
