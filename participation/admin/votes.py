"""The staff's screens of a vote: where a ballot box stands, and what two people together do to it next."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from participation.actions.box_acts import ask_for, confirm, withdraw
from participation.actions.box_closing import add_statement, closing_steps, count_box, reconcile
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


class Nothing(forms.Form):
    """An act that needs no words."""


class ExtendForm(forms.Form):
    until = forms.DateTimeField(
        label=gettext_lazy("New end"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    @property
    def details(self) -> dict[str, object]:
        moment: datetime = self.cleaned_data["until"]
        return {"until": moment.isoformat()}


class CorrectForm(forms.Form):
    project = forms.IntegerField(label=gettext_lazy("Number of the project"), min_value=1)
    text = forms.CharField(label=gettext_lazy("Notice"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))


class AnnulForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Public reason"), max_length=2_000, widget=forms.Textarea)


class ResumeForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Public note: from when voters must look at their ballot again"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DrawForm(forms.Form):
    value = forms.CharField(label=gettext_lazy("Public value"), max_length=200)


class SealForm(forms.Form):
    backups = forms.CharField(
        label=gettext_lazy("Backups, replicas and archives of the open period, and the day on which each expires"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PublishForm(forms.Form):
    hour = forms.DateTimeField(
        label=gettext_lazy("Not before (empty for at once)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    @property
    def details(self) -> dict[str, object]:
        moment: datetime | None = self.cleaned_data["hour"]
        return {"hour": moment.isoformat() if moment else ""}


class CouncilForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Day of the decision"), widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(
        label=gettext_lazy("What was decided"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    @property
    def details(self) -> dict[str, object]:
        return {"on": self.cleaned_data["on"].isoformat(), "words": self.cleaned_data["words"]}


class StatementForm(forms.Form):
    """Two small files that the auditor hands over."""

    statement = forms.FileField(label=gettext_lazy("The auditor’s statement (statement.txt)"), max_length=200)
    signature = forms.FileField(label=gettext_lazy("Its signature (statement.sig)"), max_length=200)


FORMS: dict[str, type[forms.Form]] = {
    ActKind.FREEZE: Nothing,
    ActKind.EXTEND: ExtendForm,
    ActKind.CORRECT: CorrectForm,
    ActKind.ANNUL: AnnulForm,
    ActKind.RESUME: ResumeForm,
    ActKind.DRAW: DrawForm,
    ActKind.SEAL: SealForm,
    ActKind.PUBLISH: PublishForm,
    ActKind.CONFIRM: CouncilForm,
    ActKind.KEY_LOST: Nothing,
}
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
    box = box_named(uuid)
    waiting = list(box.acts.filter(confirmed_at=None).select_related("asked_by"))
    asked = {act.kind for act in waiting}
    step = closing_steps(box)
    context = {
        "box": box,
        "waiting": waiting,
        "forms": [(kind, FORMS[kind](prefix=kind)) for kind in acts_in(box) if kind not in asked],
        "step": step if step in STEPS_OF_ONE and not box.annulled_at else "",
        "results": Result.objects.filter(envelope__ballot_box=box)
        .select_related("envelope")
        .prefetch_related("envelope__texts", "lines__project__texts"),
        "statement_form": None if refusal_to_add_statement(box) else StatementForm(),
        "done": box.acts.exclude(confirmed_at=None).select_related("asked_by", "confirmed_by"),
        "events": box.audit_events.order_by("-seq")[:100],
    }
    return render(request, "participation/admin/vote.html", context)


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
    form = FORMS[kind](request.POST, prefix=kind)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("vote_of_box", uuid)
    details = getattr(form, "details", form.cleaned_data)
    at = timezone.now()
    said = _("Now a second person must confirm it.")
    return told(request, box, said, lambda: ask_for(actor=request.user, box=box, kind=kind, at=at, details=details))


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
