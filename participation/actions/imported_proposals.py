"""Proposals out of the open data of Decidim and Consul: all of a file, or nothing."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from participation.actions.proposal_files import Row
from participation.actions.proposal_words import write_answers
from participation.actions.proposals import take_in
from participation.actions.records import log
from participation.models import Budget, Proposal


@dataclass
class ImportedProposals:
    """How many were new, the references of those that were there already, and how many their authors withdrew."""

    created: int = 0
    known: list[str] = field(default_factory=list)
    withdrawn: int = 0


@transaction.atomic
def import_proposals(*, budget: Budget, rows: list[Row], at: datetime, is_trial: bool = False) -> ImportedProposals:
    """Hands them in without an author, each once; nobody is told of each. `is_trial` only says what would be done.

    Supports are not taken over: nobody here gave them. What its author withdrew is left where it is.
    """
    locked = Budget.objects.select_for_update(no_key=True).get(pk=budget.pk)
    known = set(locked.proposals.exclude(imported_ref="").values_list("imported_ref", flat=True))
    new = [row for row in rows if not row.is_withdrawn and row.ref not in known]
    imported = ImportedProposals(
        created=len(new),
        known=[row.ref for row in rows if row.ref in known],
        withdrawn=sum(row.is_withdrawn and row.ref not in known for row in rows),
    )
    if not is_trial:
        for row in new:
            keep(locked, row, at)
        log(actor=None, verb="import_proposals", subject=budget, at=at, created=imported.created)
    return imported


def keep(budget: Budget, row: Row, at: datetime) -> None:
    proposal = Proposal(budget=budget, imported_ref=row.ref, created_at=at, saved_at=at)
    proposal.save()
    has_place = bool(row.address) or row.latitude is not None
    write_answers(
        proposal,
        {
            "title": row.title,
            "what_and_why": row.text,
            "address": row.address,
            "latitude": row.latitude,
            "longitude": row.longitude,
            "whole_area": not has_place,
            "language": row.language,
        },
        at,
    )
    take_in(proposal, at)
