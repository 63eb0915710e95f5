"""What the counting module is given: the stored ballots of one envelope, grouped by identical content."""

from participation.choices import DecisionKind
from participation.content import read_content
from participation.counting.decisions import Decisions
from participation.counting.election import Election, VoteType
from participation.counting.election import Project as CountedProject
from participation.counting.groups import ballots_from_groups
from participation.counting.money import exponent_of
from participation.counting.numbers import to_number
from participation.counting.pb_limits import limits_of
from participation.models import BallotBox, Envelope, Project


def election_of(envelope: Envelope, box: BallotBox, projects: list[Project]) -> Election:
    """`projects` are all of the envelope's, in their recorded order: that is the order of ties."""
    currency = envelope.budget.currency
    knapsack = envelope.amount_minor if box.vote_type == VoteType.KNAPSACK else None
    index_of = {project.public_number: index for index, project in enumerate(projects)}
    groups = (
        ([index_of[number] for number in numbers], points, copies)
        for content, copies in envelope.counted_ballots.grouped()
        for numbers, points in [read_content(content)]
    )
    default_score = to_number(box.limits.get("default_score", "0"))
    ballots = ballots_from_groups(groups, in_millionths=default_score % 1 != 0)
    return Election(
        projects=tuple(CountedProject(project.pabulib_id, project.cost_minor) for project in projects),
        ballots=ballots,
        budget_minor=envelope.amount_minor,
        vote_type=VoteType(box.vote_type),
        currency=currency,
        limits=limits_of(box.limits, exponent_of(currency), knapsack),
        default_points=int(default_score * ballots.point_scale),
    )


def decisions_on(projects: list[Project]) -> Decisions:
    """The official decisions and the exclusive groups of these projects."""
    decided = sorted(
        (project for project in projects if hasattr(project, "decision")),
        key=lambda project: (project.decision.rank, project.recorded_order),
    )
    groups: dict[str, list[str]] = {}
    for project in projects:
        if project.exclusive_group:
            groups.setdefault(project.exclusive_group, []).append(project.pabulib_id)

    def of_kind(kind: DecisionKind) -> tuple[str, ...]:
        return tuple(project.pabulib_id for project in decided if project.decision.kind == kind)

    return Decisions(
        withdrawn=of_kind(DecisionKind.WITHDRAWN),
        ruled_out=of_kind(DecisionKind.RULED_OUT),
        kept=of_kind(DecisionKind.KEPT),
        exclusive=tuple(map(tuple, groups.values())),
    )
