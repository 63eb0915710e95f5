"""The roll of a budget comes in as one CSV file, for all its boxes: all of it, or nothing and a report by line."""

import csv
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from participation.actions.records import log
from participation.ballot_box import audit, keys
from participation.ballot_box.locks import box_lock
from participation.ballot_box.roll import is_old_enough, new_person_ref, open_envelopes
from participation.choices import BoxState
from participation.models import BallotBox, Budget, District, Envelope, Person, RollEntry
from participation.refusals import ActionRefused, Refusal

REQUIRED = "register_id"
COLUMNS = (REQUIRED, "email", "district", "birth_date", "document")
OF_LETTERS = ("name", "address")
MOST_FAULTS = 100
# PostgreSQL takes at most 65,535 values in one statement, and an entry has 14.
BATCH = 4_000
Progress = Callable[[str, int, int], None]


class RollFaulty(Exception):
    """The file has faults: nothing was imported. `faults` are sentences that name their line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults[0])
        self.faults = faults


@dataclass(frozen=True)
class Row:
    register_id: str
    email: str = ""
    district: District | None = None
    born: date | None = None
    document: str = ""


@dataclass
class ImportedRoll:
    """How many rows were read, and how many entries each box got; the others of a box were too young."""

    rows: int = 0
    entries: dict[str, int] = field(default_factory=dict)


def import_roll(*, budget: Budget, path: Path, actor: Person | None, at: datetime, progress: Progress) -> ImportedRoll:
    """Adds an entry to every box of the budget that is not closed yet, for each row of the file.

    Columns, in any order: `register_id` (needed, the town's own number of a person), `email`, `district` (a name),
    `birth_date` (YYYY-MM-DD), `document`; `name` and `address` are for letters and are not stored. Memory does not
    grow with the file. Raises RollFaulty, OSError; refused where the budget has no box.
    """
    boxes = list(budget.ballot_boxes.filter(state__in=[BoxState.DRAFT, BoxState.FROZEN]))
    if not boxes:
        raise ActionRefused(Refusal.WRONG_STATE)
    known = districts()
    total = check_file(path, boxes, known, progress)
    imported = ImportedRoll(total, {box.slug: 0 for box in boxes})
    with transaction.atomic():
        envelopes = {box.pk: list(box.envelopes.select_related("district")) for box in boxes}
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = (row for _, row, _ in rows_of(file, known))
            done = 0
            while batch := list(islice(rows, BATCH)):
                for box in boxes:
                    entries = [entry_for(box, envelopes[box.pk], row) for row in batch if is_old_enough(box, row.born)]
                    RollEntry.objects.bulk_create(entries, batch_size=BATCH)
                    imported.entries[box.slug] += len(entries)
                done += len(batch)
                progress("storing", done, total)
        for box in boxes:
            with box_lock(box.pk, alone=True):  # briefly, for no other act to take the same place in the chain
                audit.record(box, "roll_imported", at, entries=imported.entries[box.slug])
        log(actor=actor, verb="import_roll", subject=budget, at=at, entries=imported.entries)
    return imported


def districts() -> dict[str, District]:
    return {district.name: district for district in District.objects.all()}


def check_file(path: Path, boxes: list[BallotBox], known: dict[str, District], progress: Progress) -> int:
    """The number of rows of a file without fault. What must not be there twice is remembered on disk."""
    faults: list[str] = []
    asks_age = any(box.minimum_age for box in boxes)
    total = 0
    with path.open(encoding="utf-8-sig", newline="") as file, sqlite3.connect("") as seen:
        seen.execute("CREATE TABLE seen (kind TEXT, value TEXT, PRIMARY KEY (kind, value)) WITHOUT ROWID")
        remember_roll(seen, boxes)
        for line, row, unreadable in rows_of(file, known):
            total += 1
            fault = unreadable or fault_of(row, seen, asks_age)
            if fault and len(faults) < MOST_FAULTS:
                faults.append(f"Line {line}: {fault}")
            if total % BATCH == 0:
                progress("checking", total, 0)
    if not total:
        faults.append("Line 1: The file has no rows.")
    if faults:
        raise RollFaulty(faults)
    return total


def remember_roll(seen: sqlite3.Connection, boxes: list[BallotBox]) -> None:
    """Who is on the roll already may not come twice."""
    entries = RollEntry.objects.filter(box__in=boxes, barred="").exclude(register_id="").order_by()
    known = (("register_id", value) for value in entries.values_list("register_id", flat=True).iterator(BATCH))
    seen.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", known)


def rows_of(file: TextIO, known: dict[str, District]) -> Iterator[tuple[int, Row, str]]:
    """Line number, row and what is wrong with it. Raises RollFaulty for what makes the rest unreadable."""
    reader = csv.reader(file, strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if fault := fault_of_header(header):
            raise RollFaulty([f"Line 1: {fault}"])
        for cells in reader:
            if cells:
                yield reader.line_num, *read_row(dict(zip(header, cells, strict=False)), len(cells), header, known)
    except (csv.Error, UnicodeDecodeError) as error:
        raise RollFaulty([f"Line {reader.line_num + 1}: This cannot be read as CSV in UTF-8 ({error})."]) from error


def fault_of_header(header: list[str]) -> str:
    if REQUIRED not in header:
        return f"There is no column {REQUIRED}."
    strange = [name for name in header if name not in COLUMNS + OF_LETTERS]
    if strange:
        return f"There is no such column: {strange[0][:40]!r}."
    return "A column is there twice." if len(set(header)) < len(header) else ""


def read_row(cells: dict[str, str], width: int, header: list[str], known: dict[str, District]) -> tuple[Row, str]:
    value = {name: cells.get(name, "").strip() for name in COLUMNS}
    if width != len(header):
        return Row(""), f"The row has {width} cells, the header {len(header)}."
    if not value[REQUIRED] or len(value[REQUIRED]) > 64:
        return Row(""), "The register_id must have 1 to 64 characters."
    if value["district"] and value["district"] not in known:
        return Row(""), f"There is no district {value['district'][:60]!r}."
    try:
        born = date.fromisoformat(value["birth_date"]) if value["birth_date"] else None
    except ValueError:
        return Row(""), "The birth_date must be like 1990-12-31."
    try:
        if value["email"]:
            validate_email(value["email"])
    except ValidationError:
        return Row(""), "The email is no address."
    if value["document"] and born is None:
        return Row(""), "A document needs a birth_date."
    return Row(value[REQUIRED], value["email"], known.get(value["district"]), born, value["document"]), ""


def fault_of(row: Row, seen: sqlite3.Connection, asks_age: bool) -> str:
    if asks_age and row.born is None:
        return "The vote has a minimum age, so every row needs a birth_date."
    census = f"{row.document}|{row.born}" if row.document else ""
    for kind, value in (("register_id", row.register_id), ("email", row.email.lower()), ("document", census)):
        if value and not seen.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (kind, value)).rowcount:
            return f"The {kind} is there twice, or on the roll already."
    return ""


def entry_for(box: BallotBox, envelopes: list[Envelope], row: Row) -> RollEntry:
    return RollEntry(
        box=box,
        person_ref=new_person_ref(),
        register_id=row.register_id,
        envelopes=open_envelopes(box, envelopes, row.district),
        district=row.district,
        account_email_hash=keys.address_hash(row.email) if row.email else None,
        census_hash=keys.census_hash(row.document, str(row.born)) if row.document else None,
    )
