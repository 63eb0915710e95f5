"""Pabulib's `.pb` files, read whole and written as a stream. `docs/counting.md` states the format."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from participation.counting.election import Ballots, Election, Indices, VoteType
from participation.counting.pb_content import FINEST
from participation.counting.pb_lines import PbFormatError, Records
from participation.counting.pb_meta import Meta
from participation.counting.pb_projects import read_projects
from participation.counting.pb_sections import Sections
from participation.counting.pb_votes import CHANNELS, read_votes
from participation.counting.pb_write import BallotRow, write_pb

__all__ = ["CHANNELS", "BallotRow", "PbFile", "PbFormatError", "read_pb", "write_pb"]


@dataclass(frozen=True, eq=False)
class PbFile:
    """A file as read: `meta` and `project_rows` are the text of it, with empty cells as "".

    `channels` has one index into CHANNELS for each ballot in the order of the file, and
    `ballot_rows` the row of `election.ballots` that holds its content.
    """

    meta: dict[str, str]
    project_rows: list[dict[str, str]]
    election: Election
    channels: npt.NDArray[np.uint8]
    ballot_rows: Indices


def read_pb(stream: BinaryIO, progress: Callable[[int], None] | None = None) -> PbFile:
    """The whole file or nothing: raises PbFormatError, which names the line, on the first fault.

    `progress` is called now and then with the number of bytes read so far.
    """
    sections = Sections(Records(stream, progress))
    meta = Meta(sections)
    vote_type, budget = meta.vote_type(), meta.budget_minor()
    default_score = meta.default_score()
    default = int(default_score * FINEST) if vote_type is VoteType.SCORING else 0
    rows, projects = read_projects(sections, meta)
    votes = read_votes(sections, meta, {project.id: index for index, project in enumerate(projects)})
    sections.close()
    ballots, default = in_coarsest_scale(votes.ballots, default)
    currency = meta.values.get("currency", "")
    election = Election(projects, ballots, budget, vote_type, currency, meta.limits(), default)
    return PbFile(meta.values, rows, election, votes.channels, votes.rows)


def in_coarsest_scale(ballots: Ballots, default: int) -> tuple[Ballots, int]:
    """The same points in the largest unit in which all of them are whole numbers."""
    points, scale = ballots.points, ballots.point_scale
    while points is not None and scale > 1 and default % 10 == 0 and not (points % 10).any():
        points, scale, default = points // 10, scale // 10, default // 10
    return replace(ballots, points=points, point_scale=scale), default
