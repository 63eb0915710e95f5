"""Ballots from a database, where those with identical content are counted together."""

from array import array
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from participation.counting.election import Ballots

Name = TypeVar("Name", bound=Hashable)


def ballots_from_groups(
    groups: Iterable[tuple[Sequence[Name], Sequence[int] | None, int]],
    index_of: Mapping[Name, int],
    point_scale: int = 1,
) -> Ballots:
    """Rows of (choices, points, copies): what a ballot names in order, its points or None, how often it was cast.

    `index_of` gives the place of each choice among the projects of the election. Points are whole
    numbers of 1/`point_scale`, a power of ten. Groups with the same content need not be adjacent
    or merged. Raises KeyError for a choice that has no place, ValueError when points do not match
    the choices of their ballot or only some ballots have them.
    """
    lengths, choices, points, copies = array("q"), array("i"), array("q"), array("q")
    with_points = 0
    for named, given, cast in groups:
        lengths.append(len(named))
        choices.extend([index_of[name] for name in named])
        copies.append(cast)
        if given is not None:
            if len(given) != len(named):
                raise ValueError("A ballot must have as many points as it names projects.")
            points.extend(given)
            with_points += 1
    if with_points not in (0, len(lengths)):
        raise ValueError("Either all ballots have points or none.")
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(np.array(lengths, np.int64), out=starts[1:])
    given_points = np.array(points, np.int64) if with_points else None
    return Ballots(starts, np.array(choices, np.int32), np.array(copies, np.int64), given_points, point_scale)
