"""What every action leaves behind: a line in the activity log, and what should follow in the outbox."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from participation.models import ActivityEntry, Budget, Outbox, Person


def log(*, actor: Person | None, verb: str, subject: Model, at: datetime, **details: Any) -> ActivityEntry:
    """Writes who did what. `actor` is None for a command or a job. Call it inside the action's transaction."""
    return ActivityEntry.objects.create(
        at=at,
        actor=actor,
        budget=budget_of(subject),
        verb=verb,
        subject_kind=str(subject._meta.model_name),
        subject=str(getattr(subject, "uuid", subject.pk)),
        details=details,
    )


def budget_of(subject: Model) -> Budget | None:
    return subject if isinstance(subject, Budget) else getattr(subject, "budget", None)


def announce(kind: str, subject: Model, **ids: Any) -> Outbox:
    """Leaves a row for the jobs that follow. Call it inside the action's transaction."""
    return Outbox.objects.create(kind=kind, subject=str(getattr(subject, "uuid", subject.pk)), ids=ids)


@transaction.atomic
def keep_record(*, actor: Person | None, record: Model, at: datetime) -> Model:
    """Creates or changes a record that no rule but its constraints speaks of.

    Raises ValidationError for a record that breaks a constraint.
    """
    verb = "create" if record._state.adding else "change"
    record.full_clean()
    record.save()
    log(actor=actor, verb=verb, subject=record, at=at)
    return record


@transaction.atomic
def remove_record(*, actor: Person | None, record: Model, at: datetime) -> None:
    """Deletes a record that nothing depends on. Raises ProtectedError when something does."""
    log(actor=actor, verb="delete", subject=record, at=at, name=str(record))
    record.delete()
