"""Stations and papers: may they, and if not, why?"""

from datetime import datetime

from participation.choices import BoxState, Role
from participation.models import Budget, OfficerPass, PaperBatch, Person, RoleAssignment, RollEntry, Station
from participation.refusals import Refusal


def refusal_to_serve(person: Person | None, budget: Budget, at: datetime) -> Refusal | None:
    """Whether somebody may work on the roll at a station now: officers within the hours of a pass, managers always.

    None stands for whoever runs commands on the machine.
    """
    if person is None or person.is_superuser or pass_of(person, budget, at):
        return None
    leads = RoleAssignment.objects.held_by(person, budget).filter(role__in=[Role.MANAGER, Role.ADMINISTRATOR])
    return None if leads.exists() else Refusal.NO_PASS


def pass_of(person: Person, budget: Budget, at: datetime) -> OfficerPass | None:
    return OfficerPass.objects.valid_at(at).filter(person=person, station__budget=budget).first()


def refusal_to_mark(entry: RollEntry) -> Refusal | None:
    """While people vote, and until the papers are reconciled: lists that were kept offline are keyed later."""
    if entry.box.annulled_at:
        return Refusal.VOTE_ANNULLED
    if entry.box.state not in (BoxState.FROZEN, BoxState.CLOSED):
        return Refusal.WRONG_STATE
    return Refusal.BARRED if entry.barred else None


def refusal_to_count_at(station: Station | None, budget: Budget) -> Refusal | None:
    """A mark belongs to one station of the vote, or its papers could not be set against it."""
    return None if station and station.budget_id == budget.pk else Refusal.STATION_MISSING


def refusal_to_key(
    batch: PaperBatch, person: Person, keyed_by: Person | None, other: Person | None, done: int
) -> Refusal | None:
    """`keyed_by` is whose reading this is, `other` whose the other one, `done` how many papers it has."""
    if batch.signed_at:
        return Refusal.BATCH_SIGNED
    if batch.box.state != BoxState.CLOSED:
        return Refusal.WRONG_STATE
    if person == other or keyed_by not in (None, person):
        return Refusal.KEYED_BY_ANOTHER
    return Refusal.BATCH_FULL if done >= batch.papers else None


def refusal_to_sign(batch: PaperBatch, counts: list[int], *, differ: bool) -> Refusal | None:
    """`counts` are the papers of both readings."""
    if batch.signed_at:
        return Refusal.BATCH_SIGNED
    return Refusal.KEYINGS_DIFFER if differ or counts != [batch.papers, batch.papers] else None
