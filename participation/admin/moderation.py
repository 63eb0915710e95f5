"""The moderators' queue: what was reported or waits, decided one by one or many at once, and taken back."""

from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from participation.actions.decisions import LONGEST_BLOCK, Why, decide_all, undo
from participation.choices import CommentState, DecisionOnWords, FlagReason, ProposalStatus
from participation.models import Budget, CannedReason, Comment, Flag, ModerationDecision, Proposal
from participation.models.moderation import LONGEST_REASON
from participation.refusals import ActionRefused

PERMISSION = "participation.change_comment"
ROWS = 50
COMMENT, PROPOSAL = "comment", "proposal"
# Translators: in a list to choose from: all reasons, all budgets.
ALL = pgettext_lazy("filter of the moderators", "All")


class FilterForm(forms.Form):
    """What means nothing is passed over: a queue is always shown."""

    kind = forms.ChoiceField(
        label=_("What"), required=False, choices=[(COMMENT, _("Comments")), (PROPOSAL, _("Proposals"))]
    )
    show = forms.ChoiceField(
        label=_("Which"), required=False, choices=[("", _("Reported or waiting")), ("hidden", _("Hidden"))]
    )
    reason = forms.ChoiceField(label=_("Reason"), required=False, choices=[("", ALL), *FlagReason.choices])
    budget = forms.ChoiceField(label=_("Budget"), required=False)

    def __init__(self, query) -> None:
        super().__init__(query, auto_id="filter-%s")
        budgets = Budget.objects.with_texts().newest_first()
        self.fields["budget"].choices = [("", ALL), *((one.slug, str(one)) for one in budgets)]
        self.is_valid()

    def asked(self, name: str) -> str:
        return self.cleaned_data.get(name) or ""

    @property
    def noun(self) -> str:
        return self.asked("kind") or COMMENT

    def rows(self) -> QuerySet:
        open_flags = Flag.objects.open().order_by("pk")
        wanted = open_flags.filter(reason=self.asked("reason")) if self.asked("reason") else open_flags
        is_flagged = Exists(wanted.filter(**{self.noun: OuterRef("pk")}))
        rows = comments() if self.noun == COMMENT else proposals()
        rows = self.in_state(rows, is_flagged)
        if slug := self.asked("budget"):
            rows = rows.filter(**{"proposal__budget__slug" if self.noun == COMMENT else "budget__slug": slug})
        return rows.prefetch_related(Prefetch("flags", open_flags, to_attr="open_flags")).order_by("pk")

    def in_state(self, rows: QuerySet, is_flagged: Exists) -> QuerySet:
        column = "state" if self.noun == COMMENT else "status"
        if self.asked("show"):
            return rows.filter(**{column: "hidden"})
        waits = CommentState.WAITING if self.noun == COMMENT else ProposalStatus.SUBMITTED
        return rows.filter(is_flagged) if self.asked("reason") else rows.filter(is_flagged | Q(**{column: waits}))


def comments() -> QuerySet:
    rows = Comment.objects.select_related("author", "group", "proposal__budget")
    return rows.prefetch_related("proposal__budget__texts")


def proposals() -> QuerySet:
    rows = Proposal.objects.exclude(status=ProposalStatus.DRAFT).select_related("author", "group", "budget")
    return rows.prefetch_related("budget__texts")


class DecideForm(forms.Form):
    do = forms.ChoiceField(label=_("Decision"), choices=DecisionOnWords.choices)
    canned = forms.ModelChoiceField(
        CannedReason.objects.none(), label=_("Reason from the list"), required=False, to_field_name="slug"
    )
    words = forms.CharField(
        label=_("Reason in your own words"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    days = forms.IntegerField(
        label=_("Blocked for how many days"), required=False, min_value=1, max_value=LONGEST_BLOCK
    )

    def __init__(self, data=None) -> None:
        super().__init__(data, auto_id="decide-%s")
        self.fields["canned"].queryset = CannedReason.objects.with_texts()

    @property
    def why(self) -> Why:
        said = self.cleaned_data
        return Why(said["words"], said["canned"], said["days"])


def allow(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    allow(request)
    filters, form = FilterForm(request.GET), DecideForm(request.POST or None)
    chosen = uuids_in(request.POST.getlist("on"))
    if request.method == "POST" and form.is_valid() and chosen:
        return decided(request, filters, form, chosen)
    if request.method == "POST" and not chosen:
        messages.error(request, _("Choose at least one."))
    context = {
        "filters": filters,
        "form": form,
        "page": Paginator(filters.rows(), ROWS).get_page(request.GET.get("page")),
        "chosen": {str(one) for one in chosen},
        "address": addressed(request),
        "chooses_all": "all" in request.GET,
        "everything": with_all_chosen(request),
    }
    return render(request, "participation/admin/moderation.html", context)


def addressed(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in ("page", "all"):
        query.pop(name, None)
    return f"?{query.urlencode()}"


def with_all_chosen(request: HttpRequest) -> str:
    query = request.GET.copy()
    query["all"] = "1"
    return f"?{query.urlencode()}"


def uuids_in(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:ROWS]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def decided(request: HttpRequest, filters: FilterForm, form: DecideForm, chosen: list[UUID]) -> HttpResponse:
    """Leads to what was decided together, where it can be taken back."""
    rows = (comments() if filters.noun == COMMENT else proposals()).filter(uuid__in=chosen).order_by("pk")
    kind = DecisionOnWords(form.cleaned_data["do"])
    result = decide_all(actor=request.user, kind=kind, subjects=rows, why=form.why, at=timezone.now())
    for refusal in dict.fromkeys(result.refused):
        messages.error(request, refusal.label)
    if not result.done:
        return redirect(f"{reverse('moderation')}{addressed(request)}")
    many = len(result.done)
    messages.success(request, ngettext("%(many)s decision made.", "%(many)s decisions made.", many) % {"many": many})
    return redirect(f"{reverse('moderation_decisions')}?batch={result.batch}")


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """What was decided, the newest first, with what authors answered."""
    allow(request)
    rows = ModerationDecision.objects.select_related(
        "comment", "proposal", "actor", "person", "budget", "canned"
    ).prefetch_related("canned__texts", "budget__texts")
    batch = next(iter(uuids_in([request.GET.get("batch", "")])), None)
    if batch:
        rows = rows.filter(batch=batch)
    if request.GET.get("show") == "answered":
        rows = rows.exclude(answered_at=None)
    page = Paginator(rows.order_by("-pk"), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "batch": batch, "address": addressed(request)}
    return render(request, "participation/admin/decisions.html", context)


@require_POST
def take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One decision, or all that were made together with it."""
    allow(request)
    one = get_object_or_404(ModerationDecision, uuid=uuid)
    together = ModerationDecision.objects.filter(batch=one.batch) if "all" in request.POST else [one]
    for decision in together:
        try:
            undo(actor=request.user, decision=decision, at=timezone.now())
        except ActionRefused as refused:
            messages.error(request, refused.refusal.label)
    return redirect(f"{reverse('moderation_decisions')}?batch={one.batch}")
