"""What happens to a proposal from paper is told to its author by letter, until somebody claims the proposal."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from participation.actions.proposals import refuse
from participation.actions.records import log
from participation.choices import NoticeKind
from participation.eligibility import refusal_to_print_letters
from participation.models import Budget, Comment, FieldEntry, Letter, ModerationDecision, Outbox, Person, Proposal
from participation.refusals import ActionRefused, Refusal


def letters_of(event: Outbox, kind: NoticeKind | None, subjects: dict[str, object]) -> list[Letter]:
    """The letter that an event makes, where the proposal came on paper and nobody has claimed it."""
    decision, comment = subjects.get("decision"), subjects.get("comment")
    proposal = decision.proposal if isinstance(decision, ModerationDecision) else subjects.get("proposal")
    if kind is None or not isinstance(proposal, Proposal) or proposal.author_id is not None:
        return []
    entry = FieldEntry.objects.filter(proposal=proposal, code_hash__isnull=False).first()
    if entry is None or not (entry.name or entry.address):
        return []
    return [
        Letter(
            entry=entry,
            event=event.pk,
            kind=kind,
            proposal=proposal,
            comment=comment if isinstance(comment, Comment) else None,
            decision=decision if isinstance(decision, ModerationDecision) else None,
            at=event.written_at,
        )
    ]


@transaction.atomic
def print_letters(*, actor: Person, budget: Budget, at: datetime) -> UUID:
    """Marks all letters that wait in this budget as printed together, and gives the id by which they are shown.

    Refused to whoever is no officer, and where none waits. Two who press at once print each letter once.
    """
    refuse(refusal_to_print_letters(actor, budget))
    Budget.objects.select_for_update(no_key=True).get(pk=budget.pk)
    batch = uuid4()
    printed = Letter.objects.waiting().filter(proposal__budget=budget).update(printed_at=at, batch=batch)
    if not printed:
        raise ActionRefused(Refusal.NO_LETTERS)
    log(actor=actor, verb="print_notices", subject=budget, at=at, letters=printed)
    return batch
