"""What all pages have in common on which somebody writes: they are signed in, and nothing of them is kept."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from frontend_templates.ages import ANSWERED_HERE, way_to_answer
from frontend_templates.proposing.access import budget_for_proposals
from frontend_templates.voting.identity import person_of
from participation.refusals import ActionRefused, Refusal

View = Callable[..., HttpResponse]
READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
STATUSES = {Refusal.ROLE_MISSING: 403}


def for_the_signed_in(view: View) -> View:
    """For a view in a budget: no cache keeps its answer, and what is refused is said on a page."""

    @wraps(view)
    def answered(request: HttpRequest, slug: str, **named) -> HttpResponse:
        if person_of(request) is None:
            response = redirect_to_login(request.get_full_path())
        else:
            response = or_refused(view, request, slug, **named)
        response["Cache-Control"] = "no-store"
        return response

    return answered


def or_refused(view: View, request: HttpRequest, slug: str, **named) -> HttpResponse:
    try:
        return view(request, slug, **named)
    except ActionRefused as refused:
        if refused.refusal is Refusal.NOT_YOURS:
            raise Http404 from None
        if refused.refusal in ANSWERED_HERE:
            return redirect(way_to_answer(request))
        context = {"budget": budget_for_proposals(slug), "words": refused.refusal.label}
        status = STATUSES.get(refused.refusal, 409)
        return render(request, "participation/proposals/refused.html", context, status=status)


def sent(request: HttpRequest) -> QueryDict | None:
    """An empty form that was sent is not one that was only asked for."""
    return request.POST if request.method == "POST" else None
