"""Entering oneself on an open roll."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cms_pages.identities import confirmed_addresses
from frontend_templates.views.votes import budget_of
from frontend_templates.voting.answers import in_the_booth
from frontend_templates.voting.declaring import DeclarationForm
from participation.actions.declarations import declare
from participation.models import Declaration
from participation.refusals import ActionRefused, Refusal

ABOUT_THE_SCAN = frozenset(
    {
        *(Refusal.PROOF_MISSING, Refusal.PHOTO_TOO_LARGE, Refusal.PHOTO_UNREADABLE),
        *(Refusal.DOCUMENT_TOO_LARGE, Refusal.DOCUMENT_UNREADABLE, Refusal.DOCUMENT_ACTIVE),
    }
)


@login_required
@in_the_booth
@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: HttpRequest, slug: str) -> HttpResponse:
    """One declaration for all open rolls of the budget, by an account whose address is confirmed."""
    budget = budget_of(slug)
    if not budget.ballot_boxes.with_open_roll().exists():
        raise Http404
    declared = Declaration.objects.knowing_proof().of_person(budget, request.user).first()
    may_declare = declared is None or declared.is_refused
    is_confirmed = bool(confirmed_addresses(request.user))
    asks_for_proof = budget.ballot_boxes.asking_for_proof().exists()
    form = DeclarationForm(request.POST or None, request.FILES or None, asks_for_proof=asks_for_proof)
    if request.method == "POST" and is_confirmed and may_declare and form.is_valid():
        try:
            declare(budget=budget, person=request.user, at=timezone.now(), **form.words)
        except ActionRefused as refused:
            form.add_error("scan" if refused.refusal in ABOUT_THE_SCAN else None, str(refused.refusal.label))
        else:
            return redirect("vote", slug)
    context = {"budget": budget, "form": form, "declared": declared, "may_declare": may_declare}
    context |= {"is_confirmed": is_confirmed, "asks_for_proof": asks_for_proof}
    return render(request, "participation/vote/declaration.html", context)
