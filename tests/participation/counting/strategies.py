"""Small elections full of ties, for hypothesis."""

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from participation.counting.election import Election, Project, VoteType
from participation.counting.groups import ballots_from_groups
from participation.counting.rules import Completion, Decisions, Kind, Rule, Threshold, Utility

SCALE = 10
WITH_GIVEN_POINTS = (VoteType.CUMULATIVE, VoteType.SCORING)


@dataclass
class Case:
    """One election twice: for the counting module and for the reference. Project ids are their indices."""

    election: Election
    costs: list[int]
    ballots: list[tuple[list[int], list[Fraction] | None]]
    default: Fraction
    rule: Rule
    decisions: Decisions


@st.composite
def cases(draw, kinds=tuple(Kind)):
    costs = draw(st.lists(st.integers(0, 12).map(lambda units: units * 10), min_size=1, max_size=6))
    vote_type = draw(st.sampled_from(VoteType))
    budget = draw(st.integers(1, 40)) * 10
    groups = draw(st.lists(groups_of_ballots(len(costs), vote_type), max_size=7))
    default = draw(st.integers(-5, 10)) if vote_type is VoteType.SCORING else 0
    scale = SCALE if vote_type in WITH_GIVEN_POINTS else 1
    projects = tuple(Project(str(index), cost) for index, cost in enumerate(costs))
    ballots = ballots_from_groups(as_stored(groups, scale), in_millionths=bool(default))
    election = Election(projects, ballots, budget, vote_type, default_points=default * ballots.point_scale // scale)
    return Case(
        election,
        costs,
        [
            (named, None if points is None else [Fraction(point, scale) for point in points])
            for named, points, copies in groups
            for _ in range(copies)
        ],
        Fraction(default, scale),
        draw(rules(kinds, budget)),
        draw(decisions(costs, budget)),
    )


def as_stored(groups, scale):
    """Points as a database holds them: whole, or text with decimals."""
    for named, points, copies in groups:
        texts = (
            None if points is None else [str(point / scale) if point % scale else point // scale for point in points]
        )
        yield named, texts, copies


@st.composite
def groups_of_ballots(draw, projects, vote_type):
    named = draw(st.lists(st.integers(0, projects - 1), max_size=1 if vote_type is VoteType.CHOOSE_1 else 4))
    points = None
    if vote_type in WITH_GIVEN_POINTS:
        least = -20 if vote_type is VoteType.SCORING else 0
        points = draw(st.lists(st.integers(least, 40), min_size=len(named), max_size=len(named)))
    return named, points, draw(st.integers(1, 3))


@st.composite
def rules(draw, kinds, budget):
    switches = {"kind": draw(st.sampled_from(kinds)), "cheaper_first": draw(st.booleans())}
    switches["threshold"] = draw(st.sampled_from([None, None, Threshold.read("2"), Threshold.read("30%")]))
    if switches["kind"] is Kind.TOP_UP:
        switches["top_up_percent"] = Threshold.read(draw(st.sampled_from(["80", "50", "66.6"]))).value
    if switches["kind"] is Kind.EQUAL_SHARES:
        switches["completion"] = draw(st.sampled_from(Completion))
        switches["comparison"] = draw(st.booleans())
        switches["utility"] = draw(st.sampled_from([None, *Utility]))
        if switches["completion"] in (Completion.ADD1, Completion.ADD1U):
            switches["stop_when_exhaustive"] = draw(st.booleans())
            switches["integral_start"] = draw(st.booleans())
            switches["increment"] = draw(st.sampled_from([1, 3, 10]))
    return Rule(**switches)


@st.composite
def decisions(draw, costs, budget):
    if draw(st.booleans()):
        return Decisions()
    fates = draw(
        st.lists(
            st.sampled_from(["", "", "", "withdrawn", "ruled_out", "kept"]), min_size=len(costs), max_size=len(costs)
        )
    )
    named = {fate: [str(index) for index, one in enumerate(fates) if one == fate] for fate in set(fates)}
    kept, left = [], budget
    for name in named.get("kept", []):
        if costs[int(name)] <= left:
            kept.append(name)
            left -= costs[int(name)]
    groups = draw(st.lists(st.sets(st.integers(0, len(costs) - 1), min_size=1, max_size=3), max_size=2))
    return Decisions(
        withdrawn=tuple(named.get("withdrawn", [])),
        ruled_out=tuple(named.get("ruled_out", [])),
        kept=tuple(kept),
        exclusive=tuple(tuple(sorted(map(str, group))) for group in groups),
    )
