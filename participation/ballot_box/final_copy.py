"""The final copy of a box: ballots in random order, receipts, and the auditor's file."""

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from nacl.public import PublicKey, SealedBox

from participation.ballot_box.canonical import canonical
from participation.ballot_box.receipts import code_of
from participation.models import Ballot, BallotBox, CountedBallot, PublishedReceipt

BATCH = 5_000


class FinalBallots:
    """Each envelope's own list, shuffled and numbered on its own, so that no number joins two envelopes.

    Equal contents are held once: people choose alike, so a list of a million is a list of references.
    """

    def __init__(self, box: BallotBox) -> None:
        self._envelopes = {envelope.slug: envelope for envelope in box.envelopes.all()}
        self._rows: dict[str, list[tuple[str, str]]] = {slug: [] for slug in self._envelopes}
        self._known: dict[tuple[str, str], tuple[str, str]] = {}

    def add(self, content: str, channel: str) -> None:
        for slug, part in json.loads(content).items():
            row = (json.dumps(part, sort_keys=True, separators=(",", ":")), channel)
            self._rows[slug].append(self._known.setdefault(row, row))

    def write(self) -> None:
        for slug, rows in self._rows.items():
            secrets.SystemRandom().shuffle(rows)
            for start in range(0, len(rows), BATCH):
                some = enumerate(rows[start : start + BATCH], start=start + 1)
                CountedBallot.objects.bulk_create(
                    CountedBallot(envelope=self._envelopes[slug], number=number, content=content, channel=channel)
                    for number, (content, channel) in some
                )


def auditor_file(box: BallotBox) -> Path:
    return Path(settings.BUNDLE_DIR) / f"{box.uuid}.auditor"


class AuditorWriter:
    """Receipt, nonce and content of each ballot for the auditor's eyes alone.

    Parts of some thousand lines of JSON, each sealed to the auditor's key and preceded by its length in four bytes.
    """

    def __init__(self, file: BinaryIO | None, public_key: str) -> None:
        self._file = file
        self._seal = SealedBox(PublicKey(bytes.fromhex(public_key))) if file else None
        self._digest = hashlib.sha256()

    def write(self, ballots: list[Ballot]) -> None:
        if self._file is None or self._seal is None:
            return
        part = self._seal.encrypt("".join(map(auditor_line, ballots)).encode())
        written = len(part).to_bytes(4, "big") + part
        self._file.write(written)
        self._digest.update(written)

    @property
    def sha256(self) -> str:
        """Of the file; empty where there is no auditor."""
        return self._digest.hexdigest() if self._file else ""


@contextmanager
def auditor_writer(box: BallotBox) -> Iterator[AuditorWriter]:
    if not box.auditor_key:
        yield AuditorWriter(None, "")
        return
    path = auditor_file(box)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        yield AuditorWriter(file, box.auditor_key)
        file.flush()
        os.fsync(file.fileno())


def auditor_line(ballot: Ballot) -> str:
    values = {"receipt": bytes(ballot.receipt).hex(), "nonce": bytes(ballot.nonce).hex(), "content": ballot.content}
    return canonical(values) + "\n"


def write_receipts(box: BallotBox, ballots: list[Ballot]) -> None:
    receipts = [bytes(ballot.receipt) for ballot in ballots]
    PublishedReceipt.objects.bulk_create(
        PublishedReceipt(box=box, receipt=receipt, code=code_of(receipt)) for receipt in receipts
    )


def receipts_text(receipts: Iterable[bytes]) -> str:
    return "".join(f"{receipt.hex()}\n" for receipt in receipts)
