"""What people say about a proposal: comment, reply, change it for some minutes, say what is useful.

Locks: person, then proposal, then comment.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from participation.actions.groups import refuse_stranger
from participation.actions.machine_translations import forget_machine_translations
from participation.actions.proposals import locked_person, locked_proposal, refuse
from participation.actions.records import announce, log
from participation.choices import CommentState
from participation.eligibility import refusal_to_comment, refusal_to_edit_comment, refusal_to_rate
from participation.folding import cleaned
from participation.links import MOST_IN_COMMENT, links_in
from participation.models import Budget, CitizenGroup, Comment, CommentVote, Person, Proposal
from participation.models.comment import LONGEST_COMMENT
from participation.refusals import ActionRefused, Refusal
from participation.standing import Voice, voice_of


def locked_comment(comment: Comment) -> Comment:
    """As it is now, with what stands above it, its proposal, the budget and the phases."""
    rows = Comment.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("proposal__budget", "parent", "root")
    row: Comment = rows.prefetch_related("proposal__budget__phases").get(pk=comment.pk)
    return row


def said_in(body: str) -> str:
    """The words as they are kept. Refused where there are none, too many, or too many links."""
    words = cleaned(body)
    if not words:
        raise ActionRefused(Refusal.NOTHING_SAID)
    if len(words) > LONGEST_COMMENT:
        raise ActionRefused(Refusal.TOO_LONG)
    if links_in(words) > MOST_IN_COMMENT:
        raise ActionRefused(Refusal.TOO_MANY_LINKS)
    return words


@transaction.atomic
def comment_on(
    *,
    actor: Person,
    proposal: Proposal,
    key: UUID,
    body: str,
    language: str,
    at: datetime,
    parent: Comment | None = None,
    officially: bool = False,
    group: CitizenGroup | None = None,
) -> Comment:
    """Says something about a proposal, or replies to `parent`. The same `key` twice makes one comment.

    `officially` marks it as the administration's answer, for who may give one; `group` is in whose name it is said, by
    its contact. Refused while comments are not taken,
    beyond the depth and the number in an hour, and for words as `said_in` says.
    """
    person = locked_person(actor)
    known: Comment | None = Comment.objects.filter(uuid=key).first()
    if known:
        if known.author_id != person.pk or known.proposal_id != proposal.pk:
            raise ActionRefused(Refusal.NOT_YOURS)
        return known
    proposal = locked_proposal(proposal)
    voice = voice_of(person, proposal.budget, at)
    parent = locked_comment(parent) if parent else None
    refuse(refusal_to_comment(proposal, parent, voice, at))
    if officially and not voice.is_official:
        raise ActionRefused(Refusal.ROLE_MISSING)
    refuse_stranger(group, person)
    comment = Comment(
        uuid=key,
        proposal=proposal,
        author=person,
        group=None if officially else group,
        body=said_in(body),
        language=language,
        is_official=officially,
    )
    comment.posted_at, comment.state = at, first_state(proposal.budget, voice)
    if parent:
        comment.parent, comment.root, comment.depth = parent, parent.root or parent, parent.depth + 1
    comment.save()
    log(actor=person, verb="comment", subject=comment, at=at, proposal=str(proposal.uuid))
    if comment.state == CommentState.PUBLISHED:
        announce("comment_published", comment)
    return comment


def first_state(budget: Budget, voice: Voice) -> CommentState:
    waits = budget.first_comments_wait and not (voice.is_known or voice.is_official or voice.moderates)
    return CommentState.WAITING if waits else CommentState.PUBLISHED


@transaction.atomic
def edit_comment(*, actor: Person, comment: Comment, body: str, at: datetime) -> Comment:
    """Other words for one's own comment, within 15 minutes. The same words change nothing.

    Where first comments wait, other words of the only one that was published wait again.
    """
    person = locked_person(actor)
    comment = locked_comment(comment)
    voice = voice_of(person, comment.budget, at, apart_from=comment)
    refuse(refusal_to_edit_comment(comment, voice, at))
    words = said_in(body)
    if words != comment.body:
        comment.body, comment.changed_at = words, at
        if comment.state == CommentState.PUBLISHED:
            comment.state = first_state(comment.budget, voice)
        comment.save(update_fields=["body", "changed_at", "state"])
        forget_machine_translations(comment)
        log(actor=person, verb="change", subject=comment, at=at)
    return comment


@transaction.atomic
def rate_comment(*, actor: Person, comment: Comment, value: int, at: datetime) -> bool:
    """Says that a comment is useful (1) or not (-1), or takes that back (0). False where that changes nothing."""
    assert value in {1, 0, -1}
    person = locked_person(actor)
    comment = locked_comment(comment)
    refuse(refusal_to_rate(comment, voice_of(person, comment.budget, at), at))
    vote = CommentVote.objects.filter(comment=comment, person=person).first()
    before = vote.value if vote else 0
    if value == before:
        return False
    if value:
        defaults = {"value": value, "at": at}
        CommentVote.objects.update_or_create(comment=comment, person=person, defaults=defaults)
    elif vote:
        vote.delete()
    count(comment, before, -1)
    count(comment, value, 1)
    log(actor=person, verb="rate", subject=comment, at=at, value=value)
    return True


def count(comment: Comment, value: int, step: int) -> None:
    """The only writer of the three numbers."""
    if value:
        column = "up_count" if value > 0 else "down_count"
        Comment.objects.filter(pk=comment.pk).update(**{column: F(column) + step, "score": F("score") + value * step})
