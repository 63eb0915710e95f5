"""Everybody gets a file with all that is kept about them: asked for, made by the worker, deleted some days later."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from participation.actions.people import locked
from participation.actions.records import log
from participation.eligibility import refusal_to_export
from participation.exports.personal_data import remove_file, write_file
from participation.models import Person, PersonalDataExport
from participation.refusals import ActionRefused


@transaction.atomic
def ask_for_personal_data(*, actor: Person | None, person: Person, at: datetime) -> PersonalDataExport:
    """Queues the making of the file. Refused while one is being made, and within an hour of the last one."""
    person = locked(person)
    if refusal := refusal_to_export(person, at):
        raise ActionRefused(refusal)
    export = PersonalDataExport.objects.create(person=person, asked_at=at)
    log(actor=actor, verb="ask_for_personal_data", subject=person, at=at)
    make_personal_data.enqueue(str(export.uuid))
    return export


@task(backend="jobs")
def make_personal_data(uuid: str) -> None:
    """Again is harmless: a file that is there is made anew. One whose person was erased meanwhile is not made."""
    finish_personal_data(uuid=UUID(uuid), at=timezone.now())


def finish_personal_data(*, uuid: UUID, at: datetime) -> None:
    """Writes the file, outside of any transaction, and then says that it is there."""
    export = PersonalDataExport.objects.filter(uuid=uuid).first()
    if export is not None:
        write_file(export)
        if not say_that_it_is_made(export, at):
            remove_file(export)


@transaction.atomic
def say_that_it_is_made(export: PersonalDataExport, at: datetime) -> bool:
    """Under the lock of the person, as erasing is: False when there is nobody any more to hand it to."""
    if not Person.objects.select_for_update().filter(pk=export.person_id, erased_at=None).exists():
        return False
    return bool(PersonalDataExport.objects.filter(pk=export.pk).update(made_at=max(at, export.asked_at)))


@transaction.atomic
def remove_personal_data(*, before: datetime) -> int:
    """Deletes the files that were asked for before a moment. Returns how many there were."""
    old = list(PersonalDataExport.objects.older_than(before))
    for export in old:
        remove_file(export)
        export.delete()
    return len(old)
