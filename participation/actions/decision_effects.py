"""What a decision of a moderator changes, and what was there before. Call these inside the decision's transaction."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from participation.actions.flags import named
from participation.actions.machine_translations import forget_machine_translations
from participation.actions.proposal_words import show_version
from participation.choices import CommentState, DecisionOnWords, ProposalStatus
from participation.models import Comment, ModerationDecision, Person, Proposal

KEPT: dict[str, tuple[str, ...]] = {
    "comment": ("state", "hidden_from"),
    "proposal": ("status", "hidden_from", "hidden_because", "published_at"),
}


def fields_of(subject: Proposal | Comment) -> dict[str, Any]:
    [noun] = named(subject)
    values = {name: getattr(subject, name) for name in KEPT[noun]}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def put_back(subject: Proposal | Comment, fields: dict[str, Any]) -> None:
    """What `fields_of` kept."""
    for name, value in fields.items():
        setattr(subject, name, moment_in(value) if name.endswith("_at") else value)
    subject.save(update_fields=list(fields))


def moment_in(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def settle_flags(subject: Proposal | Comment, at: datetime) -> list[int]:
    """The ids of the reports that this decision settles."""
    ids = list(subject.flags.open().values_list("pk", flat=True))
    subject.flags.filter(pk__in=ids).update(settled_at=at)
    return ids


def apply(decision: ModerationDecision, subject: Proposal | Comment) -> None:
    kind = DecisionOnWords(decision.kind)
    if kind is DecisionOnWords.BLOCK:
        block(decision.person)
    elif kind in {DecisionOnWords.WARN, DecisionOnWords.DISMISS}:
        return
    elif isinstance(subject, Comment):
        apply_to_comment(kind, subject)
    else:
        apply_to_proposal(kind, subject, decision)


def block(person: Person | None) -> None:
    """Until the last term that nobody took back is over."""
    if person is not None:
        terms = ModerationDecision.objects.filter(person=person, kind=DecisionOnWords.BLOCK, undone_at=None)
        person.blocked_until = terms.aggregate(last=Max("until"))["last"]
        person.save(update_fields=["blocked_until"])


def apply_to_comment(kind: DecisionOnWords, comment: Comment) -> None:
    if kind is DecisionOnWords.HIDE:
        comment.hidden_from, comment.state = comment.state, CommentState.HIDDEN
        forget_machine_translations(comment)
    else:
        comment.hidden_from, comment.state = "", CommentState.PUBLISHED
    comment.save(update_fields=["state", "hidden_from"])


def apply_to_proposal(kind: DecisionOnWords, proposal: Proposal, decision: ModerationDecision) -> None:
    if kind is DecisionOnWords.HIDE:
        proposal.hidden_from, proposal.status = proposal.status, ProposalStatus.HIDDEN
        proposal.hidden_because = decision.because
        forget_machine_translations(proposal)
    elif kind is DecisionOnWords.RESTORE:
        proposal.status, proposal.hidden_from, proposal.hidden_because = proposal.hidden_from, "", ""
    else:
        proposal.status, proposal.published_at = ProposalStatus.PUBLISHED, decision.at
    proposal.save(update_fields=list(KEPT["proposal"]))
    if kind is DecisionOnWords.PUBLISH:
        show_version(proposal)
