"""Ballots as a database gives them: grouped by identical content."""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from participation.counting.election import Ballots
from participation.counting.numbers import MOST_DECIMALS, to_number

FINEST = 10**MOST_DECIMALS
Group = tuple[Sequence[int], Sequence[int | str] | None, int]


def ballots_from_groups(groups: Iterable[Group], *, in_millionths: bool = False) -> Ballots:
    """`groups` are (indices of the projects named, points beside them or None, how often it was cast).

    Points are whole numbers, or text with decimals such as "2.5". Either all groups have points or none. Their scale
    is 1 where none has decimals and `in_millionths` does not ask for it. Raises ValueError when a ballot has not as
    many points as it names projects, or only some of those that are not blank have points.
    """
    lengths, choices, copies = array("q"), array("i"), array("q")
    points: list[int | str] = []
    kinds: set[bool] = set()
    for named, given, times in groups:
        lengths.append(len(named))
        choices.extend(named)
        copies.append(times)
        if given is not None:
            if len(given) != len(named):
                raise ValueError("A ballot must have as many points as it names projects.")
            points.extend(given)
        if named:
            kinds.add(given is not None)
    if len(kinds) > 1:
        raise ValueError("Either all ballots have points or none.")
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(np.array(lengths, np.int64), out=starts[1:])
    named_array, copies_array = np.array(choices, np.int32), np.array(copies, np.int64)
    if True not in kinds:
        return Ballots(starts, named_array, copies_array, point_scale=FINEST if in_millionths else 1)
    scaled, scale = scaled_points(points, in_millionths)
    return Ballots(starts, named_array, copies_array, np.array(scaled, np.int64), scale)


def scaled_points(points: list[int | str], in_millionths: bool) -> tuple[list[int], int]:
    """The points as whole numbers of 1/scale, and the scale."""
    if not in_millionths and all(isinstance(point, int) for point in points):
        return [int(point) for point in points], 1
    return [int(to_number(str(point)) * FINEST) for point in points], FINEST
