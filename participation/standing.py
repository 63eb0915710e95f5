"""What somebody has done in a budget so far, and whether they look after it: what the rules for proposals ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import BigIntegerField, Count, Q, QuerySet, Value

from participation.choices import HANDED_IN, CommentState, ProposalStatus, Role
from participation.models import Budget, Comment, CommentVote, Flag, Person, Proposal, RoleAssignment, Support

MODERATE = frozenset({Role.MODERATOR, Role.MANAGER, Role.ADMINISTRATOR})
ANSWER_OFFICIALLY = MODERATE | {Role.VALUATOR}
LATELY = timedelta(hours=1)
SUPPORTED = tuple(f"proposal__{name}" for name in ("budget", "pk", "status", "envelope", "envelope__ballot_box"))


class Given(NamedTuple):
    """Where a support was given: ids, None for proposals without. It counts as long as its proposal is published."""

    envelope: int | None = None
    ballot_box: int | None = None
    counts: bool = True


@dataclass(frozen=True)
class Standing:
    """`supported` holds the ids of proposals of this budget."""

    person: Person | None = None
    moderates: bool = False
    handed_in: int = 0
    drafts: int = 0
    supported: Mapping[int, Given] = field(default_factory=dict)


NOBODY = Standing()


def standing_of(person: Person | None, budget: Budget) -> Standing:
    return standings_of(person, [budget.pk]).get(budget.pk, NOBODY)


def standings_of(
    person: Person | None, budget_ids: Iterable[int], *, counting: bool = True, moderating: bool = True
) -> dict[int, Standing]:
    """By the ids of budgets; two queries for any number of them, none for nobody.

    One less where nobody asks for `handed_in` and `drafts`, which are then 0. `moderates` is False where not asked.
    """
    if person is None:
        return {}
    budgets = list(budget_ids)
    counts = counts_in(person, budgets) if counting else {}
    roles, supported = roles_and_supports(person, budgets, moderating=moderating)
    return {
        budget: Standing(
            person,
            (moderating and person.is_superuser) or None in roles or budget in roles,
            *counts.get(budget, (0, 0)),
            supported[budget],
        )
        for budget in budgets
    }


def roles_of(person: Person) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(person=person, role__in=MODERATE).order_by()


def roles_in(person: Person) -> set[int | None]:
    """The budgets that the person looks after; None stands for all of them."""
    return set(roles_of(person).values_list("budget", flat=True))


def roles_and_supports(
    person: Person, budgets: list[int], *, moderating: bool
) -> tuple[set[int | None], dict[int, dict[int, Given]]]:
    """As `roles_in`, and what the person supports in each budget, in one query."""
    given = Support.objects.filter(person=person, proposal__budget__in=budgets).order_by()
    rows = given.values_list(*SUPPORTED)
    if moderating:
        nothing = Value(None, BigIntegerField())
        roles = roles_of(person).values_list("budget", nothing, Value(""), nothing, nothing)
        rows = rows.union(roles, all=True)
    looked_after: set[int | None] = set()
    supported: dict[int, dict[int, Given]] = {budget: {} for budget in budgets}
    for budget, proposal, status, envelope, box in rows:
        if proposal is None:
            looked_after.add(budget)
        else:
            supported[budget][proposal] = Given(envelope, box, status == ProposalStatus.PUBLISHED)
    return looked_after, supported


def counts_in(person: Person, budgets: list[int]) -> dict[int, tuple[int, int]]:
    """How many proposals are handed in and how many are drafts, by budget."""
    rows = Proposal.objects.of(person).filter(budget__in=budgets).values("budget").order_by()
    counted = rows.annotate(
        handed_in=Count("pk", filter=Q(status__in=HANDED_IN)), drafts=Count("pk", filter=Q(status=ProposalStatus.DRAFT))
    )
    return {row["budget"]: (row["handed_in"], row["drafts"]) for row in counted}


@dataclass(frozen=True)
class Voice:
    """What somebody said lately, and in what capacity: what the rules for comments and reports ask.

    `said`, `rated` and `flagged` count the last hour; `is_known` once a comment of theirs was published.
    """

    person: Person | None = None
    moderates: bool = False
    moderates_all: bool = False
    is_official: bool = False
    said: int = 0
    rated: int = 0
    flagged: int = 0
    is_known: bool = False


SILENT = Voice()


def voice_of(person: Person | None, budget: Budget, at: datetime, *, apart_from: Comment | None = None) -> Voice:
    """`apart_from` is a comment of which nothing shall be made."""
    if person is None:
        return SILENT
    since = at - LATELY
    roles = RoleAssignment.objects.filter(Q(budget=None) | Q(budget=budget), person=person)
    held = list(roles.values_list("role", "budget"))
    said = (
        Comment.objects.filter(author=person)
        .exclude(pk=apart_from and apart_from.pk)
        .aggregate(
            lately=Count("pk", filter=Q(posted_at__gt=since)), known=Count("pk", filter=Q(state=CommentState.PUBLISHED))
        )
    )
    return Voice(
        person,
        moderates=person.is_superuser or any(role in MODERATE for role, _ in held),
        moderates_all=person.is_superuser or any(role in MODERATE for role, where in held if where is None),
        is_official=any(role in ANSWER_OFFICIALLY for role, _ in held),
        said=said["lately"],
        rated=CommentVote.objects.filter(person=person, at__gt=since).count(),
        flagged=Flag.objects.filter(person=person, at__gt=since).count(),
        is_known=bool(said["known"]),
    )
