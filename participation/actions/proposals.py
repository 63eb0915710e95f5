"""What an author does with a proposal: draft, change, hand in, withdraw. Locks: budget, then person, then proposal."""

import uuid
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from participation.actions.groups import refuse_stranger
from participation.actions.proposal_words import Answers, keep_version, show_version, write_answers
from participation.actions.records import announce, log
from participation.choices import ProposalStatus
from participation.eligibility import (
    refusal_to_discard,
    refusal_to_edit,
    refusal_to_propose,
    refusal_to_submit,
    refusal_to_take_part,
    refusal_to_withdraw,
)
from participation.links import MOST_IN_PROPOSAL, links_in
from participation.models import Budget, Person, Proposal
from participation.models.proposal import WORDS
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of

COPIED = ("title", "what_and_why", "who_benefits", "address", "latitude", "longitude", "whole_area")
COPIED_TOO = ("language", "cost_band", "cost_minor")


def refuse(refusal: Refusal | None) -> None:
    if refusal:
        raise ActionRefused(refusal)


def locked_person(person: Person) -> Person:
    """Whatever counts against a limit of this person waits here for its turn."""
    row: Person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    return row


def locked_proposal(proposal: Proposal) -> Proposal:
    """As it is now, with its budget and the phases. Raises DoesNotExist once it is thrown away."""
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True).select_related("budget")
    row: Proposal = rows.prefetch_related("budget__phases", "categories").get(pk=proposal.pk)
    return row


@transaction.atomic
def save_draft(
    *, actor: Person, budget: Budget, key: UUID, answers: Answers, at: datetime, quietly: bool = False
) -> Proposal:
    """Begins the draft `key`, or writes into it. The same request twice makes one draft.

    `quietly` is for what is kept between two words, of which each would be a line in the activity log.
    Refused while proposals are not taken, beyond the limits, and for what is not a draft of this person.
    """
    refuse_stranger(answers.get("group"), locked_person(actor))
    refuse_advertising(answers)
    known = Proposal.objects.filter(uuid=key).first()
    if known is None:
        return begin_draft(actor, budget, key, answers, at)
    proposal = locked_proposal(known)
    refuse(refusal_to_edit(proposal, standing_of(actor, proposal.budget), at))
    if proposal.status != ProposalStatus.DRAFT or proposal.budget_id != budget.pk:
        raise ActionRefused(Refusal.WRONG_STATUS)
    changed = write_answers(proposal, answers, at)
    if changed and not quietly:
        log(actor=actor, verb="change", subject=proposal, at=at, fields=changed)
    return proposal


def begin_draft(actor: Person, budget: Budget, key: UUID, answers: Answers, at: datetime) -> Proposal:
    refuse(refusal_to_propose(budget, standing_of(actor, budget), at))
    only = list(budget.envelopes.all()[:2])
    proposal = Proposal(uuid=key, budget=budget, author=actor, created_at=at, saved_at=at)
    if len(only) == 1:
        proposal.envelope = only[0]
    proposal.save()
    write_answers(proposal, answers, at)
    log(actor=actor, verb="draft", subject=proposal, at=at)
    return proposal


@transaction.atomic
def edit(*, actor: Person, proposal: Proposal, answers: Answers, at: datetime) -> Proposal:
    """Changes a proposal. Other words than before make a new version.

    Where a moderator sees proposals first, a published one waits for them again. Refused as the table of
    `lifecycle` says, and when something that had to be said would be missing afterwards.
    """
    proposal = locked_proposal(proposal)
    refuse(refusal_to_edit(proposal, standing_of(actor, proposal.budget), at))
    refuse_stranger(answers.get("group"), actor)
    refuse_advertising(answers)
    changed = write_answers(proposal, answers, at)
    if not changed:
        return proposal
    follow_change(proposal, at)
    log(actor=actor, verb="change", subject=proposal, at=at, fields=changed)
    return proposal


def refuse_advertising(answers: Answers) -> None:
    if links_in(*(str(answers.get(name, "")) for name in WORDS)) > MOST_IN_PROPOSAL:
        raise ActionRefused(Refusal.TOO_MANY_LINKS)


def follow_change(proposal: Proposal, at: datetime) -> None:
    """What comes of a change of words, photos or documents once a proposal is handed in; drafts change freely."""
    if proposal.status != ProposalStatus.DRAFT:
        keep_version(proposal, at)
        look_again(proposal)
        show_version(proposal)


def look_again(proposal: Proposal) -> None:
    """What a moderator let pass and was changed since is not public until they have seen it."""
    if proposal.status == ProposalStatus.PUBLISHED and proposal.budget.moderates_first:
        proposal.status, proposal.published_at = ProposalStatus.SUBMITTED, None
        proposal.save(update_fields=["status", "published_at"])
    announce("proposal_changed", proposal)


