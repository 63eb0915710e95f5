"""The VOTES section of a Pabulib file, read a batch of rows at a time."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from participation.counting.election import POINTS_TYPES, Ballots, Indices
from participation.counting.money import quoted
from participation.counting.pb_content import Content
from participation.counting.pb_lines import PbFormatError
from participation.counting.pb_meta import Meta
from participation.counting.pb_sections import EMPTY_CELLS, Batch, Columns, Sections, cleaned

CHANNELS = ("unknown", "web", "paper", "desk", "kiosk")
CHANNEL_NUMBERS = {name: number for number, name in enumerate(CHANNELS)} | {"internet": CHANNELS.index("web")}


@dataclass(frozen=True, eq=False)
class Votes:
    """`ballots` with points in millionths; for each ballot of the file its row among them and its channel."""

    ballots: Ballots
    rows: Indices
    channels: npt.NDArray[np.uint8]


def read_votes(sections: Sections, meta: Meta, index_of: Mapping[str, int]) -> Votes:
    """Raises PbFormatError, naming the line, for a row that is no ballot."""
    columns = sections.open("VOTES", ("voter_id", "vote"))
    reader = VotesReader(columns, meta, index_of)
    for batch in sections.batches(columns):
        reader.read(batch)
    return reader.votes()


class VotesReader:
    """Collects the votes of one file."""

    def __init__(self, columns: Columns, meta: Meta, index_of: Mapping[str, int]) -> None:
        vote_type = meta.vote_type()
        points_place = columns.place("points") if vote_type in POINTS_TYPES else None
        self._voter_place = columns.names.index("voter_id")
        self._content_places = [columns.names.index("vote")] + ([] if points_place is None else [points_place])
        self._method_place = columns.place("voting_method")
        self._content = Content(index_of, vote_type, points_place is not None, columns.line)
        self._stated, self._stated_line = meta.stated_number("num_votes"), meta.line("num_votes")
        self._voters: set[str] = set()
        self._channel_of: dict[str, int] = {}
        self._rows, self._channels = array("i"), bytearray()

    def read(self, batch: Batch) -> None:
        columns = list(zip(*batch.rows, strict=True))
        self._add_voters(list(map(str.strip, columns[self._voter_place])), batch.lines)
        self._rows.extend(self._content.groups(*[columns[place] for place in self._content_places], lines=batch.lines))
        if self._method_place is None:
            self._channels.extend(bytes(len(batch.rows)))
        else:
            self._channels.extend(map(self._channel, columns[self._method_place]))

    def _add_voters(self, voters: list[str], lines: Sequence[int]) -> None:
        room = self._stated - len(self._voters)
        if room < len(voters):
            raise PbFormatError(f"There are more ballots than the {self._stated} of num_votes.", lines[room])
        fresh = set(voters)
        if len(fresh) < len(voters) or not self._voters.isdisjoint(fresh) or not EMPTY_CELLS.isdisjoint(fresh):
            self._refuse(voters, lines)
        self._voters |= fresh

    def _refuse(self, voters: list[str], lines: Sequence[int]) -> None:
        for voter, line in zip(voters, lines, strict=True):
            if voter in EMPTY_CELLS:
                raise PbFormatError("The ballot has no voter id.", line)
            if voter in self._voters:
                raise PbFormatError(f"The voter {quoted(voter)} stands there twice.", line)
            self._voters.add(voter)

    def _channel(self, method: str) -> int:
        if method not in self._channel_of:
            self._channel_of[method] = CHANNEL_NUMBERS.get(cleaned(method).lower(), 0)
        return self._channel_of[method]

    def votes(self) -> Votes:
        if len(self._rows) != self._stated:
            raise PbFormatError(f"num_votes is {self._stated}, but there are {len(self._rows)}.", self._stated_line)
        rows = np.array(self._rows, np.int32)
        return Votes(self._content.ballots(rows), rows, np.frombuffer(bytes(self._channels), np.uint8))
