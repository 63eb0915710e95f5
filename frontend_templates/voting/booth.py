"""One voter with one ballot: which envelopes they may fill in, and the ballot that is in the box now."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.crypto import salted_hmac

from frontend_templates.voting.identity import channel_of, entry_for, has_session
from frontend_templates.voting.marks import Marks, marks_of
from participation.ballot_box import casting
from participation.ballot_box.rules import FrozenRules, read_rules
from participation.ballot_box.validation import InvalidBallot, content_of
from participation.choices import BoxState, Channel
from participation.content import read_ballot
from participation.eligibility import EntryAt, box_at, refusal_to_cast
from participation.models import BallotBox, RollEntry
from participation.refusals import ActionRefused

HEX_DIGITS = 64
LONGEST_BALLOT = 200_000
SEED_BYTES = 8


@dataclass(frozen=True)
class Booth:
    """`open` are the envelopes of this voter, in practice all. `receipt` is empty where nothing is cast yet."""

    box: BallotBox
    rules: FrozenRules
    open: tuple[str, ...]
    is_practice: bool
    receipt: bytes = b""
    current: Marks | None = None

    @property
    def chooses_envelope(self) -> bool:
        """Whether there is an envelope to be chosen before anything else."""
        return self.rules.most_envelopes == 1 and len(self.open) > 1


def frozen_box(slug: str, box: str) -> BallotBox:
    """A box of a published budget whose rules are fixed."""
    boxes = BallotBox.objects.public().frozen().with_texts().select_related("budget")
    return get_object_or_404(boxes.prefetch_related("budget__texts"), budget__slug=slug, slug=box)


def box_to_cast(slug: str, box: str) -> BallotBox:
    """The same without its words: casting needs little of a box, and that little never changes."""
    boxes = BallotBox.objects.public().frozen().filter(budget__slug=slug, slug=box)
    uuid = boxes.values_list("uuid", flat=True).first()
    found = casting.frozen_box(uuid) if uuid else None
    if found is None:
        raise Http404
    return found


def entry_at(entry: RollEntry) -> EntryAt:
    return EntryAt(bytes(entry.person_ref), frozenset(entry.envelopes), entry.paper, bool(entry.barred))


def own_booth(request: HttpRequest, box: BallotBox, at: datetime) -> Booth | None:
    """The booth of whoever asks; None for who is not known. Raises ActionRefused where no ballot would be taken."""
    entry = entry_for(request, box)
    if entry is None:
        return None
    known = entry_at(entry)
    if refusal := refusal_to_cast(box_at(box, at), known):
        raise ActionRefused(refusal)
    rules = read_rules(box.rules)
    own = tuple(slug for slug in rules.envelopes if slug in known.envelopes)
    at_desk = channel_of(request, box.budget_id) is Channel.DESK  # where nobody learns whether there is a ballot
    found = None if at_desk else casting.my_ballot(box=box, person_ref=known.person_ref)
    if found is None:
        return Booth(box, rules, own, is_practice=False)
    receipt, content = found
    return Booth(box, rules, own, False, receipt, marks_of(read_ballot(content), rules.vote_type))


def practice_booth(box: BallotBox) -> Booth:
    """Until the vote closes."""
    if box.state != BoxState.FROZEN or box.annulled_at:
        raise Http404
    rules = read_rules(box.rules)
    return Booth(box, rules, tuple(rules.envelopes), is_practice=True)


def order_of(request: HttpRequest) -> str:
    """What the order of projects comes from: the session, so that nothing is stored for it.

    Without a session the page carries it along.
    """
    if has_session(request):
        return salted_hmac("osp/order", request.session.session_key or "").hexdigest()[: 2 * SEED_BYTES]
    return request.POST.get("order", "")[: 2 * SEED_BYTES] or secrets.token_hex(SEED_BYTES)


def ballot_carried(request: HttpRequest) -> Any:
    """The draft that travels in the form; None where it cannot be read."""
    text = request.POST.get("ballot", "")
    if len(text) > LONGEST_BALLOT:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def marks_carried(request: HttpRequest, booth: Booth) -> Marks:
    """The marks of the draft; none where it is not what the rules allow."""
    try:
        content = content_of(ballot_carried(request), booth.rules, frozenset(booth.open))
    except InvalidBallot:
        return {}
    return marks_of(read_ballot(content), booth.rules.vote_type)


def receipt_carried(request: HttpRequest) -> bytes:
    """The receipt of the ballot that was looked at; empty where there was none."""
    text = request.POST.get("replaces", "")
    if len(text) != HEX_DIGITS:
        return b""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
