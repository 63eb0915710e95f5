"""What only two named people do together to a ballot box: one asks, another confirms, then it is done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from participation.actions.box_closing import publish_box, record_council, seal_box
from participation.actions.box_opening import annul_box, correct, draw, extend, freeze, give_key_up, resume
from participation.actions.records import log
from participation.choices import ActKind
from participation.eligibility import refusal_to_confirm
from participation.models import BallotBox, Person, TwoPersonAct
from participation.refusals import ActionRefused, Refusal

DEEDS: dict[str, Callable[..., Any]] = {
    ActKind.FREEZE: freeze,
    ActKind.EXTEND: extend,
    ActKind.CORRECT: correct,
    ActKind.ANNUL: annul_box,
    ActKind.RESUME: resume,
    ActKind.DRAW: draw,
    ActKind.SEAL: seal_box,
    ActKind.PUBLISH: publish_box,
    ActKind.CONFIRM: record_council,
    ActKind.KEY_LOST: give_key_up,
}


@transaction.atomic
def ask_for(
    *, actor: Person, box: BallotBox, kind: ActKind, at: datetime, details: dict[str, Any] | None = None
) -> TwoPersonAct:
    """Asks a second person. Refused while the same act waits already."""
    try:
        with transaction.atomic():
            act = TwoPersonAct.objects.create(box=box, kind=kind, details=details or {}, asked_by=actor, asked_at=at)
    except IntegrityError:
        raise ActionRefused(Refusal.ASKED_ALREADY) from None
    log(actor=actor, verb=f"ask_{kind}", subject=box, at=at)
    return act


def confirm(*, actor: Person, act: TwoPersonAct, at: datetime) -> TwoPersonAct:
    """Does what was asked for. Refused to the person who asked, and whatever the act itself refuses.

    The deed comes first and is restartable: an act is marked as confirmed only when it is done.
    """
    act = TwoPersonAct.objects.select_related("box").get(pk=act.pk)
    if refusal := refusal_to_confirm(act, actor):
        raise ActionRefused(refusal)
    DEEDS[act.kind](box=act.box, at=at, **act.details)
    with transaction.atomic():
        act.confirmed_by, act.confirmed_at = actor, at
        act.save(update_fields=["confirmed_by", "confirmed_at"])
        log(actor=actor, verb=f"confirm_{act.kind}", subject=act.box, at=at, asked_by=str(act.asked_by.uuid))
    return act


@transaction.atomic
def withdraw(*, actor: Person, act: TwoPersonAct, at: datetime) -> None:
    """Takes back what nobody has confirmed yet."""
    if act.confirmed_at:
        raise ActionRefused(Refusal.DONE_ALREADY)
    log(actor=actor, verb=f"withdraw_{act.kind}", subject=act.box, at=at)
    act.delete()
