"""For moderators: what waits, and what to do with one proposal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from frontend_templates.proposing.access import all_of, budget_for_proposals, seen_proposal
from frontend_templates.proposing.forms import ReasonForm
from frontend_templates.proposing.pages import for_the_signed_in
from participation.actions.moderation import hide, publish_proposal, restore
from participation.actions.proposals import refuse
from participation.choices import ProposalVerb
from participation.eligibility import refusal_to_moderate
from participation.models import Budget, Comment, Person, Proposal
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of

MOST_COMMENTS = 100
VERBS = (ProposalVerb.PUBLISH, ProposalVerb.RESTORE, ProposalVerb.HIDE)


def refuse_others(person: Person, budget: Budget) -> None:
    if not standing_of(person, budget).moderates:
        raise ActionRefused(Refusal.ROLE_MISSING)


@for_the_signed_in
@require_safe
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    budget = budget_for_proposals(slug)
    refuse_others(request.user, budget)
    comments = Comment.objects.filter(proposal__in=budget.proposals.public()).to_moderate().select_related("proposal")
    context = {"budget": budget, "proposals": all_of(slug).waiting(), "comments": comments[:MOST_COMMENTS]}
    return render(request, "participation/proposals/waiting.html", context)


@for_the_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def moderated(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    proposal = seen_proposal(slug, number, request.user)
    refuse_others(request.user, proposal.budget)
    verb = request.POST.get("do", "")
    form = ReasonForm(request.POST if verb == ProposalVerb.HIDE else None)
    if request.method == "POST" and (verb != ProposalVerb.HIDE or form.is_valid()):
        act(request.user, proposal, verb, form)
        return redirect("proposal", slug, number)
    standing, at = standing_of(request.user, proposal.budget), timezone.now()
    possible = {verb.value: refusal_to_moderate(verb, proposal, standing, at) is None for verb in VERBS}
    context = {"budget": proposal.budget, "proposal": proposal, "form": form, "possible": possible}
    return render(request, "participation/proposals/moderate.html", context)


def act(person: Person, proposal: Proposal, verb: str, form: ReasonForm) -> None:
    at = timezone.now()
    if verb == ProposalVerb.HIDE:
        hide(actor=person, proposal=proposal, reason=form.cleaned_data["reason"], at=at)
    elif verb == ProposalVerb.RESTORE:
        restore(actor=person, proposal=proposal, at=at)
    elif verb == ProposalVerb.PUBLISH:
        publish_proposal(actor=person, proposal=proposal, at=at)
    else:
        refuse(Refusal.WRONG_STATUS)
