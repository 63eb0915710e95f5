"""Proposals out of the open data of Decidim and Consul, as they stand in a CSV file: all of it, or nothing."""

import csv
import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TextIO

from django.db import transaction
from django.utils.html import strip_tags

from participation.actions.proposal_words import write_answers
from participation.actions.proposals import hand_in
from participation.actions.records import log
from participation.models import Budget, Proposal
from participation.models.proposal import LONGEST_PLACE, LONGEST_TEXT, LONGEST_TITLE

MOST_FAULTS = 100
# Each word of ours with the columns that may hold it, the likeliest first. Decidim's come per language: `title/en`.
COLUMNS = {
    "ref": ("reference", "id"),
    "title": ("title", "título", "titre"),
    "text": ("body", "description", "summary", "descripción"),
    "address": ("address", "location", "location_name"),
    "latitude": ("latitude",),
    "longitude": ("longitude",),
}
NEEDED = ("ref", "title", "text")


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
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass
class ImportedProposals:
    """How many were new, and the references of those that were there already."""

    created: int = 0
    known: list[str] = field(default_factory=list)


def read_proposals(path: Path, language: str) -> list[Row]:
    """The rows of the file. Raises ProposalsFaulty, OSError."""
    faults: list[str] = []
    rows: dict[str, Row] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row, unreadable in rows_of(file, language):
            is_twice = row is not None and row.ref in rows
            fault = f"The reference {row.ref[:40]!r} is there twice." if row and is_twice else unreadable
            if fault and len(faults) < MOST_FAULTS:
                faults.append(f"Line {line}: {fault}")
            elif row and not fault:
                rows[row.ref] = row
    if not rows and not faults:
        faults.append("Line 1: The file has no rows.")
    if faults:
        raise ProposalsFaulty(faults)
    return list(rows.values())


def rows_of(file: TextIO, language: str) -> Iterator[tuple[int, Row | None, str]]:
    """Line number and row, or what is wrong with it."""
    try:
        head = file.readline()
        reader = csv.reader(file, delimiter=";" if head.count(";") > head.count(",") else ",", strict=True)
        names = next(csv.reader([head], delimiter=";" if head.count(";") > head.count(",") else ","), [])
        places = places_of([name.strip().lower() for name in names], language)
        for cells in reader:
            if cells:
                yield reader.line_num + 1, *read_row(cells, places)
    except (csv.Error, UnicodeDecodeError) as error:
        raise ProposalsFaulty([f"This cannot be read as CSV in UTF-8 ({error})."]) from error


def places_of(names: list[str], language: str) -> dict[str, int]:
    """Where each of our words stands. Raises ProposalsFaulty for a column that must be there."""
    places = {}
    for ours, theirs in COLUMNS.items():
        wanted = [candidate for name in theirs for candidate in (f"{name}/{language}", name)]
        found = next((names.index(name) for name in wanted if name in names), None)
        if found is not None:
            places[ours] = found
        elif ours in NEEDED:
            raise ProposalsFaulty([f"Line 1: There is no column {' or '.join(wanted)}."])
    return places


def read_row(cells: list[str], places: dict[str, int]) -> tuple[Row | None, str]:
    said = {ours: cells[place].strip() if place < len(cells) else "" for ours, place in places.items()}
    title, text = plain(said["title"]), plain(said["text"])
    if not said["ref"] or len(said["ref"]) > 80 or not said["ref"].isprintable():
        return None, "A reference must have 1 to 80 characters."
    if not title or len(title) > LONGEST_TITLE:
        return None, f"A title must have 1 to {LONGEST_TITLE} characters."
    if not text or len(text) > LONGEST_TEXT:
        return None, f"A text must have 1 to {LONGEST_TEXT} characters."
    try:
        point = [float(said[name]) if said.get(name) else None for name in ("latitude", "longitude")]
    except ValueError:
        return None, "A latitude and a longitude must be numbers."
    latitude, longitude = point
    if (latitude is None) != (longitude is None) or not within(latitude, 90) or not within(longitude, 180):
        return None, "This place is not on earth."
    return Row(said["ref"], title, text, said.get("address", "")[:LONGEST_PLACE], latitude, longitude), ""


def within(degrees: float | None, most: int) -> bool:
    return degrees is None or -most <= degrees <= most


def plain(text: str) -> str:
    """Without the markup in which both keep their texts."""
    return html.unescape(strip_tags(text.replace("</p>", "\n").replace("<br>", "\n"))).strip()


@transaction.atomic
def import_proposals(*, budget: Budget, rows: list[Row], language: str, at: datetime) -> ImportedProposals:
    """Hands them in without an author, each once. Supports are not taken over: nobody here gave them."""
    locked = Budget.objects.select_for_update(no_key=True).get(pk=budget.pk)
    known = set(locked.proposals.exclude(imported_ref="").values_list("imported_ref", flat=True))
    imported = ImportedProposals()
    for row in rows:
        if row.ref in known:
            imported.known.append(row.ref)
            continue
        keep(locked, row, language, at)
        imported.created += 1
    log(actor=None, verb="import_proposals", subject=budget, at=at, created=imported.created)
    return imported


def keep(budget: Budget, row: Row, language: str, at: datetime) -> None:
    proposal = Proposal(budget=budget, imported_ref=row.ref, created_at=at, saved_at=at)
    proposal.save()
    has_place = bool(row.address) or row.latitude is not None
    write_answers(
        proposal,
        {
            "title": row.title,
            "what_and_why": row.text,
            "address": row.address,
            "latitude": row.latitude,
            "longitude": row.longitude,
            "whole_area": not has_place,
            "language": language,
        },
        at,
    )
    hand_in(proposal, at)
