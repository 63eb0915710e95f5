"""One's own proposals: what there is, and changing, withdrawing, throwing away or proposing again one of them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from frontend_templates.proposing.access import budget_for_proposals, own_proposal, seen_proposal
from frontend_templates.proposing.forms import WholeForm
from frontend_templates.proposing.pages import READ_AND_WRITE, for_the_signed_in, sent
from participation.actions.proposals import discard, edit, propose_again, refuse, withdraw
from participation.choices import ProposalStatus
from participation.eligibility import refusal_to_edit, refusal_to_propose, refusal_to_withdraw
from participation.models import Invitation, PriceHint, Proposal
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of


@for_the_signed_in
@READ_AND_WRITE
def discarded(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    proposal = own_proposal(slug, uuid, request.user)
    if request.method == "POST":
        discard(actor=request.user, proposal=proposal, at=timezone.now())
        return redirect("my_proposals", slug)
    return render(request, "participation/proposals/discard.html", {"budget": proposal.budget, "proposal": proposal})


@for_the_signed_in
@require_GET
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """What the person has begun and handed in here, and what they handed in elsewhere, to propose it again."""
    budget = budget_for_proposals(slug)
    own = Proposal.objects.of(request.user).with_everything().prefetch_related("budget__texts")
    joined = Proposal.objects.filter(co_authors__person=request.user, budget=budget)
    context = {
        "budget": budget,
        "proposals": own.filter(budget=budget).order_by("-saved_at", "-pk"),
        "joined": joined.select_related("budget").order_by("-saved_at", "-pk"),
        "invitations": Invitation.objects.to(request.user).open_at(timezone.now()).count(),
        "earlier": own.exclude(budget=budget).exclude(status=ProposalStatus.DRAFT).order_by("-submitted_at", "-pk"),
        "refusal": refusal_to_propose(budget, standing_of(request.user, budget), timezone.now()),
    }
    return render(request, "participation/proposals/mine.html", context)


@for_the_signed_in
@require_POST
def again(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Proposes here again what the person proposed in another budget."""
    budget = budget_for_proposals(slug)
    old = Proposal.objects.of(request.user).select_related("envelope").filter(uuid=uuid).first()
    if old is None:
        raise ActionRefused(Refusal.NOT_YOURS)
    draft = propose_again(actor=request.user, proposal=old, budget=budget, at=timezone.now())
    return redirect("proposal_step", slug, draft.uuid, "idea")


@for_the_signed_in
@READ_AND_WRITE
def changed(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """All questions on one page, for what is handed in: one change is one version."""
    proposal = seen_proposal(slug, number, request.user)
    refuse(refusal_to_edit(proposal, standing_of(request.user, proposal.budget), timezone.now()))
    form = WholeForm(sent(request), budget=proposal.budget, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        edit(actor=request.user, proposal=proposal, answers=form.answers(), at=timezone.now())
        return redirect("proposal", slug, number)
    context = {"budget": proposal.budget, "proposal": proposal, "form": form}
    context["prices"] = PriceHint.objects.for_budget(proposal.budget)
    return render(request, "participation/proposals/edit.html", context)


@for_the_signed_in
@READ_AND_WRITE
def withdrawn(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    proposal = seen_proposal(slug, number, request.user)
    if request.method == "POST":
        withdraw(actor=request.user, proposal=proposal, at=timezone.now())
        return redirect("proposal", slug, number)
    refuse(refusal_to_withdraw(proposal, standing_of(request.user, proposal.budget), timezone.now()))
    return render(request, "participation/proposals/withdraw.html", {"budget": proposal.budget, "proposal": proposal})
