"""What moderators decide about what people wrote, and about who wrote it; taking it back; the author's one answer.

A decision keeps what was there before, so that it can be taken back. The author is told through the outbox.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from participation.actions.comments import locked_comment
from participation.actions.decision_effects import apply, block, fields_of, put_back, settle_flags
from participation.actions.flags import named
from participation.actions.proposals import locked_person, locked_proposal, refuse
from participation.actions.records import announce, log
from participation.choices import ANSWERABLE, DecisionOnWords
from participation.eligibility import refusal_to_answer, refusal_to_decide, refusal_to_undo
from participation.folding import cleaned
from participation.models import CannedReason, Comment, ModerationDecision, Person, Proposal
from participation.models.moderation import LONGEST_ANSWER, LONGEST_REASON
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of, voice_of

LONGEST_BLOCK = 365


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


@dataclass(frozen=True)
class Asked:
    """One decision of a list."""

    kind: DecisionOnWords
    subject: Proposal | Comment
    why: Why = NO_REASON


class ListRefused(ActionRefused):
    """`place` is that of the decision in the list, from 0, for which nothing of the list was done."""

    def __init__(self, refusal: Refusal, place: int) -> None:
        super().__init__(refusal)
        self.place = place


@transaction.atomic
def decide_list(*, actor: Person, asked: list[Asked], at: datetime) -> list[ModerationDecision]:
    """Several decisions under one id: all of them or none. Locked are first all people, then all subjects, in order."""
    blocked = {one.subject.author_id for one in asked if one.kind == DecisionOnWords.BLOCK and one.subject.author_id}
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=blocked).order_by("pk"))
    in_order = sorted(enumerate(asked), key=lambda each: (isinstance(each[1].subject, Comment), each[1].subject.pk))
    batch, made = uuid4(), {}
    for place, one in in_order:
        try:
            made[place] = decide(actor=actor, kind=one.kind, subject=one.subject, why=one.why, at=at, batch=batch)
        except ActionRefused as refused:
            raise ListRefused(refused.refusal, place) from refused
    return [made[place] for place in range(len(asked))]


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
        put_back(subject, decision.before["fields"])
    subject.flags.filter(pk__in=decision.before["flags"]).update(settled_at=None)
    decision.undone_at = at
    decision.save(update_fields=["undone_at"])
    if decision.kind == DecisionOnWords.BLOCK:
        block(decision.person)
    log(actor=actor, verb="undo", subject=subject, at=at, decision=str(decision.uuid), kind=decision.kind)
    if decision.kind in ANSWERABLE:
        announce("decision_undone", decision, decision=decision.pk)
    return decision


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
