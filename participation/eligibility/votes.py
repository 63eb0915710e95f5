"""Votes from fixing the rules to publishing: may they, and if not, why?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from participation.choices import BoxState, DeclarationState, PhaseKind, RollKind
from participation.models import BallotBox, Declaration, Person, Phase, Result, TwoPersonAct
from participation.refusals import Refusal

MOST_REFUSED_DECLARATIONS = 3


@dataclass(frozen=True)
class BoxAt:
    """A ballot box at a moment, as the database sees it."""

    state: BoxState
    suspended: bool
    annulled: bool
    has_begun: bool
    has_not_ended: bool


@dataclass(frozen=True)
class EntryAt:
    """What casting needs of an entry of the roll. `envelopes` are the addresses open to the person."""

    person_ref: bytes
    envelopes: frozenset[str]
    paper: bool
    barred: bool


def refusal_to_vote(box: BoxAt) -> Refusal | None:
    """Whether the box takes ballots from anybody."""
    if box.annulled:
        return Refusal.VOTE_ANNULLED
    if box.state is BoxState.DRAFT:
        return Refusal.VOTE_NOT_OPEN
    if box.state is not BoxState.FROZEN or not box.has_not_ended:
        return Refusal.VOTE_CLOSED
    if not box.has_begun:
        return Refusal.VOTE_NOT_OPEN
    return Refusal.VOTE_SUSPENDED if box.suspended else None


def refusal_to_cast(box: BoxAt, entry: EntryAt | None) -> Refusal | None:
    if refusal := refusal_to_vote(box):
        return refusal
    if entry is None:
        return Refusal.NOT_ON_ROLL
    if entry.barred:
        return Refusal.BARRED
    return Refusal.VOTED_ON_PAPER if entry.paper else None


def box_at(box: BallotBox, at: datetime) -> BoxAt:
    """For showing: casting itself asks the database's clock."""
    begins, ends = box.opens_at, box.closes_at
    return BoxAt(
        BoxState(box.state),
        box.suspended,
        box.annulled_at is not None,
        begins is not None and begins <= at,
        ends is not None and at < ends,
    )


def refusal_to_freeze(box: BallotBox, phase: Phase | None) -> Refusal | None:
    """`phase` is the voting phase that is still ahead."""
    if box.state != BoxState.DRAFT:
        return Refusal.RULES_FROZEN
    if phase is None:
        return Refusal.NO_VOTING_PHASE
    envelopes = list(box.envelopes.all())
    if not envelopes or any(not envelope.projects.exists() for envelope in envelopes):
        return Refusal.NOTHING_TO_VOTE_ON
    if any(envelope.counted_ballots.exists() for envelope in envelopes):
        return Refusal.COUNTED_ALREADY
    return None


def voting_phase_ahead(box: BallotBox, at: datetime) -> Phase | None:
    ahead = box.budget.phases.filter(kind=PhaseKind.VOTING, starts_at__gt=at)
    return ahead.order_by("starts_at").first()


def refusal_to_extend(box: BallotBox, until: datetime, at: datetime) -> Refusal | None:
    """`at` and `until` are moments; a box that its time has closed is never opened again."""
    if refusal := refusal_to_vote(box_at(box, at)):
        return refusal if refusal is not Refusal.VOTE_NOT_OPEN or box.state == BoxState.DRAFT else None
    assert box.closes_at is not None
    return Refusal.NOT_LATER if until <= box.closes_at else None


def refusal_to_annul(box: BallotBox) -> Refusal | None:
    if box.annulled_at:
        return Refusal.DONE_ALREADY
    return None if box.state in (BoxState.FROZEN, BoxState.CLOSED, BoxState.RECONCILED) else Refusal.WRONG_STATE


def refusal_to_give_key_up(box: BallotBox) -> Refusal | None:
    """A key is needed once more after the vote, to set participation against the roll."""
    if box.annulled_at:
        return Refusal.VOTE_ANNULLED
    if box.key_lost:
        return Refusal.DONE_ALREADY
    return None if box.state in (BoxState.CLOSED, BoxState.RECONCILED) else Refusal.WRONG_STATE


def refusal_to_go_on(box: BallotBox, expected: BoxState) -> Refusal | None:
    """Whether the box is at the point from which a step of the closing sets out."""
    if box.annulled_at:
        return Refusal.VOTE_ANNULLED
    return None if box.state == expected else Refusal.WRONG_STATE


def refusal_to_declare(
    boxes: list[BallotBox], old_enough: list[BallotBox], refused: int, at: datetime
) -> Refusal | None:
    """`boxes` are those with an open roll, `old_enough` the ones among them whose age the person has reached;
    `refused` is how many declarations of the person were refused before."""
    if not boxes:
        return Refusal.NO_OPEN_ROLL
    if all(box.closes_at is not None and box.closes_at <= at for box in boxes):
        return Refusal.VOTE_CLOSED
    if not old_enough:
        return Refusal.TOO_YOUNG
    return Refusal.DECLARED_TOO_OFTEN if refused >= MOST_REFUSED_DECLARATIONS else None


def refusal_to_settle(declaration: Declaration) -> Refusal | None:
    return None if declaration.state == DeclarationState.WAITING else Refusal.DONE_ALREADY


def refusal_to_record_council(box: BallotBox) -> Refusal | None:
    if box.council_decided_on:
        return Refusal.DONE_ALREADY
    return refusal_to_go_on(box, BoxState.PUBLISHED)


def refusal_to_add_money(results: Iterable[Result], added: Mapping[int, int]) -> Refusal | None:
    """`added` is the money that the council adds to projects, in minor units by their public numbers: to those that
    the count left out, at most their cost. What is missing in an envelope must have been left over there."""
    unnamed = dict(added)
    for result in results:
        missing = 0
        for line in result.lines.all():
            amount = unnamed.pop(line.project.public_number, None)
            if amount is None:
                continue
            if line.funded or not 0 <= amount <= line.project.cost_minor:
                return Refusal.ADDED_MONEY_UNFIT
            missing += line.project.cost_minor - amount
        if missing > max(result.left_minor, 0):
            return Refusal.ADDED_MONEY_UNFIT
    return Refusal.ADDED_MONEY_UNFIT if unnamed else None


def refusal_to_sample(box: BallotBox) -> Refusal | None:
    return None if BallotBox.objects.with_sealed_roll().filter(pk=box.pk).exists() else Refusal.NO_SEALED_ROLL


def refusal_to_add_statement(box: BallotBox) -> Refusal | None:
    if box.statement:
        return Refusal.DONE_ALREADY
    return refusal_to_go_on(box, BoxState.PUBLISHED)


def refusal_to_reconcile(box: BallotBox) -> Refusal | None:
    if refusal := refusal_to_go_on(box, BoxState.CLOSED):
        return refusal
    if box.batches.filter(signed_at=None).exists():
        return Refusal.BATCHES_UNSIGNED
    if box.roll_kind == RollKind.OPEN and Declaration.objects.waiting().filter(budget=box.budget_id).exists():
        return Refusal.DECLARATIONS_WAITING
    return None


def refusal_to_confirm(act: TwoPersonAct, person: Person) -> Refusal | None:
    if act.confirmed_at:
        return Refusal.DONE_ALREADY
    return Refusal.SAME_PERSON if act.asked_by_id == person.pk else None
