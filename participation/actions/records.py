"""What every action leaves behind: a line in the activity log, and what should follow in the outbox."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from participation.eligibility import refusal_to_change
from participation.models import ActivityEntry, Budget, Outbox, Person
from participation.refusals import ActionRefused


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
    """Creates or changes a record that few rules speak of.

    Refused for what a result was counted from. Raises ValidationError for a record that breaks a constraint.
    """
    if refusal := refusal_to_change(record):
        raise ActionRefused(refusal)
    verb = "create" if record._state.adding else "change"
    fields = changed_fields(record)
    record.full_clean()
    record.save()
    log(actor=actor, verb=verb, subject=record, at=at, fields=fields)
    return record


def changed_fields(record: Model) -> list[str]:
    """The names of the fields that differ from what is stored; all of them for a new record."""
    names = [field.attname for field in record._meta.concrete_fields]
    stored = type(record)._base_manager.filter(pk=record.pk).values(*names).first() or {}
    return [name for name in names if name not in stored or stored[name] != getattr(record, name)]


@transaction.atomic
def remove_record(*, actor: Person | None, record: Model, at: datetime) -> None:
    """Deletes a record. Refused for what a result was counted from; raises ProtectedError for what others need."""
    if refusal := refusal_to_change(record):
        raise ActionRefused(refusal)
    log(actor=actor, verb="delete", subject=record, at=at, name=str(record))
    record.delete()
