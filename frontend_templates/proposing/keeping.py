"""Drafts that are kept while somebody writes: what a script sends, and what it gets to show."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from frontend_templates.proposing.access import own_proposal
from participation.models.similar import similar_to

MOST_SIMILAR = 3
LATER, MEANWHILE = "later", "meanwhile"


def goes_on_later(request: HttpRequest) -> bool:
    return request.POST.get("do") == LATER


def is_still_written(request: HttpRequest) -> bool:
    """Sent by the script between two words, not by somebody who is done with the page."""
    return request.POST.get("do") == MEANWHILE


def may_be_empty(request: HttpRequest) -> bool:
    return goes_on_later(request) or is_still_written(request)


def kept(request: HttpRequest, slug: str, key: UUID, step: str) -> HttpResponse:
    """A piece of the page: the similar proposals. The header says at which address the draft goes on."""
    proposal = own_proposal(slug, key, request.user)
    context = {"budget": proposal.budget, "similar": similar_to(proposal)[:MOST_SIMILAR]}
    response = render(request, "participation/proposals/similar.html", context)
    response["Content-Location"] = reverse("proposal_step", args=[slug, key, step])
    return response