@transaction.atomic
def submit(*, actor: Person, proposal: Proposal, at: datetime) -> Proposal:
    """Hands a draft in: it gets its public number, and is published unless a moderator sees it first.

    Once more changes nothing. Refused when it is incomplete, beyond the limit of the budget, and to whoever has not
    accepted its regulations.
    """
    Budget.objects.select_for_update(no_key=True).get(pk=proposal.budget_id)
    locked_person(actor)
    proposal = locked_proposal(proposal)
    if proposal.author_id == actor.pk and proposal.status in {ProposalStatus.SUBMITTED, ProposalStatus.PUBLISHED}:
        return proposal
    refuse(refusal_to_submit(proposal, standing_of(actor, proposal.budget), at))
    refuse(refusal_to_take_part(actor, proposal.budget, at))
    hand_in(proposal, at)
    log(actor=actor, verb="submit", subject=proposal, at=at)
    return proposal


def hand_in(proposal: Proposal, at: datetime) -> None:
    """With its number, and those who follow hear of it."""
    take_in(proposal, at)
    announce("proposal_handed_in", proposal)
    announce(f"proposal_{proposal.status}", proposal)


def take_in(proposal: Proposal, at: datetime) -> None:
    """With its number, under the lock of the budget: for everybody to see, unless a moderator comes first."""
    proposal.public_number = next_number(proposal.budget)
    proposal.status, proposal.submitted_at = ProposalStatus.SUBMITTED, at
    if not proposal.budget.moderates_first:
        proposal.status, proposal.published_at = ProposalStatus.PUBLISHED, at
    proposal.save(update_fields=["public_number", "status", "submitted_at", "published_at"])
    keep_version(proposal, at)
    show_version(proposal)


def next_number(budget: Budget) -> int:
    """Under the lock of the budget."""
    highest = budget.proposals.aggregate(highest=models.Max("public_number"))["highest"]
    return (highest or 0) + 1


@transaction.atomic
def withdraw(*, actor: Person, proposal: Proposal, at: datetime) -> Proposal:
    """The author takes it back. One that was published stays readable, marked as withdrawn. Twice is as once."""
    proposal = locked_proposal(proposal)
    if proposal.author_id == actor.pk and proposal.status == ProposalStatus.WITHDRAWN:
        return proposal
    refuse(refusal_to_withdraw(proposal, standing_of(actor, proposal.budget), at))
    proposal.status = ProposalStatus.WITHDRAWN
    proposal.save(update_fields=["status"])
    log(actor=actor, verb="withdraw", subject=proposal, at=at)
    announce("proposal_withdrawn", proposal)
    return proposal


@transaction.atomic
def discard(*, actor: Person, proposal: Proposal, at: datetime) -> None:
    """Throws a draft away, with its photos and documents."""
    proposal = locked_proposal(proposal)
    refuse(refusal_to_discard(proposal, standing_of(actor, proposal.budget), at))
    log(actor=actor, verb="discard", subject=proposal, at=at)
    forget_files_of(proposal)
    proposal.delete()


def forget_files_of(proposal: Proposal) -> None:
    """Once its rows are really gone."""
    for photo in proposal.photos.all():
        transaction.on_commit(photo.forget_files)
    for one in proposal.documents.all():
        transaction.on_commit(one.forget_files)


@transaction.atomic
def propose_again(*, actor: Person, proposal: Proposal, budget: Budget, at: datetime) -> Proposal:
    """A new draft in another budget with the words of an own proposal, or the draft that was made of it before.

    Photos are added anew: the right to publish them is stated each time.
    """
    locked_person(actor)
    if proposal.author_id != actor.pk:
        raise ActionRefused(Refusal.NOT_YOURS)
    known: Proposal | None = budget.proposals.of(actor).filter(again_from=proposal, status=ProposalStatus.DRAFT).first()
    if known:
        return known
    values = {name: getattr(proposal, name) for name in (*COPIED, *COPIED_TOO)}
    slug = proposal.envelope.slug if proposal.envelope else ""
    answers: Answers = {
        **values,  # type: ignore[typeddict-item]
        "categories": [one for one in budget.offered_categories if one in set(proposal.categories.all())],
    }
    if envelope := budget.envelopes.filter(slug=slug).first():
        answers["envelope"] = envelope
    copy = begin_draft(actor, budget, uuid.uuid4(), answers, at)
    copy.again_from = proposal
    copy.save(update_fields=["again_from"])
    return copy
