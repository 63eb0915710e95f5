"""The content of a counted ballot: canonical JSON, so that equal ballots are equal text.

`{"projects":[3,5]}`, with points `{"points":[2,1],"projects":[3,5]}`: ASCII, sorted keys, no spaces; projects by their
public number, ascending where the vote type has no order. A point that is no whole number is text, such as "2.5".
"""

import json
from collections.abc import Sequence

from participation.counting.election import VoteType

Points = Sequence[int | str]


def write_content(vote_type: VoteType, projects: Sequence[int], points: Points | None = None) -> str:
    """`points` lie beside `projects`; they are kept beside them when those are put into order."""
    if vote_type is not VoteType.ORDINAL:
        projects, points = ascending(projects, points)
    content = {"projects": list(projects)} if points is None else {"points": list(points), "projects": list(projects)}
    return json.dumps(content, separators=(",", ":"))


def ascending(projects: Sequence[int], points: Points | None) -> tuple[Sequence[int], Points | None]:
    if points is None:
        return sorted(projects), None
    order = sorted(range(len(projects)), key=projects.__getitem__)
    return [projects[place] for place in order], [points[place] for place in order]


def read_content(content: str) -> tuple[list[int], list[int | str] | None]:
    """The public numbers and, where the ballot has any, the points of a stored content."""
    values = json.loads(content)
    return values["projects"], values.get("points")


def read_ballot(content: str) -> dict[str, dict[str, list[int]]]:
    """The choices of a whole ballot by the address of their envelope."""
    ballot: dict[str, dict[str, list[int]]] = json.loads(content)
    return ballot
