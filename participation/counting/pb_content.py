"""What the ballots of a Pabulib file say. Those with identical cells become one row with copies."""

from array import array
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from participation.counting.election import Ballots, Indices, Integers, VoteType
from participation.counting.money import quoted
from participation.counting.numbers import MOST_DECIMALS, to_number
from participation.counting.pb_lines import PbFormatError
from participation.counting.pb_sections import cleaned, members

FINEST = 10**MOST_DECIMALS
NOT_IN_TEXT = "\0"


class Content:
    """Collects the distinct ballots, with points in millionths."""

    def __init__(self, index_of: Mapping[str, int], vote_type: VoteType, with_points: bool, header_line: int) -> None:
        if vote_type in (VoteType.CUMULATIVE, VoteType.SCORING) and not with_points:
            raise PbFormatError(f"The section VOTES has no column points, which {vote_type} needs.", header_line)
        self._index_of = index_of
        self._negative = vote_type is VoteType.SCORING
        self._with_points = with_points
        self._group_of: dict[str, int] = {}
        self._lengths, self._choices, self._points = array("i"), array("i"), array("q")
        self._millionths: dict[str, int] = {}

    def groups(self, *cells: Sequence[str], lines: Sequence[int]) -> list[int]:
        """The group of identical ballots each ballot belongs to, given the columns of votes and perhaps of points."""
        group_of, known = self._group_of, len(self._group_of)
        keys = list(map(NOT_IN_TEXT.join, zip(*cells, strict=True)))
        groups = [group_of.setdefault(key, len(group_of)) for key in keys]
        fresh: dict[str, int] = {}
        for key, group, line in zip(keys, groups, lines, strict=True):
            if group >= known:
                fresh.setdefault(key, line)
        try:
            self._add_plain(fresh)
        except KeyError:
            for key, line in fresh.items():
                self._add(key, line)
        return groups

    def _add_plain(self, votes: Collection[str]) -> None:
        """The quick way, for votes without spaces or faults; else it raises KeyError, having added nothing."""
        if self._with_points:
            raise KeyError
        named = [self._index_of[project] for project in ",".join(votes).split(",")] if votes else []
        self._choices.extend(named)
        self._lengths.extend([vote.count(",") + 1 for vote in votes])

    def _add(self, key: str, line: int) -> None:
        vote, _, points = key.partition(NOT_IN_TEXT)
        try:
            named = [self._index_of[project] for project in members(cleaned(vote))]
        except KeyError as error:
            raise PbFormatError(f"The ballot names an unknown project {quoted(error.args[0])}.", line) from None
        self._choices.extend(named)
        self._lengths.append(len(named))
        if self._with_points:
            self._add_points(members(cleaned(points)), len(named), line)

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
        """All of them, given the group of each ballot of the file."""
        starts = np.zeros(len(self._lengths) + 1, np.int64)
        np.cumsum(np.array(self._lengths, np.int64), out=starts[1:])
        copies: Integers = np.bincount(rows, minlength=len(self._lengths)).astype(np.int64)
        points = np.array(self._points, np.int64) if self._with_points else None
        return Ballots(starts, np.array(self._choices, np.int32), copies, points, FINEST if self._with_points else 1)
