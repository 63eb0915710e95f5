"""Letters to people whose proposals came on paper: what waits, and printing all of it."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from frontend_templates.notices.words import is_there, quote, sentence
from frontend_templates.proposing.access import budget_for_proposals
from frontend_templates.proposing.letter_words import language_of_letter
from frontend_templates.proposing.pages import READ_AND_WRITE, for_the_signed_in
from participation.actions.paper_notices import print_letters
from participation.actions.proposals import refuse
from participation.eligibility import refusal_to_print_letters
from participation.locales import active_languages
from participation.models import Letter

MOST_BATCHES = 20


@for_the_signed_in
@READ_AND_WRITE
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """How many wait, and what was printed lately, to print it again."""
    budget = budget_for_proposals(slug)
    refuse(refusal_to_print_letters(request.user, budget))
    if request.method == "POST":
        batch = print_letters(actor=request.user, budget=budget, at=timezone.now())
        return redirect("proposal_letters_printed", slug, batch)
    ours = Letter.objects.filter(proposal__budget=budget)
    batches = ours.filter(printed_at__isnull=False).order_by().values("batch", "printed_at")
    context = {
        "budget": budget,
        "waiting": ours.waiting().count(),
        "batches": batches.annotate(number=Count("pk")).order_by("-printed_at")[:MOST_BATCHES],
    }
    return render(request, "participation/proposals/letters.html", context)


@for_the_signed_in
@require_safe
def printed(request: HttpRequest, slug: str, batch: UUID) -> HttpResponse:
    """All of one printing, a page each. What is not public any more is told to nobody."""
    budget = budget_for_proposals(slug)
    refuse(refusal_to_print_letters(request.user, budget))
    rows = Letter.objects.filter(proposal__budget=budget, batch=batch).with_everything()
    told = [letter for letter in rows if is_there(letter)]
    if not rows:
        raise Http404
    offered = active_languages()
    context = {"budget": budget, "letters": [in_its_language(letter, offered) for letter in told]}
    return render(request, "participation/proposals/letters_printed.html", context)


def in_its_language(letter: Letter, offered: Collection[str]) -> dict[str, object]:
    language = language_of_letter(letter.proposal, offered)
    with override(language):
        where = reverse("proposal", args=[letter.proposal.budget.slug, letter.proposal.public_number])
        return {
            "letter": letter,
            "language": language,
            "said": sentence(letter),
            "quote": letter.decision.because if letter.decision else quote(letter),
            "address": settings.SITE_ADDRESS + where,
        }
