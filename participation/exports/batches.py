"""Votes per project and batch of papers, so that a sealed pack can be counted again by hand.

In each envelope batches are joined until 20 papers speak of it, so that no vote leads to fewer people.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from participation.ballot_box.turnout import Group, told_in_groups
from participation.content import read_ballot
from participation.exports import pabulib
from participation.models import BallotBox, KeyedPaper, PaperBatch

COLUMNS = ("batch", "station", "papers", "envelope", "project", "votes")
Cell = tuple[str, int]
Row = tuple[str, str, int, str, int, int]


def write_batches(box: BallotBox, path: Path) -> None:
    """An envelope whose channels are not told is left out."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        batches = {batch.number: batch for batch in box.batches.select_related("station").order_by("number")}
        speaking, votes = papers_of(box)
        for envelope in box.envelopes.order_by("slug"):
            if pabulib.shows_channels(envelope):
                writer.writerows(rows_of(envelope.slug, batches, speaking, votes))


def papers_of(box: BallotBox) -> tuple[Counter[Cell], dict[Cell, Counter[int]]]:
    """How many papers of a batch speak of an envelope, and how many of them name each project."""
    speaking: Counter[Cell] = Counter()
    votes: defaultdict[Cell, Counter[int]] = defaultdict(Counter)
    papers = KeyedPaper.objects.filter(batch__box=box, is_second=False)
    for number, content in papers.values_list("batch__number", "content"):
        for slug, part in read_ballot(content).items():
            speaking[slug, number] += 1
            votes[slug, number].update(part["projects"])
    return speaking, votes


def rows_of(
    slug: str, batches: dict[int, PaperBatch], speaking: Counter[Cell], votes: dict[Cell, Counter[int]]
) -> Iterator[Row]:
    """Numbers of batches are padded in groups, whose names are sorted as text."""
    cells = [Group((f"{number:010}",), 0, speaking[slug, number]) for number in batches if speaking[slug, number]]
    for group in sorted(told_in_groups(cells), key=lambda one: one.names):
        joined = [batches[int(name)] for name in group.names]
        numbers = "+".join(str(batch.number) for batch in joined)
        stations = " + ".join(sorted({batch.station.name for batch in joined}))
        papers = sum(batch.papers for batch in joined)
        counts: Counter[int] = sum((votes[slug, batch.number] for batch in joined), Counter())
        for project, count in sorted(counts.items()):
            yield numbers, stations, papers, slug, project, count
