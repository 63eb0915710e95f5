"""The regulations of a budget: the version in force, the earlier ones, and accepting."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend_templates.proposing.access import budget_for_proposals
from frontend_templates.proposing.pages import READ_AND_WRITE, for_the_signed_in
from participation.actions.regulations import accept_regulations
from participation.eligibility import refusal_to_take_part
from participation.models import Budget, Regulations
from participation.refusals import ActionRefused, Refusal


def versions_of(budget: Budget) -> QuerySet[Regulations]:
    """Those in force or in force before, the newest first."""
    return Regulations.objects.in_force(timezone.now()).filter(budget=budget).with_texts()


@require_safe
def regulations(request: HttpRequest, slug: str, version: int | None = None) -> HttpResponse:
    """The version in force, or an earlier one by its number. Versions to come are nobody's business yet."""
    budget = budget_for_proposals(slug)
    versions = list(versions_of(budget))
    shown = versions[0] if versions and version is None else next((v for v in versions if v.version == version), None)
    if shown is None:
        raise Http404
    context = {"budget": budget, "regulations": shown, "versions": versions, "is_current": shown == versions[0]}
    return render(request, "participation/regulations.html", context)


@for_the_signed_in
@READ_AND_WRITE
def accepted(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in force with the button to accept it. Once more changes nothing."""
    budget = budget_for_proposals(slug)
    current = get_object_or_404(versions_of(budget)[:1])
    if request.method == "POST":
        accept_once(request, current)
        return redirect("my_proposals", slug)
    is_accepted = refusal_to_take_part(request.user, budget, timezone.now()) is None
    context = {"budget": budget, "regulations": current, "is_accepted": is_accepted}
    return render(request, "participation/regulations_accept.html", context)


def accept_once(request: HttpRequest, current: Regulations) -> None:
    try:
        accept_regulations(actor=request.user, person=request.user, regulations=current, at=timezone.now())
    except ActionRefused as refused:
        if refused.refusal is not Refusal.DONE_ALREADY:
            raise
