"""A CSV file of proposals as Decidim and Consul publish them, read and judged row by row. Nothing is written here."""

import csv
import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.conf.locale import LANG_INFO
from django.utils.html import strip_tags

from participation.folding import cleaned
from participation.models.proposal import LONGEST_PLACE, LONGEST_TEXT, LONGEST_TITLE

MOST_FAULTS, LONGEST_REF = 100, 80
# Each word of ours with the columns that may hold it, the likeliest first. Decidim's come per language: `title/en`.
COLUMNS = {
    "ref": ("reference", "id"),
    "title": ("title", "título", "titre"),
    "text": ("body", "description", "summary", "descripción"),
    "address": ("address", "location", "location_name"),
    "latitude": ("latitude",),
    "longitude": ("longitude",),
    "state": ("state",),
    "retired": ("retired_at",),
}
NEEDED = ("ref", "title", "text")
WITHDRAWN = "withdrawn"


class ProposalsFaulty(Exception):
    """The file has faults: nothing was imported. `faults` are sentences that name their line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults[0])
        self.faults = faults


@dataclass(frozen=True)
class Row:
    ref: str
    title: str
    text: str
    language: str
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    is_withdrawn: bool = False


def read_proposals(path: Path, language: str, encoding: str = "utf-8-sig") -> list[Row]:
    """The rows of the file. `language` is that of the words, or of most of them. Raises ProposalsFaulty, OSError."""
    faults: list[str] = []
    rows: dict[str, Row] = {}
    with path.open(encoding=encoding, newline="") as file:
        for line, row, unreadable in rows_of(file, language):
            is_twice = row is not None and row.ref in rows
            fault = f"The reference {row.ref[:40]!r} is there twice." if row and is_twice else unreadable
            if fault:
                faults.append(f"Line {line}: {fault}")
            elif row:
                rows[row.ref] = row
    if not rows and not faults:
        faults.append("Line 1: The file has no rows.")
    if faults:
        more = len(faults) - MOST_FAULTS
        raise ProposalsFaulty(faults[:MOST_FAULTS] + ([f"And {more} more."] if more > 0 else []))
    return list(rows.values())


def rows_of(file: TextIO, language: str) -> Iterator[tuple[int, Row | None, str]]:
    """Line number and row, or what is wrong with it."""
    try:
        head = file.readline()
        delimiter = ";" if head.count(";") > head.count(",") else ","
        names = next(csv.reader([head], delimiter=delimiter), [])
        places = places_of([name.strip().lower() for name in names], language)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        for cells in reader:
            if cells:
                yield reader.line_num + 1, *read_row(cells, places)
    except UnicodeError as error:
        fault = f"This file is not in {file.encoding}. Name its encoding, for instance windows-1252."
        raise ProposalsFaulty([fault]) from error
    except csv.Error as error:
        raise ProposalsFaulty([f"This cannot be read as CSV ({error})."]) from error


# Where each of our words stands, by language: one alone where the columns name none.
Places = dict[str, dict[str, int]]


def places_of(names: list[str], language: str) -> Places:
    """The language asked for comes first. Raises ProposalsFaulty for a column that must be there."""
    spoken = [name.partition("/")[2] for name in names if name.partition("/")[0] in COLUMNS["title"]]
    languages = dict.fromkeys([language, *(one for one in spoken if one in LANG_INFO)])
    found = {one: places_in(names, one) for one in languages}
    complete = {one: places for one, places in found.items() if set(NEEDED) <= set(places)}
    if complete:
        return complete
    missing = next(ours for ours in NEEDED if ours not in found[language])
    raise ProposalsFaulty([f"Line 1: There is no column {' or '.join(COLUMNS[missing])}."])


def places_in(names: list[str], language: str) -> dict[str, int]:
    places = {}
    for ours, theirs in COLUMNS.items():
        wanted = [candidate for name in theirs for candidate in (f"{name}/{language}", name)]
        found = next((names.index(name) for name in wanted if name in names), None)
        if found is not None:
            places[ours] = found
    return places


def read_row(cells: list[str], by_language: Places) -> tuple[Row | None, str]:
    """In the first language in which it has a title and a text."""
    found = [(language, said_in(cells, places)) for language, places in by_language.items()]
    language, said = next((one for one in found if plain(one[1]["title"]) and plain(one[1]["text"])), found[0])
    fault = fault_in(said)
    return (None, fault) if fault else (row_of(said, language), "")


def said_in(cells: list[str], places: dict[str, int]) -> dict[str, str]:
    return {ours: cells[place].strip() if place < len(cells) else "" for ours, place in places.items()}


def fault_in(said: dict[str, str]) -> str:
    title, text = plain(said["title"]), plain(said["text"])
    if not 1 <= len(said["ref"]) <= LONGEST_REF or not said["ref"].isprintable():
        return f"A reference must have 1 to {LONGEST_REF} characters."
    if not 1 <= len(title) <= LONGEST_TITLE:
        return f"A title must have 1 to {LONGEST_TITLE} characters."
    if not 1 <= len(text) <= LONGEST_TEXT:
        return f"A text must have 1 to {LONGEST_TEXT} characters."
    try:
        latitude, longitude = point_of(said)
    except ValueError:
        return "A latitude and a longitude must be numbers."
    if (latitude is None) != (longitude is None) or not within(latitude, 90) or not within(longitude, 180):
        return "This place is not on earth."
    return ""


def row_of(said: dict[str, str], language: str) -> Row:
    latitude, longitude = point_of(said)
    return Row(
        ref=said["ref"],
        title=plain(said["title"]),
        text=plain(said["text"]),
        language=language,
        address=cleaned(said.get("address", ""))[:LONGEST_PLACE],
        latitude=latitude,
        longitude=longitude,
        is_withdrawn=said.get("state", "").lower() == WITHDRAWN or bool(said.get("retired")),
    )


def point_of(said: dict[str, str]) -> tuple[float | None, float | None]:
    latitude, longitude = (float(said[name]) if said.get(name) else None for name in ("latitude", "longitude"))
    return latitude, longitude


def within(degrees: float | None, most: int) -> bool:
    return degrees is None or -most <= degrees <= most


def plain(text: str) -> str:
    """Without the markup in which both keep their texts."""
    return cleaned(html.unescape(strip_tags(text.replace("</p>", "\n").replace("<br>", "\n"))))
