"""The staff's screens of a vote: where a ballot box stands, and what two people together do to it next."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from participation.actions.box_acts import ask_for, confirm, withdraw
from participation.actions.box_closing import add_statement, closing_steps, count_box, reconcile
from participation.admin.vote_forms import FORMS, ActForm, words_of
from participation.ballot_box.keys import KeyUnusable, is_at_hand
from participation.ballot_box.latch import latch_closed
from participation.ballot_box.locks import BoxBusy
from participation.ballot_box.sealing import SealingStopped
from participation.ballot_box.statement import LONGEST
from participation.choices import ActKind, BoxState
from participation.eligibility import refusal_to_add_statement
from participation.exports.publishing import BundleDiffers
from participation.models import BallotBox, Result, TwoPersonAct
from participation.refusals import ActionRefused

PERMISSION = "participation.change_ballotbox"


def close_by_the_clock(*, box: BallotBox, at: datetime) -> None:
    """The database's clock decides, not the moment of the click."""
    latch_closed(box)


STEPS_OF_ONE: dict[str, Callable[..., object]] = {
    "close": close_by_the_clock,
    "reconcile": reconcile,
    "count": count_box,
}


class StatementForm(forms.Form):
    """Two small files that the auditor hands over."""

    statement = forms.FileField(label=gettext_lazy("The auditor’s statement (statement.txt)"), max_length=200)
    signature = forms.FileField(label=gettext_lazy("Its signature (statement.sig)"), max_length=200)


IN_STATE: dict[str, tuple[ActKind, ...]] = {
    BoxState.DRAFT: (ActKind.FREEZE,),
    BoxState.FROZEN: (ActKind.EXTEND, ActKind.CORRECT, ActKind.ANNUL),
    BoxState.CLOSED: (ActKind.KEY_LOST, ActKind.ANNUL),
    BoxState.RECONCILED: (ActKind.SEAL, ActKind.KEY_LOST, ActKind.ANNUL),
    BoxState.SEALED: (ActKind.DRAW,),
    BoxState.COUNTED: (ActKind.PUBLISH,),
    BoxState.PUBLISHED: (ActKind.CONFIRM,),
}


def acts_in(box: BallotBox) -> tuple[ActKind, ...]:
    """What may be asked for where the box stands now."""
    if box.annulled_at:
        return ()
    if box.state == BoxState.SEALED and closing_steps(box) != "draw":
        return ()
    if box.council_decided_on:
        return ()
    suspended = (ActKind.RESUME,) if box.suspended else ()
    possible = suspended + IN_STATE.get(box.state, ())
    if ActKind.KEY_LOST in possible and (box.key_lost or is_at_hand(box.uuid, box.key_check)):
        return tuple(kind for kind in possible if kind != ActKind.KEY_LOST)
    return possible


def allow(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


@require_safe
def votes(request: HttpRequest) -> HttpResponse:
    allow(request)
    boxes = BallotBox.objects.to_vote_in().with_texts().select_related("budget").prefetch_related("budget__texts")
    return render(request, "participation/admin/votes.html", {"boxes": boxes.order_by("-budget_id", "pk")[:200]})


@require_safe
def vote(request: HttpRequest, uuid: UUID) -> HttpResponse:
    allow(request)
    return vote_shown(request, box_named(uuid), {})


def vote_shown(request: HttpRequest, box: BallotBox, typed: dict[str, ActForm]) -> HttpResponse:
    """`typed` are forms that something is wrong with, by the kind of their act: shown as they were filled in."""
    waiting = [(act, words_of(act, box.budget.currency)) for act in acts_waiting(box)]
    asked = {act.kind for act, _words in waiting}
    to_ask = [kind for kind in acts_in(box) if kind not in asked]
    step = closing_steps(box)
    context = {
        "box": box,
        "waiting": waiting,
        "forms": [(kind, typed.get(kind) or FORMS[kind](prefix=kind, box=box)) for kind in to_ask],
        "step": step if step in STEPS_OF_ONE and not box.annulled_at else "",
        "results": Result.objects.of_box(box).with_lines().prefetch_related("envelope__texts"),
        "statement_form": None if refusal_to_add_statement(box) else StatementForm(),
        "done": box.acts.exclude(confirmed_at=None).select_related("asked_by", "confirmed_by"),
        "events": box.audit_events.order_by("-seq")[:100],
    }
    return render(request, "participation/admin/vote.html", context)


def acts_waiting(box: BallotBox) -> QuerySet[TwoPersonAct]:
    return box.acts.filter(confirmed_at=None).select_related("asked_by")


def box_named(uuid: UUID) -> BallotBox:
    boxes = BallotBox.objects.with_texts().select_related("budget").prefetch_related("budget__texts")
    return get_object_or_404(boxes, uuid=uuid)


@require_POST
def ask(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    allow(request)
    box = box_named(uuid)
    if kind not in acts_in(box):
        messages.error(request, _("This is not possible now."))
        return redirect("vote_of_box", uuid)
    form = FORMS[kind](request.POST, prefix=kind, box=box)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return vote_shown(request, box, {kind: form})
    asked = {"actor": request.user, "box": box, "kind": kind, "at": timezone.now(), "details": form.details}
    return told(request, box, _("Now a second person must confirm it."), lambda: ask_for(**asked))


@require_POST
def settle(request: HttpRequest, uuid: UUID, act: int) -> HttpResponse:
    """Confirms an act, or takes it back."""
    allow(request)
    box = box_named(uuid)
    waiting = get_object_or_404(TwoPersonAct, box=box, pk=act)
    verb, said = (withdraw, _("Taken back.")) if "withdraw" in request.POST else (confirm, _("Done."))
    return told(request, box, said, lambda: verb(actor=request.user, act=waiting, at=timezone.now()))


@require_POST
def statement(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Publishes what the auditor signed. One person is enough: the signature is the proof."""
    allow(request)
    box, form = box_named(uuid), StatementForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Give both files."))
        return redirect("vote_of_box", uuid)
    text, signature = (form.cleaned_data[name].read(LONGEST + 1) for name in ("statement", "signature"))
    words = {"statement": text, "signature": signature, "at": timezone.now()}
    return told(request, box, _("Done."), lambda: add_statement(actor=request.user, box=box, **words))


@require_POST
def step(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The next step of the closing, where one person may take it."""
    allow(request)
    box = box_named(uuid)
    take = STEPS_OF_ONE.get(closing_steps(box))
    if take is None:
        messages.error(request, _("This is not possible now."))
        return redirect("vote_of_box", uuid)
    return told(request, box, _("Done."), lambda: take(box=box, at=timezone.now()))


def told(request: HttpRequest, box: BallotBox, said: str, work: Callable[[], object]) -> HttpResponse:
    """Does it, and says in one sentence what came of it."""
    try:
        work()
    except ActionRefused as refused:
        messages.error(request, refused.refusal.label)
    except (SealingStopped, BundleDiffers, KeyUnusable) as stopped:
        messages.error(request, str(stopped))
    except BoxBusy:
        messages.error(request, _("Many people are voting at this moment: try again."))
    else:
        messages.success(request, said)
    return redirect("vote_of_box", box.uuid)
