"""Which discussion is there for whom: what is not public is not there, but one's own comments are."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from participation.eligibility import refusal_to_discuss
from participation.models import Comment, Person, Proposal
from participation.refusals import Refusal
from participation.standing import SILENT, Voice


def discussed(slug: str, number: int) -> Proposal:
    """The public proposal with this number, its budget with words and phases. 404 for a draft or a hidden one."""
    shown = Proposal.objects.public().select_related("budget", "author", "group")
    shown = shown.prefetch_related("budget__texts", "budget__phases")
    return get_object_or_404(shown, budget__slug=slug, public_number=number)


def seen_comment(proposal: Proposal, uuid: UUID, person: Person | None) -> Comment:
    """A comment of this proposal as the person may see it."""
    shown = proposal.comments.seen_by(person).with_everything().select_related("root")
    comment = get_object_or_404(shown, uuid=uuid)
    comment.proposal = proposal
    return comment


def public_comment(proposal: Proposal, uuid: UUID) -> Comment:
    comment = seen_comment(proposal, uuid, None)
    if not comment.is_public:
        raise Http404
    return comment


def shown_to(person: Person | None, proposal: Proposal) -> dict[str, object]:
    """What every page of a discussion needs to know."""
    at = timezone.now()
    refusal = refusal_to_discuss(proposal, Voice(person) if person else SILENT, at)
    return {
        "budget": proposal.budget,
        "proposal": proposal,
        "person": person,
        "can_discuss": refusal in {None, Refusal.NOT_SIGNED_IN},
        "refusal": refusal,
    }
