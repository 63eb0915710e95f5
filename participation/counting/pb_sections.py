"""The sections of a Pabulib file: a heading, column names, rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from participation.counting.money import quoted
from participation.counting.pb_lines import PbFormatError, Records

HEADINGS = ("META", "PROJECTS", "VOTES")
EMPTY_CELLS = frozenset({"", "\\n", "\\N", *map("".join, product("nN", "oO", "nN", "eE"))})
BATCH = 2048


def cleaned(cell: str) -> str:
    """The cell without surrounding spaces; all the ways to leave it empty become ""."""
    text = cell.strip()
    return "" if text in EMPTY_CELLS else text


def members(cell: str) -> list[str]:
    """The members of a list inside a cell."""
    return [member.strip() for member in cell.split(",")] if cell else []


@dataclass(frozen=True)
class Columns:
    """The column names of one section, and the line they stand on."""

    names: tuple[str, ...]
    line: int

    def place(self, name: str) -> int | None:
        return self.names.index(name) if name in self.names else None


class Batch(NamedTuple):
    """Some rows of a section, and the line on which each begins."""

    rows: list[list[str]]
    lines: list[int]


class Sections:
    """Walks through a file: `open` each section in turn, then take its `rows` to the end."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._iterator = iter(records)
        self._heading = ""

    @property
    def line(self) -> int:
        return self._records.line

    def open(self, name: str, required: tuple[str, ...]) -> Columns:
        """The columns of the section that begins here. Its heading may have been read by `rows` already."""
        if not self._heading:
            self._heading = heading_of(next(self._iterator, []))
        if self._heading != name:
            raise PbFormatError(f"The section {name} is missing here.", self.line)
        self._heading = ""
        record = next(self._iterator, None)
        if record is None or heading_of(record):
            raise PbFormatError(f"The section {name} has no column names.", self.line)
        return self._columns(record, name, required)

    def _columns(self, record: list[str], section: str, required: tuple[str, ...]) -> Columns:
        names = tuple(cell.strip().lower() for cell in record)
        for name in names:
            if names.count(name) > 1:
                raise PbFormatError(f"The column {quoted(name)} stands there twice.", self.line)
        for name in required:
            if name not in names:
                raise PbFormatError(f"The section {section} has no column {name}.", self.line)
        return Columns(names, self.line)

    def rows(self, columns: Columns) -> Iterator[list[str]]:
        """The rows of the open section as they stand, each with as many cells as there are columns."""
        width = len(columns.names)
        for record in self._iterator:
            if len(record) != width:
                if heading := heading_of(record):
                    self._heading = heading
                    return
                yield self._filled(record, width)
            else:
                yield record

    def batches(self, columns: Columns) -> Iterator[Batch]:
        """The same rows by the thousand, for those who handle whole columns at once."""
        batch, records = Batch([], []), self._records
        for record in self.rows(columns):
            batch.rows.append(record)
            batch.lines.append(records.line)
            if len(batch.rows) == BATCH:
                yield batch
                batch = Batch([], [])
        if batch.rows:
            yield batch

    def _filled(self, record: list[str], width: int) -> list[str]:
        if len(record) > width:
            raise PbFormatError(f"The row has {len(record)} cells, but there are {width} columns.", self.line)
        if self._records.cut_off:
            raise PbFormatError("The file is cut off within this row.", self.line)
        return record + [""] * (width - len(record))

    def close(self) -> None:
        """Raises PbFormatError when a section follows the last one."""
        if self._heading:
            raise PbFormatError(f"The section {self._heading} stands there twice or too late.", self.line)


def heading_of(record: list[str]) -> str:
    """The name of the section the record opens, or nothing."""
    word = record[0].strip().upper() if len(record) == 1 else ""
    return word if word in HEADINGS else ""
