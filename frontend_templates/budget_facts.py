"""All that a page needs to speak of a budget: its money, its phases, and what can be done today."""

from collections.abc import Iterable
from datetime import datetime

from frontend_templates.charts.strip import strip
from frontend_templates.invitations import invitation
from participation.eligibility import box_at, refusal_to_vote
from participation.models import Budget, Envelope, Result
from participation.timetable import stage

PAST_RESULTS = 6


def budget_facts(budget: Budget, at: datetime) -> dict[str, object]:
    """`budget` comes with its texts and phases."""
    envelopes = list(budget.envelopes.with_texts().select_related("district", "ballot_box"))
    results = list(
        Result.objects.public()
        .filter(envelope__budget=budget)
        .select_related("envelope")
        .prefetch_related("envelope__texts")
        .order_by("envelope_id")
    )
    return {
        "budget": budget,
        "phases": [{"phase": phase, "stage": stage(phase, at)} for phase in budget.phases.all()],
        "phase": budget.phase_at(at),
        "next_phase": budget.next_phase(at),
        "envelopes": envelopes,
        "money": strip((envelope.amount_minor, str(envelope)) for envelope in envelopes),
        "project_count": budget.projects.count(),
        "proposal_count": budget.proposals.public().count(),
        "results": results,
        "has_regulations": budget.regulations.in_force(at).exists(),
        "invitation": invitation(budget, at, has_results=bool(results), is_open=takes_ballots(envelopes, at)),
    }


def takes_ballots(envelopes: Iterable[Envelope], at: datetime) -> bool:
    """Whether the ballot box of any envelope is open. `envelopes` come with their boxes."""
    boxes = (envelope.ballot_box for envelope in envelopes if envelope.ballot_box)
    return any(refusal_to_vote(box_at(box, at)) is None for box in boxes)


def home_facts(at: datetime) -> dict[str, object]:
    """The facts of the budget that is running or comes next, and the latest results of all."""
    budget = Budget.objects.public().running_or_ahead(at).with_texts().with_phases().first()
    past = (
        Result.objects.public()
        .select_related("envelope__budget")
        .prefetch_related("envelope__budget__texts")
        .order_by("-published_at", "-pk")[:PAST_RESULTS]
    )
    return {**(budget_facts(budget, at) if budget else {}), "past": list(past)}
