"""Ballots and posters to print, in the language of their address: what stations hand out and hang up."""

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from frontend_templates.voting.rules_said import rules_said
from participation.ballot_box.rules import read_rules
from participation.models import BallotBox, Category


def box_of(slug: str, box: str) -> BallotBox:
    boxes = BallotBox.objects.public().frozen().with_texts().select_related("budget")
    boxes = boxes.prefetch_related("budget__texts", "envelopes__texts", "envelopes__projects__texts")
    return get_object_or_404(boxes, budget__slug=slug, slug=box)


@require_safe
def paper_ballot(request: HttpRequest, slug: str, box: str) -> HttpResponse:
    """With `?print=large` in large print."""
    own = box_of(slug, box)
    rules = read_rules(own.rules)
    categories = {category.slug: str(category) for category in Category.objects.with_texts()}
    parts = [
        {
            "envelope": envelope,
            "projects": sorted(envelope.projects.all(), key=lambda project: project.public_number),
            "said": rules_said(rules, rules.envelopes[envelope.slug], own.budget.currency, categories),
        }
        for envelope in own.envelopes.all()
    ]
    context = {"budget": own.budget, "box": own, "parts": parts, "is_large": request.GET.get("print") == "large"}
    return render(request, "participation/vote/paper.html", context | {"rules": rules})


@require_safe
def poster(request: HttpRequest, slug: str, box: str) -> HttpResponse:
    own = box_of(slug, box)
    address = settings.SITE_ADDRESS + reverse("vote", args=[slug])
    picture = mark_safe(segno.make(address, error="m").svg_inline(scale=6, border=2))  # noqa: S308 - drawn here
    context = {"budget": own.budget, "box": own, "address": address, "picture": picture}
    context["stations"] = own.budget.stations.all()
    return render(request, "participation/vote/poster.html", context)
