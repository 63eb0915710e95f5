"""What moderators decide about what people wrote, and about who wrote it; taking it back; the author's one answer.

A decision keeps what was there before, so that it can be taken back. The author is told through the outbox.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from participation.actions.comments import locked_comment
from participation.actions.flags import named
from participation.actions.proposals import locked_person, locked_proposal, refuse
from participation.actions.records import announce, log
from participation.choices import ANSWERABLE, CommentState, DecisionOnWords, ProposalStatus
from participation.eligibility import refusal_to_answer, refusal_to_decide, refusal_to_undo
from participation.folding import cleaned
from participation.models import CannedReason, Comment, ModerationDecision, Person, Proposal
from participation.models.moderation import LONGEST_ANSWER, LONGEST_REASON
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of, voice_of

LONGEST_BLOCK = 365
KEPT: dict[str, tuple[str, ...]] = {
    "comment": ("state", "hidden_from"),
    "proposal": ("status", "hidden_from", "hidden_because", "published_at"),
}


@dataclass(frozen=True)
class Why:
    """A reason of the list, own words, or both; and for how many days somebody is blocked."""

    words: str = ""
    canned: CannedReason | None = None
    days: int | None = None


NO_REASON = Why()


@dataclass
class Decided:
    """What became of several decisions under one id."""

    batch: UUID
    done: list[ModerationDecision] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def decide_all(
    *, actor: Person, kind: DecisionOnWords, subjects: Iterable[Proposal | Comment], why: Why, at: datetime
) -> Decided:
    """The same decision about several things. One that is refused hinders no other."""
    decided = Decided(uuid4())
    for subject in subjects:
        try:
            decided.done.append(decide(actor=actor, kind=kind, subject=subject, why=why, at=at, batch=decided.batch))
        except ActionRefused as refused:
            decided.refused.append(refused.refusal)
    return decided


@transaction.atomic
def decide(
    *,
    actor: Person,
    kind: DecisionOnWords,
    subject: Proposal | Comment,
    at: datetime,
    why: Why = NO_REASON,
    batch: UUID | None = None,
) -> ModerationDecision:
    """Decides about a proposal or a comment, or about who wrote it, and settles the reports of it.

    Hiding, warning and blocking need a reason, blocking a number of days. Refused without the role, and where the
    subject is not in a state for it.
    """
    subject = locked(subject, kind)
    voice, standing = voice_of(actor, subject.budget, at), standing_of(actor, subject.budget)
    refuse(refusal_to_decide(kind, subject, voice, standing, at))
    decision = ModerationDecision(
        batch=batch or uuid4(), kind=kind, actor=actor, budget=subject.budget, person=subject.author, at=at,
        canned=why.canned, reason=reason_in(kind, why), until=end_of(kind, why, at), **named(subject),
    )  # fmt: skip
    decision.before = {"fields": fields_of(subject), "flags": settle_flags(subject, at)}
    decision.save()
    apply(decision, subject)
    log(actor=actor, verb=kind.value, subject=subject, at=at, decision=str(decision.uuid))
    tell(decision, subject)
    return decision


def locked(subject: Proposal | Comment, kind: str) -> Proposal | Comment:
    """The person first, where they are written to: the order of all locks."""
    if kind == DecisionOnWords.BLOCK and subject.author:
        locked_person(subject.author)
    return locked_proposal(subject) if isinstance(subject, Proposal) else locked_comment(subject)


def reason_in(kind: DecisionOnWords, why: Why) -> str:
    words = cleaned(why.words)
    if len(words) > LONGEST_REASON:
        raise ActionRefused(Refusal.TOO_LONG)
    if kind in ANSWERABLE and not (words or why.canned):
        raise ActionRefused(Refusal.REASON_MISSING)
    return words


def end_of(kind: DecisionOnWords, why: Why, at: datetime) -> datetime | None:
    if kind is not DecisionOnWords.BLOCK:
        return None
    if why.days is None or not 1 <= why.days <= LONGEST_BLOCK:
        raise ActionRefused(Refusal.TERM_MISSING)
    return at + timedelta(days=why.days)


def fields_of(subject: Proposal | Comment) -> dict[str, Any]:
    [noun] = named(subject)
    values = {name: getattr(subject, name) for name in KEPT[noun]}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


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
    else:
        comment.hidden_from, comment.state = "", CommentState.PUBLISHED
    comment.save(update_fields=["state", "hidden_from"])


def apply_to_proposal(kind: DecisionOnWords, proposal: Proposal, decision: ModerationDecision) -> None:
    if kind is DecisionOnWords.HIDE:
        proposal.hidden_from, proposal.status = proposal.status, ProposalStatus.HIDDEN
        proposal.hidden_because = decision.because
    elif kind is DecisionOnWords.RESTORE:
        proposal.status, proposal.hidden_from, proposal.hidden_because = proposal.hidden_from, "", ""
    else:
        proposal.status, proposal.published_at = ProposalStatus.PUBLISHED, decision.at
    proposal.save(update_fields=list(KEPT["proposal"]))


PAST = {DecisionOnWords.PUBLISH: "published", DecisionOnWords.HIDE: "hidden", DecisionOnWords.RESTORE: "restored"}


def tell(decision: ModerationDecision, subject: Proposal | Comment) -> None:
    kind = DecisionOnWords(decision.kind)
    [noun] = named(subject)
    if kind in PAST:
        announce(f"{noun}_{PAST[kind]}", subject, decision=decision.pk)
    elif kind in ANSWERABLE:
        announce("person_warned" if kind is DecisionOnWords.WARN else "person_blocked", decision, decision=decision.pk)


@transaction.atomic
def undo(*, actor: Person, decision: ModerationDecision, at: datetime) -> ModerationDecision:
    """Puts back what was there before, the reports too. The author is told where they were told of the decision."""
    subject = locked(decision.subject, decision.kind)
    decision = ModerationDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    refuse(refusal_to_undo(decision, voice_of(actor, subject.budget, at)))
    if DecisionOnWords(decision.kind) in PAST:
        for name, value in decision.before["fields"].items():
            setattr(subject, name, moment_in(value) if name.endswith("_at") else value)
        subject.save(update_fields=list(decision.before["fields"]))
    subject.flags.filter(pk__in=decision.before["flags"]).update(settled_at=None)
    decision.undone_at = at
    decision.save(update_fields=["undone_at"])
    if decision.kind == DecisionOnWords.BLOCK:
        block(decision.person)
    log(actor=actor, verb="undo", subject=subject, at=at, decision=str(decision.uuid), kind=decision.kind)
    if decision.kind in ANSWERABLE:
        announce("decision_undone", decision, decision=decision.pk)
    return decision


def moment_in(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@transaction.atomic
def answer_decision(*, actor: Person, decision: ModerationDecision, words: str, at: datetime) -> ModerationDecision:
    """What the author says to a decision about them, once. Moderators read it in their queue."""
    decision = ModerationDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    refuse(refusal_to_answer(decision, actor))
    decision.answer = cleaned(words)
    if not decision.answer:
        raise ActionRefused(Refusal.NOTHING_SAID)
    if len(decision.answer) > LONGEST_ANSWER:
        raise ActionRefused(Refusal.TOO_LONG)
    decision.answered_at = at
    decision.save(update_fields=["answer", "answered_at"])
    log(actor=actor, verb="answer", subject=decision, at=at)
    return decision
