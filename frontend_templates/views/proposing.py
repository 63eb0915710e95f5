"""Proposing in short steps. Every step is kept as it is answered, and can be gone back to."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend_templates.proposing.access import budget_for_proposals, own_proposal
from frontend_templates.proposing.forms import (
    AnswersForm,
    CostForm,
    IdeaForm,
    PlaceForm,
)
from frontend_templates.proposing.keeping import MOST_SIMILAR, goes_on_later, is_still_written, kept, may_be_empty
from frontend_templates.proposing.pages import READ_AND_WRITE, for_the_signed_in, sent
from frontend_templates.proposing.steps import as_key, steps
from frontend_templates.proposing.trap import TrapForm
from participation.actions.proposals import refuse, save_draft, submit
from participation.choices import ProposalStatus
from participation.eligibility import refusal_to_propose, refusal_to_submit, refusal_to_take_part
from participation.models import Budget, CitizenGroup, PriceHint
from participation.models.similar import similar_to
from participation.standing import standing_of

QUESTIONS = {"idea": IdeaForm, "place": PlaceForm, "cost": CostForm}
SHOWING_SIMILAR = ("idea", "place")
AFTER = {"idea": "place", "place": "cost", "cost": "photo"}


@for_the_signed_in
@READ_AND_WRITE
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """The first step. The key in the form makes one draft of it, however often it is sent."""
    budget, key = budget_for_proposals(slug), as_key(request.POST.get("key")) or uuid4()
    trap = TrapForm(sent(request), person=request.user)
    if not trap.is_valid():
        refuse(refusal_to_propose(budget, standing_of(request.user, budget), timezone.now()))
    form = IdeaForm(sent(request), budget=budget, may_be_empty=may_be_empty(request))
    if trap.is_bound and not trap.is_valid():
        form.add_error(None, trap.faults)
    if request.method == "POST" and form.is_valid():
        save(request, budget, key, form)
        return after(request, slug, key, "idea")
    context = {"budget": budget, "form": form, "key": key, "trap": trap, "steps": steps("idea", None)}
    return render(request, "participation/proposals/question.html", context)


def save(request: HttpRequest, budget: Budget, key: UUID, form: AnswersForm) -> None:
    save_draft(
        actor=request.user,
        budget=budget,
        key=key,
        answers=form.answers(),
        at=timezone.now(),
        quietly=is_still_written(request),
    )


def after(request: HttpRequest, slug: str, key: UUID, step: str) -> HttpResponse:
    if is_still_written(request):
        return kept(request, slug, key, step)
    if goes_on_later(request):
        return redirect("my_proposals", slug)
    if request.GET.get("then") == "check":
        return redirect("proposal_check", slug, key)
    if AFTER[step] == "photo":
        return redirect("proposal_photos", slug, key)
    return redirect("proposal_step", slug, key, AFTER[step])


@for_the_signed_in
@READ_AND_WRITE
def question(request: HttpRequest, slug: str, uuid: UUID, step: str) -> HttpResponse:
    """One of the first three steps of a draft."""
    if step not in QUESTIONS:
        raise Http404
    proposal = own_proposal(slug, uuid, request.user)
    if proposal.status != ProposalStatus.DRAFT:
        return redirect("proposal_edit", slug, proposal.public_number)
    form: AnswersForm = QUESTIONS[step](
        sent(request), budget=proposal.budget, proposal=proposal, may_be_empty=may_be_empty(request)
    )
    if request.method == "POST" and form.is_valid():
        save(request, proposal.budget, uuid, form)
        return after(request, slug, uuid, step)
    context = {"budget": proposal.budget, "proposal": proposal, "form": form, "steps": steps(step, proposal)}
    if step == "cost":
        context["prices"] = PriceHint.objects.for_budget(proposal.budget)
    if step in SHOWING_SIMILAR:
        context["similar"] = similar_to(proposal)[:MOST_SIMILAR]
    return render(request, "participation/proposals/question.html", context)


@for_the_signed_in
@READ_AND_WRITE
def check(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """All answers once more, and handing in."""
    proposal = own_proposal(slug, uuid, request.user)
    if request.method == "POST":
        submit(actor=request.user, proposal=proposal, at=timezone.now())
        return redirect("proposal_done", slug, uuid)
    if proposal.status != ProposalStatus.DRAFT:
        return redirect("proposal_done", slug, uuid)
    at = timezone.now()
    is_own = proposal.author_id == request.user.pk
    refusal = refusal_to_submit(proposal, standing_of(request.user, proposal.budget), at) if is_own else None
    refusal = refusal or refusal_to_take_part(request.user, proposal.budget, at)
    context = {"budget": proposal.budget, "proposal": proposal, "refusal": refusal, "is_own": is_own}
    context |= {"steps": steps("check", proposal), "has_groups": CitizenGroup.objects.of(request.user).exists()}
    return render(request, "participation/proposals/check.html", context)


@for_the_signed_in
@require_safe
def done(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    proposal = own_proposal(slug, uuid, request.user)
    if proposal.status == ProposalStatus.DRAFT:
        return redirect("proposal_check", slug, uuid)
    context = {
        "budget": proposal.budget,
        "proposal": proposal,
        "next_phase": proposal.budget.next_phase(timezone.now()),
    }
    return render(request, "participation/proposals/done.html", context)
