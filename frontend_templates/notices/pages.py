"""Pages of a person's own that belong to no budget: for the signed in, kept by no cache, refusals said on a page."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from frontend_templates.voting.identity import person_of
from participation.refusals import ActionRefused, Refusal


def for_oneself(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answered(request: HttpRequest, **named) -> HttpResponse:
        if person_of(request) is None:
            response = redirect_to_login(request.get_full_path())
        else:
            response = or_refused(view, request, **named)
        response["Cache-Control"] = "no-store"
        return response

    return answered


def or_refused(view: Callable[..., HttpResponse], request: HttpRequest, **named) -> HttpResponse:
    try:
        return view(request, **named)
    except ActionRefused as refused:
        if refused.refusal is Refusal.NOT_YOURS:
            raise Http404 from None
        return render(request, "participation/notices/refused.html", {"words": refused.refusal.label}, status=409)
