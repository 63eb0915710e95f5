from datetime import datetime

from django.db import transaction

from participation.actions.records import announce, log
from participation.choices import BudgetStatus
from participation.eligibility import refusal_to_publish
from participation.models import Budget, Person
from participation.refusals import ActionRefused


@transaction.atomic
def publish_budget(*, actor: Person | None, budget: Budget, at: datetime) -> Budget:
    """Shows a draft budget, its phases, envelopes and projects to everybody. Refused when it is shown already."""
    budget = Budget.objects.select_for_update().get(pk=budget.pk)
    if refusal := refusal_to_publish(budget):
        raise ActionRefused(refusal)
    budget.status = BudgetStatus.PUBLISHED
    budget.save(update_fields=["status"])
    log(actor=actor, verb="publish", subject=budget, at=at)
    announce("budget_published", budget)
    return budget
