"""Small files and elections for the tests."""

from io import BytesIO
from pathlib import Path

from participation.counting.election import Election, Project, VoteType
from participation.counting.groups import ballots_from_groups
from participation.counting.pb_format import PbFile, read_pb

DATA = Path(__file__).parents[2] / "data" / "pabulib"
META = {"num_projects": "2", "num_votes": "3", "budget": "100", "vote_type": "approval", "rule": "greedy"}
PROJECTS = ("project_id;cost;name", "a;60;Playground", "b;50;Trees")
VOTES = ("voter_id;vote", "1;a", "2;a,b", "3;b")
"""`pb_text` puts META's five keys on lines 3 to 7, PROJECTS' columns on line 9, VOTES' columns on line 13."""


def pb_text(projects=PROJECTS, votes=VOTES, end="\n", **meta) -> str:
    stated = META | meta
    rows = [f"{key};{value}" for key, value in stated.items() if value is not None]
    return end.join(["META", "key;value", *rows, "PROJECTS", *projects, "VOTES", *votes, ""])


def read_text(text: str | bytes) -> PbFile:
    return read_pb(BytesIO(text if isinstance(text, bytes) else text.encode()))


def read_data(name: str) -> PbFile:
    with (DATA / name).open("rb") as stream:
        return read_pb(stream)


def election(costs, budget, ballots, vote_type=VoteType.APPROVAL, **more) -> Election:
    """`costs` by project id; a ballot is a list of ids, or a pair of ids and points."""
    places = {name: place for place, name in enumerate(costs)}
    pairs = [ballot if isinstance(ballot, tuple) else (ballot, None) for ballot in ballots]
    groups = [([places[name] for name in names], points, 1) for names, points in pairs]
    projects = tuple(Project(name, cost) for name, cost in costs.items())
    return Election(projects, ballots_from_groups(groups), budget, vote_type, **more)


def fates(outcome):
    """What became of each project, in the order of decision."""
    return [(line.project, str(line.reason)) for line in outcome.lines]


def facts_of(outcome, project):
    return next(line.facts for line in outcome.lines if line.project == project)
