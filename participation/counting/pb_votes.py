"""The VOTES section of a Pabulib file. Ballots with identical cells become one row with copies."""

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter

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
    cells_of = picker(columns, content.points_place)
    stated = meta.stated_number("num_votes")
    voters: set[str] = set()
    group_of: dict[tuple[str, str], int] = {}
    rows, channels = array("i"), bytearray()
    channel_of: dict[str, int] = {}
    for count, record in enumerate(sections.rows(columns), 1):
        voter, vote, points, method = cells_of(record)
        voters.add(name := cleaned(voter))
        if not name or len(voters) != count or count > stated:
            refuse_voter(name, count > stated, sections.line)
        group = group_of.setdefault((vote, points), len(group_of))
        if group == len(content.lengths):
            content.add(cleaned(vote), cleaned(points), sections.line)
        rows.append(group)
        if method not in channel_of:
            channel_of[method] = CHANNEL_NUMBERS.get(cleaned(method).lower(), 0)
        channels.append(channel_of[method])
    if len(rows) != stated:
        raise PbFormatError(f"num_votes is {stated}, but there are {len(rows)}.", meta.line("num_votes"))
    row_array = np.array(rows, np.int32)
    return Votes(content.ballots(row_array), row_array, np.frombuffer(bytes(channels), np.uint8))


def picker(columns: Columns, points_place: int | None) -> Callable[[list[str]], tuple[str, str, str, str]]:
    """Takes voter, vote, points and method out of a row; the last two are "" where there is no such column."""
    places = [columns.place("voter_id"), columns.place("vote"), points_place, columns.place("voting_method")]
    present = [place for place in places if place is not None]
    if len(present) == len(places):
        return itemgetter(*present)
    return lambda record: tuple("" if place is None else record[place] for place in places)  # type: ignore[return-value]


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
        named = members(vote)
        try:
            self._choices.extend([self._index_of[project] for project in named])
        except KeyError as error:
            raise PbFormatError(f"The ballot names an unknown project {quoted(error.args[0])}.", line) from None
        self.lengths.append(len(named))
        if self.points_place is not None:
            self._add_points(members(points), len(named), line)

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
