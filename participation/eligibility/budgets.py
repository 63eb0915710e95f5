"""Budgets, their phases and results: may they, and if not, why?"""

from collections.abc import Iterable

from django.db.models import Model

from participation.models import BallotBox, Budget, Envelope, Phase, Result
from participation.models.short_link import LONGEST_PLACE, is_inside
from participation.refusals import Refusal
from participation.timetable import overlaps

MOST_SHORT_LINKS = 500


def refusal_to_publish(budget: Budget) -> Refusal | None:
    return Refusal.ALREADY_PUBLISHED if budget.is_public else None


def refusal_to_plan(phase: Phase, others: Iterable[Phase]) -> Refusal | None:
    """`others` are the other phases of the same budget."""
    return Refusal.PHASES_OVERLAP if overlaps(phase, others) else None


def refusal_to_change(record: Model) -> Refusal | None:
    """What a count was made from stays as it was counted, and what a vote is held on as it was frozen."""
    if BallotBox.objects.frozen_with(record).exists():
        return Refusal.RULES_FROZEN
    return Refusal.COUNTED_ALREADY if Result.objects.counted_from(record).exists() else None


def refusal_to_count(envelope: Envelope) -> Refusal | None:
    if envelope.ballot_box is None:
        return Refusal.NO_BALLOT_BOX
    return Refusal.COUNTED_ALREADY if Result.objects.filter(envelope=envelope).exists() else None


def refusal_to_publish_result(result: Result) -> Refusal | None:
    return Refusal.ALREADY_PUBLISHED if result.published_at else None


def refusal_to_make_short_link(budget: Budget, place: str, leads_to: str) -> Refusal | None:
    if not place:
        return Refusal.PLACE_MISSING
    if len(place) > LONGEST_PLACE:
        return Refusal.TOO_LONG
    if not is_inside(leads_to):
        return Refusal.OUTSIDE_THE_SITE
    return Refusal.TOO_MANY_SHORT_LINKS if budget.short_links.count() >= MOST_SHORT_LINKS else None
