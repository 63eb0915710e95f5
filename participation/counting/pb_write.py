"""Writes Pabulib's `.pb` as a stream."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import NamedTuple, TextIO

from participation.counting.election import POINTS_TYPES

CHANNEL_WORDS = {"unknown": "", "web": "internet"}


class BallotRow(NamedTuple):
    """One ballot: its number, the ids it names in order, its points (None where its kind has none), its channel."""

    number: int
    choices: Sequence[str]
    points: Sequence[str] | None
    channel: str


def write_pb(
    out: TextIO, meta: Mapping[str, str], projects: Sequence[Mapping[str, str]], ballots: Iterable[BallotRow]
) -> None:
    """Writes the lines of `pb_lines`. `out` must not translate line ends (`newline=""`)."""
    out.writelines(pb_lines(meta, projects, ballots))


def pb_lines(
    meta: Mapping[str, str],
    projects: Sequence[Mapping[str, str]],
    ballots: Iterable[BallotRow],
    *,
    with_channels: bool = True,
) -> Iterator[str]:
    """The text that the caller states, numbers of projects and votes included, one line at a time.

    `meta` must hold `vote_type`; every project must have the same columns. There is a points column
    for the vote types that have points, unless the first ballot has none. Raises ValueError when an
    id cannot stand in a list.
    """
    columns = list(projects[0]) if projects else ["project_id", "cost"]
    yield from map(as_line, [["META"], ["key", "value"], *meta.items(), ["PROJECTS"], columns])
    for project in projects:
        yield as_line([project[column] for column in columns])
    waiting = iter(ballots)
    first = next(waiting, None)
    with_points = meta["vote_type"] in POINTS_TYPES and not (first is not None and first.points is None)
    yield as_line(["VOTES"])
    yield as_line(["voter_id", "vote", *columns_after(with_points, with_channels)])
    if first is not None:
        yield as_line(cells_of(first, with_points, with_channels))
    for ballot in waiting:
        yield as_line(cells_of(ballot, with_points, with_channels))


def as_line(cells: Sequence[str]) -> str:
    line = StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def columns_after(with_points: bool, with_channels: bool) -> list[str]:
    return ["points"] * with_points + ["voting_method"] * with_channels


def cells_of(ballot: BallotRow, with_points: bool, with_channels: bool) -> list[str]:
    points = [joined(ballot.points or ())] if with_points else []
    channel = [CHANNEL_WORDS.get(ballot.channel, ballot.channel)] * with_channels
    return [str(ballot.number), joined(ballot.choices), *points, *channel]


def joined(names: Sequence[str]) -> str:
    for name in names:
        if "," in name:
            raise ValueError(f"The id {name!r} holds a comma, so it cannot stand in a list.")
    return ",".join(names)
