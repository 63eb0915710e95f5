"""A past election comes in as a Pabulib file: stored whole, counted, published; or not at all."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from participation.actions.imported_ballots import store_ballots
from participation.actions.imported_budget import make_budget, make_envelope, make_voting_phase
from participation.actions.imported_projects import make_projects
from participation.actions.records import log
from participation.actions.results import count_envelope, publish_result
from participation.counting.pb_format import PbFile, read_pb
from participation.counting.rules import rule_of_file
from participation.models import Budget, Person

Progress = Callable[[str, int, int], None]
BLOCK_BYTES = 1 << 20


def no_progress(stage: str, done: int, total: int) -> None:
    """For callers that show none."""


@dataclass(frozen=True)
class ImportedElection:
    """`is_new` is false when the same file was imported before and nothing was changed."""

    budget: Budget
    is_new: bool


def import_election(
    *, path: Path, actor: Person | None, at: datetime, progress: Progress = no_progress
) -> ImportedElection:
    """Makes a published budget with its envelope, projects, counted ballots and result from a `.pb` file.

    All or nothing: raises PbFormatError, which names the line of the fault, OSError for a file that cannot be
    read, and ValueError for a rule that is not known or an id without end. The same file again changes nothing.
    `progress` gets the name of a stage and how much of it is done.
    """
    with path.open("rb") as stream:
        digest = digest_of(stream)
        if known := Budget.objects.filter(imported_sha256=digest).first():
            return ImportedElection(known, is_new=False)
        stream.seek(0)
        size = path.stat().st_size
        file = read_pb(stream, progress=lambda done: progress("reading", done, size))
    return store_election(file=file, name=path.name, digest=digest, actor=actor, at=at, progress=progress)


def digest_of(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := stream.read(BLOCK_BYTES):
        digest.update(block)
    return digest.hexdigest()


@transaction.atomic
def store_election(
    *, file: PbFile, name: str, digest: str, actor: Person | None, at: datetime, progress: Progress
) -> ImportedElection:
    budget, is_new = make_budget(file, name=name, digest=digest, at=at)
    if not is_new:
        return ImportedElection(budget, is_new=False)
    make_voting_phase(budget, file.meta, at=at)
    rule = rule_of_file(file.meta, file.election.vote_type)
    envelope = make_envelope(budget, file, rule)
    projects = make_projects(envelope, file)
    store_ballots(envelope, file, projects, progress)
    progress("counting", 0, 1)
    result = count_envelope(actor=actor, envelope=envelope, at=at)
    publish_result(actor=actor, result=result, at=at)
    progress("counting", 1, 1)
    log(actor=actor, verb="import", subject=budget, at=at, file=name, sha256=digest)
    return ImportedElection(budget, is_new=True)
