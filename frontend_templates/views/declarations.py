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
from participation.refusals import ActionRefused


@login_required
@in_the_booth
@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: HttpRequest, slug: str) -> HttpResponse:
    """One declaration for all open rolls of the budget, by an account whose address is confirmed."""
    budget = budget_of(slug)
    if not budget.ballot_boxes.with_open_roll().exists():
        raise Http404
    declared = Declaration.objects.filter(budget=budget, person=request.user).first()
    is_confirmed = bool(confirmed_addresses(request.user))
    form = DeclarationForm(request.POST or None)
    if request.method == "POST" and is_confirmed and not declared and form.is_valid():
        try:
            declare(budget=budget, person=request.user, at=timezone.now(), **form.words)
        except ActionRefused as refused:
            form.add_error(None, str(refused.refusal.label))
        else:
            return redirect("vote", slug)
    context = {"budget": budget, "form": form, "declared": declared, "is_confirmed": is_confirmed}
    return render(request, "participation/vote/declaration.html", context)
