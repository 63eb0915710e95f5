"""The queue of declarations that are likely duplicates, and the officer's form for an open roll."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from participation.actions.declaration_proofs import look_at_proof
from participation.actions.declarations import accept_declaration, declare_at_desk, refuse_declaration
from participation.admin.desk import ROLL, allow
from participation.ballot_box.locks import BoxBusy
from participation.ballot_box.receipts import grouped
from participation.models import BallotBox, Budget, Declaration, District
from participation.refusals import ActionRefused

SETTLE = "participation.change_declaration"


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Each one that waits beside those it is like."""
    allow(request, SETTLE)
    waiting = (
        Declaration.objects.waiting()
        .knowing_proof()
        .select_related("budget", "district")
        .prefetch_related("budget__texts")
    )
    pairs = [(one, Declaration.objects.likely_the_same(one).select_related("district")[:5]) for one in waiting[:50]]
    return render(request, "participation/admin/declarations.html", {"pairs": pairs, "count": waiting.count()})


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    allow(request, SETTLE)
    own, at, reason = (
        get_object_or_404(Declaration, pk=pk),
        timezone.now(),
        request.POST.get("reason", "").strip()[:300],
    )
    try:
        if "refuse" not in request.POST:
            _own, code = accept_declaration(actor=request.user, declaration=own, at=at)
            messages.success(request, said(code))
        elif reason:
            refuse_declaration(actor=request.user, declaration=own, reason=reason, at=at)
            messages.success(request, _("Refused, with your reason."))
        else:
            messages.error(request, _("Say why."))
    except ActionRefused as refused:
        messages.error(request, refused.refusal.label)
    except BoxBusy:
        messages.error(request, _("Many people are voting at this moment: try again."))
    return redirect("declarations")


def said(code: str) -> str:
    """A code is shown once, to be written down: only its hash is kept."""
    return (
        _("On the roll. The personal code, shown this once: %(code)s") % {"code": grouped(code)}
        if code
        else _("On the roll.")
    )


class DeskForm(forms.Form):
    budget = forms.ModelChoiceField(label=gettext_lazy("Budget"), queryset=Budget.objects.none())
    name = forms.CharField(label=gettext_lazy("First and last name"), max_length=200)
    born = forms.DateField(label=gettext_lazy("Date of birth"), widget=forms.DateInput(attrs={"type": "date"}))
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300)
    district = forms.ModelChoiceField(label=gettext_lazy("District"), queryset=District.objects.all(), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        boxes = BallotBox.objects.with_open_roll()
        self.fields["budget"].queryset = Budget.objects.filter(ballot_boxes__in=boxes).distinct().with_texts()

    def clean_born(self):
        if self.cleaned_data["born"] > timezone.localdate():
            raise ValidationError(_("This cannot be a date of birth."))
        return self.cleaned_data["born"]


@require_safe
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan itself, for whoever decides, and kept nowhere on the way."""
    allow(request, SETTLE)
    own = get_object_or_404(Declaration.objects.select_related("budget"), pk=pk)
    shown = look_at_proof(actor=request.user, declaration=own, at=timezone.now())
    if shown is None:
        raise Http404
    response = HttpResponse(bytes(shown.data), content_type="application/pdf" if shown.is_pdf else "image/jpeg")
    response["Cache-Control"], response["X-Content-Type-Options"] = "no-store", "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Somebody without an account or a device, at the desk."""
    allow(request, ROLL)
    form = DeskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _declaration, code = declare_at_desk(actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused.refusal.label))
        except BoxBusy:
            form.add_error(None, _("Many people are voting at this moment: try again."))
        else:
            messages.success(
                request, said(code) if code else _("Somebody is like them on the roll: it waits for a look.")
            )
            return redirect("declaration_at_desk")
    return render(request, "participation/admin/declare.html", {"form": form})
