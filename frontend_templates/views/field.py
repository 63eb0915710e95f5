"""Proposals on paper: the form to print, keying a stack, and claiming one's own with a code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend_templates.proposing.access import budget_for_proposals
from frontend_templates.proposing.field_forms import ClaimForm, KeyingForm
from frontend_templates.proposing.forms import WholeForm
from frontend_templates.proposing.letter_words import address_to_claim, language_of_letter
from frontend_templates.proposing.pages import READ_AND_WRITE, for_the_signed_in, sent
from frontend_templates.voting.guesses import TooManyGuesses, count_guess, forgive_guess
from participation.actions.field import claim_proposal, key_proposal
from participation.actions.proposals import refuse
from participation.ballot_box.receipts import grouped
from participation.choices import Opening
from participation.eligibility import refusal_to_key_proposals
from participation.locales import active_languages
from participation.models import Budget, PriceHint
from participation.refusals import ActionRefused

# A point is set on the map, and the language is read off the words.
NOT_ON_PAPER = ("latitude", "longitude", "language")


@require_safe
def idea_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The same questions as on the site, on paper."""
    budget = budget_for_proposals(slug)
    form = WholeForm(None, budget=budget)
    context = {"budget": budget, "questions": [field for field in form if field.name not in NOT_ON_PAPER]}
    context["until"] = budget.last_phase_that_opens(Opening.PROPOSALS, timezone.now())
    context["prices"] = PriceHint.objects.for_budget(budget)
    return render(request, "participation/proposals/paper.html", context)


@for_the_signed_in
@READ_AND_WRITE
def keying(request: HttpRequest, slug: str) -> HttpResponse:
    """One paper after the other; the workshop stays from one to the next."""
    budget = budget_for_proposals(slug)
    refuse(refusal_to_key_proposals(request.user, budget, timezone.now()))
    form = KeyingForm(sent(request), budget=budget, workshop=request.GET.get("workshop", ""))
    if request.method == "POST" and form.is_valid():
        return keyed(request, budget, form)
    return render(request, "participation/proposals/keying.html", {"budget": budget, "form": form})


def keyed(request: HttpRequest, budget: Budget, form: KeyingForm) -> HttpResponse:
    """The letter to print for the author, with the code: it is shown this once."""
    said = form.cleaned_data
    words = {"name": said["name"], "address": said["postal"], "workshop": said["workshop"]}
    now, key = timezone.now(), said["key"]
    proposal, code = key_proposal(actor=request.user, budget=budget, key=key, answers=form.answers(), at=now, **words)
    context = {"budget": budget, "proposal": proposal, "code": grouped(code), **words}
    context |= {"next_phase": budget.next_phase(now), "was_there": proposal.created_at != now}
    language = language_of_letter(proposal, active_languages())
    context |= {"language": language, "address_to_claim": address_to_claim(proposal, language)}
    return render(request, "participation/proposals/letter.html", context)


@for_the_signed_in
@READ_AND_WRITE
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    budget = budget_for_proposals(slug)
    form = ClaimForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            count_guess(request)
            claim_proposal(actor=request.user, code=form.cleaned_data["code"], at=timezone.now())
        except ActionRefused as refused:
            form.add_error("code", refused.refusal.label)
        except TooManyGuesses:
            form.add_error(None, _("Too many codes were tried from here. Try again in an hour."))
        else:
            forgive_guess(request)
            return redirect("my_proposals", slug)
    return render(request, "participation/proposals/claim.html", {"budget": budget, "form": form})
