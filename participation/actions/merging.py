"""Merging a proposal into another, and taking that back. Locks: both proposals, the older first."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum

from participation.actions.proposals import locked_proposal, refuse
from participation.actions.records import announce, log
from participation.choices import ProposalStatus
from participation.eligibility import MOST_CO_AUTHORS, refusal_to_merge, refusal_to_unmerge
from participation.models import Invitation, Merge, Person, Proposal, Support, SupportSheet
from participation.models.co_author import VALID_FOR
from participation.refusals import ActionRefused, Refusal


@transaction.atomic
def merge(*, actor: Person, proposal: Proposal, into: Proposal, at: datetime) -> Merge:
    """Lets a published proposal go on in another one of its budget. It stays readable and leads there.

    Its supports go along, but for those of people who support the other already: one person counts once. Sheets of
    paper go along too. Its authors are asked whether they become co-authors; until then they are named beside it.
    Refused without the role of manager or administrator, and where either proposal is not published.
    """
    proposal, into = both(proposal, into)
    refuse(refusal_to_merge(proposal, into, actor, at))
    moved = Merge(proposal=proposal, into=into, actor=actor, at=at)
    theirs = into.supports.filter(person__isnull=False).values("person")
    moved.supports = list(proposal.supports.exclude(person__in=theirs).values_list("pk", flat=True))
    moved.sheets = list(proposal.sheets.values_list("pk", flat=True))
    move(moved.supports, moved.sheets, proposal, into)
    moved.save()
    proposal.status, proposal.merged_into = ProposalStatus.MERGED, into
    proposal.save(update_fields=["status", "merged_into"])
    log(actor=actor, verb="merge", subject=proposal, at=at, into=str(into.uuid), supports=len(moved.supports))
    announce("proposal_merged", proposal, merge=moved.pk)
    ask_authors(actor, proposal, into, at)
    return moved


def both(one: Proposal, other: Proposal) -> tuple[Proposal, Proposal]:
    rows = {pk: locked_proposal(each) for pk, each in sorted({one.pk: one, other.pk: other}.items())}
    return rows[one.pk], rows[other.pk]


def move(supports: list[int], sheets: list[int], source: Proposal, target: Proposal) -> None:
    """Rows and counters together: what is not at the source any more stays where it is."""
    given = Support.objects.filter(pk__in=supports, proposal=source)
    entered = SupportSheet.objects.filter(pk__in=sheets, proposal=source)
    signatures = entered.aggregate(sum=Sum("signatures"))["sum"] or 0
    number = given.update(proposal=target) + signatures
    entered.update(proposal=target)
    Proposal.objects.filter(pk=source.pk).update(support_count=F("support_count") - number)
    Proposal.objects.filter(pk=target.pk).update(support_count=F("support_count") + number)


def ask_authors(actor: Person, proposal: Proposal, into: Proposal, at: datetime) -> None:
    """As many as there is room for, the author first."""
    people = [proposal.author, *(one.person for one in proposal.co_authors.select_related("person"))]
    room = MOST_CO_AUTHORS - into.co_authors.count() - into.invitations.open_at(at).count()
    invited = set(into.invitations.filter(answered_at=None).values_list("person", flat=True))
    willing = [one for one in people if one and one.is_active and not into.is_written_by(one) and one.pk not in invited]
    for person in willing[: max(room, 0)]:
        asked = Invitation.objects.create(proposal=into, inviter=actor, person=person, at=at, expires_at=at + VALID_FOR)
        announce("co_author_invited", into, invitation=asked.pk)


@transaction.atomic
def unmerge(*, actor: Person, proposal: Proposal, at: datetime) -> Merge:
    """Takes a merge back: the supports that went along return, but for those that were taken back since.

    Who became co-author by their own yes stays one. Refused as merging is, and while the other proposal went on
    into a third.
    """
    done: Merge | None = proposal.merges.select_related("into").filter(undone_at=None).first()
    if done is None:
        raise ActionRefused(refusal_to_unmerge(proposal, proposal, actor, at) or Refusal.WRONG_STATUS)
    proposal, into = both(proposal, done.into)
    refuse(refusal_to_unmerge(proposal, into, actor, at))
    move(done.supports, done.sheets, into, proposal)
    proposal.status, proposal.merged_into = ProposalStatus.PUBLISHED, None
    proposal.save(update_fields=["status", "merged_into"])
    authors = [proposal.author_id, *proposal.co_authors.values_list("person", flat=True)]
    into.invitations.filter(answered_at=None, person__in=[one for one in authors if one], inviter=done.actor).delete()
    done.undone_at = at
    done.save(update_fields=["undone_at"])
    log(actor=actor, verb="unmerge", subject=proposal, at=at, into=str(into.uuid))
    return done
