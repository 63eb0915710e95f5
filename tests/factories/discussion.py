"""Proposals that are discussed, and comments on them, made through the actions or put there as rows."""

import uuid
from datetime import datetime
from itertools import count

from django.utils import timezone

from participation.actions.comments import comment_on
from participation.choices import PhaseKind, Role
from participation.models import Budget, Comment, Person, Proposal, RoleAssignment
from tests.factories.participation import make_person
from tests.factories.proposals import make_open_budget, put_proposal

_number = count(1)


def make_discussed(budget: Budget | None = None, **fields) -> Proposal:
    """A published proposal of Ada's in a budget whose phase takes comments."""
    budget = budget or make_open_budget(PhaseKind.SUPPORTING)
    return put_proposal(budget, **{"author": make_person(display_name="Ada"), **fields})


def make_comment(proposal: Proposal, author: Person | None = None, *, at: datetime | None = None, **fields) -> Comment:
    """Through the action."""
    return comment_on(
        actor=author or make_person(display_name="Ben"),
        proposal=proposal,
        at=at or timezone.now(),
        **{"key": uuid.uuid4(), "body": f"Words {next(_number)}", "language": "en", **fields},
    )


def put_comment(proposal: Proposal, *, parent: Comment | None = None, **fields) -> Comment:
    """A row, whatever the phase and the person: for lists and pages."""
    above = {"parent": parent, "root": parent.root or parent, "depth": parent.depth + 1} if parent else {}
    return Comment.objects.create(
        proposal=proposal,
        **{"body": f"Words {next(_number)}", "language": "en", "posted_at": timezone.now(), **above, **fields},
    )


def make_holder(role: Role = Role.MODERATOR, budget: Budget | None = None, **fields) -> Person:
    person = make_person(**fields)
    RoleAssignment.objects.create(person=person, role=role, budget=budget)
    return person
