"""The VOTES section of a Pabulib file. Ballots with identical cells become one row with copies."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from participation.counting.election import POINTS_TYPES, Ballots, Indices, Integers, VoteType
from participation.counting.money import quoted
from participation.counting.numbers import MOST_DECIMALS, to_number
from participation.counting.pb_lines import PbFormatError
from participation.counting.pb_meta import Meta
from participation.counting.pb_sections import Columns, Sections, cleaned, members

CHANNELS = ("unknown", "web", "paper", "desk", "kiosk")
CHANNEL_NUMBERS = {name: number for number, name in enumerate(CHANNELS)} | {"internet": CHANNELS.index("web")}
FINEST = 10**MOST_DECIMALS


@dataclass(frozen=True, eq=False)
class Votes:
    """`ballots` with points in millionths; for each ballot of the file its row among them and its channel."""

    ballots: Ballots
    rows: Indices
    channels: npt.NDArray[np.uint8]


def read_votes(sections: Sections, meta: Meta, index_of: Mapping[str, int]) -> Votes:
    """Raises PbFormatError, naming the line, for the first row that is no ballot."""
    columns = sections.open("VOTES", ("voter_id", "vote"))
    content = Content(index_of, meta.vote_type(), columns)
    voter_place, vote_place = columns.names.index("voter_id"), columns.names.index("vote")
    points_place, method_place = content.points_place, columns.place("voting_method")
    stated = meta.stated_number("num_votes")
    voters: set[str] = set()
    group_of: dict[str, int] = {}
    rows, channels = array("i"), Channels()
    for count, record in enumerate(sections.rows(columns), 1):
        voter = cleaned(record[voter_place])
        voters.add(voter)
        if len(voters) != count or count > stated or not voter:
            refuse_voter(voter, count > stated, sections.line)
        vote = record[vote_place]
        points = "" if points_place is None else record[points_place]
        group = group_of.setdefault(f"{vote};{points}" if points else vote, len(group_of))
        if group == len(content.lengths):
            content.add(vote, points, sections.line)
        rows.append(group)
        channels.add("" if method_place is None else record[method_place])
    if len(rows) != stated:
        raise PbFormatError(f"num_votes is {stated}, but there are {len(rows)}.", meta.line("num_votes"))
    row_array = np.array(rows, np.int32)
    return Votes(content.ballots(row_array), row_array, channels.array())


class Channels:
    """Collects how the ballots were cast."""

    def __init__(self) -> None:
        self._number_of: dict[str, int] = {}
        self._numbers = bytearray()

    def add(self, method: str) -> None:
        if method not in self._number_of:
            self._number_of[method] = CHANNEL_NUMBERS.get(cleaned(method).lower(), 0)
        self._numbers.append(self._number_of[method])

    def array(self) -> npt.NDArray[np.uint8]:
        return np.frombuffer(bytes(self._numbers), np.uint8)


def refuse_voter(voter: str, too_many: bool, line: int) -> None:
    if too_many:
        raise PbFormatError("There are more ballots than num_votes says.", line)
    if not voter:
        raise PbFormatError("The ballot has no voter id.", line)
    raise PbFormatError(f"The voter {quoted(voter)} stands there twice.", line)


class Content:
    """Collects the distinct ballots."""

    def __init__(self, index_of: Mapping[str, int], vote_type: VoteType, columns: Columns) -> None:
        self.points_place = columns.place("points") if vote_type in POINTS_TYPES else None
        self._needs_points = vote_type in (VoteType.CUMULATIVE, VoteType.SCORING)
        if self._needs_points and self.points_place is None:
            raise PbFormatError(f"The section VOTES has no column points, which {vote_type} needs.", columns.line)
        self._index_of = index_of
        self._negative = vote_type is VoteType.SCORING
        self._choices, self._points = array("i"), array("q")
        self._millionths: dict[str, int] = {}
        self.lengths = array("i")

    def add(self, vote: str, points: str, line: int) -> None:
        try:
            named = self._indices(vote)
        except KeyError as error:
            raise PbFormatError(f"The ballot names an unknown project {quoted(error.args[0])}.", line) from None
        self._choices.extend(named)
        self.lengths.append(len(named))
        if self.points_place is not None:
            self._add_points(members(cleaned(points)), len(named), line)

    def _indices(self, vote: str) -> list[int]:
        try:
            return [self._index_of[project] for project in vote.split(",")]
        except KeyError:
            return [self._index_of[project] for project in members(cleaned(vote))]

    def _add_points(self, points: list[str], length: int, line: int) -> None:
        if len(points) != length:
            raise PbFormatError(f"The ballot names {length} projects but has {len(points)} points.", line)
        for text in points:
            if text not in self._millionths:
                self._millionths[text] = self._read_points(text, line)
        self._points.extend([self._millionths[text] for text in points])

    def _read_points(self, text: str, line: int) -> int:
        try:
            number = to_number(text)
        except ValueError as error:
            raise PbFormatError(f"Points: {error}", line) from None
        if number < 0 and not self._negative:
            raise PbFormatError("The ballot has negative points.", line)
        return int(number * FINEST)

    def ballots(self, rows: Indices) -> Ballots:
        starts = np.zeros(len(self.lengths) + 1, np.int64)
        np.cumsum(np.array(self.lengths, np.int64), out=starts[1:])
        copies: Integers = np.bincount(rows, minlength=len(self.lengths)).astype(np.int64)
        points = None if self.points_place is None else np.array(self._points, np.int64)
        return Ballots(starts, np.array(self._choices, np.int32), copies, points, 1 if points is None else FINEST)
