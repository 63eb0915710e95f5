from datetime import datetime

from django.db import transaction

from participation.actions.records import log
from participation.eligibility import refusal_to_plan
from participation.models import Budget, Person, Phase
from participation.refusals import ActionRefused


@transaction.atomic
def plan_phase(*, actor: Person | None, phase: Phase, at: datetime) -> Phase:
    """Creates or changes a phase under the lock of its budget.

    Refused when it would overlap another phase of the budget. Raises ValidationError when it breaks a constraint.
    """
    budget = Budget.objects.select_for_update().get(pk=phase.budget_id)
    others = list(budget.phases.exclude(pk=phase.pk))
    if refusal := refusal_to_plan(phase, others):
        raise ActionRefused(refusal)
    verb = "create" if phase._state.adding else "change"
    phase.full_clean()
    phase.save()
    log(actor=actor, verb=verb, subject=phase, at=at)
    return phase
