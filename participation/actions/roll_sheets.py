"""The roll on paper, for stations without a connection: the town's file beside the roll, in memory and nowhere else."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice

from participation.actions.records import log
from participation.folding import folded
from participation.models import BallotBox, RollEntry

BATCH = 5_000
COLUMNS = ("register_id", "name")


class FileUnfit(Exception):
    """The file cannot be used; the message is one sentence."""


@dataclass(frozen=True)
class Line:
    """One person on a sheet. `name` is empty where the roll has an entry that the file does not name."""

    register_id: str
    name: str
    born: str
    district: str
    paper: bool
    barred: bool


def roll_sheets(
    *, box: BallotBox, rows: Iterable[Mapping[str, str]], district: str, at: datetime
) -> Iterator[tuple[str, list[Line]]]:
    """A district and its people by name, one district after the other; only `district`, where it is not empty.

    Whoever is on the roll is there, also without a name in the file; whoever is in the file alone is not. Says neither
    who voted online nor why somebody is barred.
    """
    lines = [line for line in lines_of(box, rows) if district in ("", line.district)]
    lines.sort(key=lambda line: (line.district, not line.name, folded(line.name), line.register_id))
    log(actor=None, verb="print_roll", subject=box, at=at, entries=len(lines))
    for name, people in groupby(lines, key=lambda line: line.district):
        yield name, list(people)


def lines_of(box: BallotBox, rows: Iterable[Mapping[str, str]]) -> Iterator[Line]:
    """An entry that was barred and added anew stands there once, as the one that counts."""
    known = {row["register_id"].strip(): (row["name"].strip(), (row.get("birth_date") or "").strip()) for row in rows}
    entries = RollEntry.objects.filter(box=box).exclude(register_id="").order_by("register_id", "barred", "pk")
    columns = entries.values_list("register_id", "district__name", "paper", "barred").iterator(BATCH)
    for register_id, same in groupby(columns, key=lambda row: row[0]):
        _number, district, paper, barred = next(islice(same, 1))
        name, born = known.get(register_id, ("", ""))
        yield Line(register_id, name, born, district or "", paper, bool(barred))


def rows_in(file: Iterable[str]) -> Iterator[dict[str, str]]:
    """Of the file of the import. Raises FileUnfit."""
    reader = csv.DictReader(file, strict=True)
    try:
        reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
        if missing := [name for name in COLUMNS if name not in reader.fieldnames]:
            raise FileUnfit(f"There is no column {missing[0]}.")
        for row in reader:
            if None in row or None in row.values():
                raise FileUnfit(f"Line {reader.line_num}: the row has not as many cells as the header.")
            yield row
    except (csv.Error, UnicodeDecodeError) as error:
        raise FileUnfit(f"Line {reader.line_num + 1}: this cannot be read as CSV in UTF-8 ({error}).") from error
