"""For moderators of a budget: what waits or was reported, and what to do with one proposal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from frontend_templates.discussion.deciding import is_decided
from frontend_templates.discussion.forms import DecideForm
from frontend_templates.proposing.access import budget_for_proposals, seen_proposal
from frontend_templates.proposing.pages import for_the_signed_in, sent
from participation.models import Budget, Comment, Person
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of

MOST_ROWS = 100


def refuse_others(person: Person, budget: Budget) -> None:
    if not standing_of(person, budget).moderates:
        raise ActionRefused(Refusal.ROLE_MISSING)


@for_the_signed_in
@require_safe
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    budget = budget_for_proposals(slug)
    refuse_others(request.user, budget)
    comments = Comment.objects.filter(proposal__in=budget.proposals.public()).to_moderate().select_related("proposal")
    context = {
        "budget": budget,
        "proposals": budget.proposals.waiting(),
        "reported": budget.proposals.reported()[:MOST_ROWS],
        "comments": comments[:MOST_ROWS],
    }
    return render(request, "participation/proposals/waiting.html", context)


@for_the_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def moderated(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    proposal = seen_proposal(slug, number, request.user)
    refuse_others(request.user, proposal.budget)
    form = DecideForm(sent(request))
    if request.method == "POST" and is_decided(request.user, form, proposal):
        return redirect("proposals_waiting", slug)
    flags = proposal.flags.open().order_by("pk")
    context = {"budget": proposal.budget, "proposal": proposal, "form": form, "flags": flags}
    return render(request, "participation/proposals/moderate.html", context)
