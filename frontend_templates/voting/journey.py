"""Where somebody stands with the boxes of a budget: what they decide, until when, and what is still to do."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from cms_pages.identities import bind_account
from frontend_templates.voting.booth import entry_at
from frontend_templates.voting.identity import channel_of, entry_for, has_session, person_of
from frontend_templates.voting.notices import Notice, notices_of
from frontend_templates.voting.turnout import DayOfTurnout, turnout_of
from participation.ballot_box import casting
from participation.ballot_box.receipts import code_of, grouped
from participation.choices import BoxState, Channel
from participation.eligibility import box_at, refusal_to_cast, refusal_to_vote
from participation.models import BallotBox, Budget, Envelope, RollEntry
from participation.refusals import Refusal


@dataclass(frozen=True)
class Standing:
    """`refusal` says why nobody may vote in the box now, `own_refusal` why this voter may not.

    `code` is that of the ballot in the box, empty where none is cast, and unknown once the vote is over.
    """

    box: BallotBox
    refusal: Refusal | None
    entry: RollEntry | None
    own_refusal: Refusal | None
    code: str
    notices: list[Notice]

    @property
    def is_open(self) -> bool:
        return self.refusal is None

    @property
    def is_ahead(self) -> bool:
        return self.refusal is Refusal.VOTE_NOT_OPEN and self.box.state == BoxState.FROZEN

    @property
    def is_over(self) -> bool:
        return self.refusal is Refusal.VOTE_CLOSED

    @property
    def is_published(self) -> bool:
        return self.box.state == BoxState.PUBLISHED

    @property
    def can_vote(self) -> bool:
        return self.is_open and self.entry is not None and self.own_refusal is None

    @property
    def is_left(self) -> bool:
        """Whether this voter may vote here and has not."""
        return self.can_vote and not self.code

    @property
    def turnout(self) -> list[DayOfTurnout]:
        return turnout_of(self.box)

    @property
    def envelopes(self) -> list[Envelope]:
        """Those open to the voter, or all."""
        envelopes = list(self.box.envelopes.all())
        return [one for one in envelopes if one.slug in self.entry.envelopes] if self.entry else envelopes


def boxes_of(budget: Budget) -> list[BallotBox]:
    boxes = budget.ballot_boxes.to_vote_in().with_texts().prefetch_related("envelopes__texts", "envelopes__district")
    return list(boxes.order_by("pk"))


def standings(request: HttpRequest, budget: Budget, at: datetime) -> list[Standing]:
    boxes = boxes_of(budget)
    if not has_session(request) or channel_of(request, budget.pk) is Channel.DESK:
        return [standing(box, None, at) for box in boxes]
    if person := person_of(request):
        bind_account(person, (box for box in boxes if may_bind(box, at)))
    return [standing(box, entry_for(request, box), at) for box in boxes]


def may_bind(box: BallotBox, at: datetime) -> bool:
    return box.state == BoxState.FROZEN and box_at(box, at).has_not_ended


def standing(box: BallotBox, entry: RollEntry | None, at: datetime) -> Standing:
    refusal = refusal_to_vote(box_at(box, at))
    own_refusal = refusal_to_cast(box_at(box, at), entry_at(entry)) if entry and not refusal else None
    found = None
    if entry and not refusal and not own_refusal:
        found = casting.my_ballot(box=box, person_ref=bytes(entry.person_ref))
    code = grouped(code_of(found[0])) if found else ""
    return Standing(box, refusal, entry, own_refusal, code, notices_of(box))
