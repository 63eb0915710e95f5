"""Supporting a proposal, on a page of its own: the proposal's page is the same for everybody and holds no form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from frontend_templates.proposing.access import seen_proposal
from frontend_templates.proposing.pages import for_the_signed_in
from participation.actions.supports import support, take_back
from participation.eligibility import refusal_to_support, supports_left
from participation.standing import standing_of

ACTIONS = {"give": support, "take_back": take_back}


@for_the_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def supporting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    proposal = seen_proposal(slug, number, request.user)
    if request.method == "POST":
        if action := ACTIONS.get(request.POST.get("do", "")):
            action(actor=request.user, proposal=proposal, at=timezone.now())
        return redirect("proposal_support", slug, number)
    standing = standing_of(request.user, proposal.budget)
    left = supports_left(proposal, standing).values()
    context = {
        "budget": proposal.budget,
        "proposal": proposal,
        "supports": proposal.pk in standing.supported,
        "refusal": refusal_to_support(proposal, standing, timezone.now()),
        "left": max(0, min(left)) if left else None,
    }
    return render(request, "participation/proposals/support.html", context)
