"""Filling in a ballot, looking at it once more, casting it. A draft is on the page and nowhere else."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from frontend_templates.voting.answers import in_the_booth
from frontend_templates.voting.booth import (
    Booth,
    ballot_carried,
    box_to_cast,
    frozen_box,
    marks_carried,
    order_of,
    own_booth,
    practice_booth,
    receipt_carried,
)
from frontend_templates.voting.checks import faults_in
from frontend_templates.voting.identity import channel_of, forget_voter, voter_of
from frontend_templates.voting.marks import Marks, ballot_of, marks_of, marks_posted
from frontend_templates.voting.notices import notices_of
from frontend_templates.voting.sheet import sheet
from participation.ballot_box import casting
from participation.ballot_box.receipts import code_of, grouped
from participation.choices import Channel
from participation.counting.money import exponent_of
from participation.models import BallotBox


@in_the_booth
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest, slug: str, box: str) -> HttpResponse:
    booth = own_booth(request, frozen_box(slug, box), timezone.now())
    return filled_in(request, booth) if booth else redirect("vote", slug)


@in_the_booth
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest, slug: str, box: str) -> HttpResponse:
    """The same ballot for anybody. Nothing of it is stored."""
    return filled_in(request, practice_booth(frozen_box(slug, box)))


@in_the_booth
@require_POST
def cast_ballot(request: HttpRequest, slug: str, box: str) -> HttpResponse:
    """Writes the ballot and nothing else: no session, no message, no line in a log."""
    own = box_to_cast(slug, box)
    voter = voter_of(request, own)
    if voter is None:
        return redirect("vote", slug)
    draft, replaces = ballot_carried(request), receipt_carried(request)
    channel = channel_of(request, own.budget_id)
    given = casting.cast(box=own, voter=voter, ballot=draft, replaces=replaces, channel=channel)
    if channel is Channel.DESK:
        return receipt_at_desk(request, own, given.receipt)
    return redirect("vote_receipts", slug)


def receipt_at_desk(request: HttpRequest, box: BallotBox, receipt: bytes) -> HttpResponse:
    """Shown this once: the desk forgets the voter with it."""
    forget_voter(request, box.budget)
    context = {"budget": box.budget, "box": box, "code": grouped(code_of(receipt))}
    return render(request, "participation/vote/desk_receipt.html", context)


def filled_in(request: HttpRequest, booth: Booth) -> HttpResponse:
    slugs = booth.open
    if booth.chooses_envelope:
        asked = request.POST.get("envelope") or request.GET.get("envelope")
        if asked not in slugs:
            return choose_envelope(request, booth)
        slugs = (asked,)
    what = request.POST.get("do") if request.method == "POST" else ""
    if what == "edit":
        return form_page(request, booth, slugs, marks_carried(request, booth))
    if not what:
        return form_page(request, booth, slugs, booth.current or {})
    parts = [booth.rules.envelopes[one] for one in slugs]
    marks = marks_posted(request.POST, booth.rules.vote_type, parts)
    if what == "review":
        faults = faults_in(marks, booth.rules, frozenset(booth.open))
        return form_page(request, booth, slugs, marks, faults) if faults else review_page(request, booth, slugs, marks)
    return form_page(request, booth, slugs, marks)


def choose_envelope(request: HttpRequest, booth: Booth) -> HttpResponse:
    envelopes = booth.box.envelopes.filter(slug__in=booth.open).with_texts().select_related("district").order_by("pk")
    chosen = next(iter(booth.current or {}), "")
    context = context_of(request, booth, ()) | {"envelopes": envelopes, "chosen": chosen}
    return render(request, "participation/vote/choose_envelope.html", context)


def form_page(
    request: HttpRequest, booth: Booth, slugs: tuple[str, ...], marks: Marks, faults: list | None = None
) -> HttpResponse:
    context = context_of(request, booth, slugs)
    notices = notices_of(booth.box)
    shown = sheet(booth.box, booth.rules, slugs, marks, order=context["order"], faults=faults or (), notices=notices)
    return render(request, "participation/vote/ballot.html", context | {"sheet": shown})


def review_page(request: HttpRequest, booth: Booth, slugs: tuple[str, ...], marks: Marks) -> HttpResponse:
    """The ballot as it would be cast: ranks without gaps, nothing with no points."""
    draft = ballot_of(marks, booth.rules.vote_type)
    final = marks_of(draft["envelopes"], booth.rules.vote_type)
    context = context_of(request, booth, slugs)
    context["sheet"] = sheet(booth.box, booth.rules, final, final, order=context["order"])
    context["draft"] = json.dumps(draft, separators=(",", ":"))
    return render(request, "participation/vote/review.html", context)


def context_of(request: HttpRequest, booth: Booth, slugs: tuple[str, ...]) -> dict[str, Any]:
    replaces = receipt_carried(request) if request.method == "POST" else booth.receipt
    name = "ballot_practice" if booth.is_practice else "ballot"
    return {
        "budget": booth.box.budget,
        "exponent": exponent_of(booth.box.budget.currency),
        "box": booth.box,
        "booth": booth,
        "address": reverse(name, args=[booth.box.budget.slug, booth.box.slug]),
        "replaces": replaces.hex(),
        "envelope": slugs[0] if booth.chooses_envelope and slugs else "",
        "order": order_of(request),
    }
