from datetime import datetime

from django.db import transaction

from participation.actions.records import announce, keep_record, log
from participation.choices import BudgetStatus
from participation.eligibility import refusal_to_publish
from participation.models import Budget, Person
from participation.refusals import ActionRefused


@transaction.atomic
def save_budget(*, actor: Person | None, budget: Budget, at: datetime) -> Budget:
    """Creates or changes a budget. A draft whose status was set to published is published as by `publish_budget`."""
    was_public = Budget.objects.public().filter(pk=budget.pk).exists()
    is_to_be_public = budget.is_public
    budget.status = BudgetStatus.PUBLISHED if was_public and is_to_be_public else BudgetStatus.DRAFT
    keep_record(actor=actor, record=budget, at=at)
    if is_to_be_public and not was_public:
        return publish_budget(actor=actor, budget=budget, at=at)
    return budget


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
