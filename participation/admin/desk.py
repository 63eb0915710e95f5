"""The officers' screens: the roll at the desk, and the keying of papers. None says whether there is a ballot."""

from datetime import datetime

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from participation.actions.papers import bar_entry, differences, key_paper, mark_voted_on_paper, sign_batch
from participation.actions.papers import take_back_paper as key_again
from participation.admin.roll_search import SearchForm, budgets_served, found_on_roll
from participation.admin.votes import PERMISSION as TO_BAR
from participation.ballot_box.locks import BoxBusy
from participation.ballot_box.validation import InvalidBallot
from participation.choices import BoxState
from participation.models import BallotBox, Budget, KeyedPaper, PaperBatch, PaperCount, RollEntry, Station
from participation.refusals import ActionRefused, Refusal

ROLL, PAPERS = "participation.change_rollentry", "participation.change_paperbatch"
READINGS = {"first": False, "second": True}


class KeyForm(forms.Form):
    typed = forms.CharField(
        label=gettext_lazy("Project numbers, with points as 3:2 5:1"),
        max_length=1_000,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )


def allow(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Somebody's entries in all votes that take marks, for officers within the hours of a pass."""
    allow(request, ROLL)
    form, at = SearchForm(request.GET or None), timezone.now()
    served = budgets_served(request.user, at)
    context = {
        "form": form,
        "serves": bool(served),
        "no_pass": Refusal.NO_PASS.label,
        "found": found_on_roll(request.user, served, form.cleaned_data, at) if form.is_valid() else [],
        "may_bar": request.user.has_perm(TO_BAR),
        "budgets": budgets_open(at),
    }
    return render(request, "participation/admin/desk.html", context)


def budgets_open(at: datetime) -> QuerySet[Budget]:
    """Those whose vote is open, for a kiosk."""
    boxes = BallotBox.objects.filter(state=BoxState.FROZEN, opens_at__lte=at, closes_at__gt=at)
    return Budget.objects.public().filter(ballot_boxes__in=boxes).distinct().with_texts()


@require_POST
def mark(request: HttpRequest, entry: int) -> HttpResponse:
    allow(request, ROLL)
    own = get_object_or_404(RollEntry.objects.select_related("box__budget"), pk=entry)
    at, reason = timezone.now(), request.POST.get("reason", "").strip()[:300]
    try:
        if "bar" not in request.POST:
            mark_voted_on_paper(actor=request.user, entry=own, at=at, station=station_said(request))
        elif reason:
            allow(request, TO_BAR)
            bar_entry(actor=request.user, entry=own, reason=reason, at=at)
        else:
            messages.error(request, _("Say why the entry is barred."))
    except ActionRefused as refused:
        messages.error(request, refused.refusal.label)
    except BoxBusy:
        messages.error(request, _("Many people are voting at this moment: try again."))
    return redirect("vote_desk")


def station_said(request: HttpRequest) -> Station | None:
    said = request.POST.get("station", "")
    return Station.objects.filter(pk=said).first() if said.isdecimal() and len(said) < 10 else None


@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    allow(request, PAPERS)
    found = PaperBatch.objects.filter(box__state=BoxState.CLOSED).select_related("box", "station")
    counts = PaperCount.objects.filter(box__state=BoxState.CLOSED).select_related("box", "station")
    context = {"batches": found.prefetch_related("box__texts"), "counts": counts.prefetch_related("box__texts")}
    return render(request, "participation/admin/batches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def keying(request: HttpRequest, batch: int, reading: str) -> HttpResponse:
    """One paper after the other; with `paper` in the address that one again."""
    allow(request, PAPERS)
    if reading not in READINGS:
        raise Http404
    own = get_object_or_404(PaperBatch.objects.select_related("box", "station"), pk=batch)
    is_second = READINGS[reading]
    keyed = KeyedPaper.objects.filter(batch=own, is_second=is_second)
    again = keyed.filter(number=request.GET["paper"]).first() if request.GET.get("paper", "").isdigit() else None
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and save_paper(request, own, is_second, again, form):
        return redirect("vote_batch", batch) if again else redirect("vote_keying", batch, reading)
    number = again.number if again else keyed.count() + 1
    context = {"batch": own, "form": form, "reading": reading, "number": number, "is_full": number > own.papers}
    return render(request, "participation/admin/keying.html", context)


def save_paper(
    request: HttpRequest, batch: PaperBatch, is_second: bool, again: KeyedPaper | None, form: KeyForm
) -> bool:
    typed, at = form.cleaned_data["typed"], timezone.now()
    try:
        if again:
            key_again(actor=request.user, paper=again, typed=typed, at=at)
        else:
            key_paper(actor=request.user, batch=batch, is_second=is_second, typed=typed, at=at)
    except ActionRefused as refused:
        form.add_error(None, str(refused.refusal.label))
    except InvalidBallot as invalid:
        form.add_error("typed", str(invalid.fault.label))
    return form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
def batch_page(request: HttpRequest, batch: int) -> HttpResponse:
    """Where the two readings differ; signing when they do not."""
    allow(request, PAPERS)
    own = get_object_or_404(PaperBatch.objects.select_related("box", "station"), pk=batch)
    if request.method == "POST":
        try:
            sign_batch(actor=request.user, batch=own, at=timezone.now())
            return redirect("vote_papers")
        except ActionRefused as refused:
            messages.error(request, refused.refusal.label)
    return render(request, "participation/admin/batch.html", {"batch": own, "differences": differences(own)})
