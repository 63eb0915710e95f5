"""A budget's vote as one journey through all its boxes: what there is to do, who one is, what one has cast."""

from collections.abc import Callable
from datetime import date

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend_templates.voting.answers import in_the_booth
from frontend_templates.voting.codes import CensusForm, CodeForm
from frontend_templates.voting.guesses import count_guess, forgive_guess
from frontend_templates.voting.identity import (
    forget_voter,
    has_session,
    person_of,
    remember_voter,
    voter_by_proof,
)
from frontend_templates.voting.journey import boxes_of, standings
from participation.ballot_box.casting import Voter
from participation.ballot_box.roll import asks_for_document, enter_by_census, enter_by_code
from participation.models import BallotBox, Budget, Declaration, Person, Project, Result
from participation.refusals import ActionRefused


def budget_of(slug: str) -> Budget:
    return get_object_or_404(Budget.objects.public().with_texts(), slug=slug)


@require_safe
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page for everybody without a session; with one it is nobody else's."""
    return own_vote(request, slug) if has_session(request) else overview(request, slug)


@in_the_booth
def own_vote(request: HttpRequest, slug: str) -> HttpResponse:
    return overview(request, slug)


def overview(request: HttpRequest, slug: str) -> HttpResponse:
    budget = budget_of(slug)
    found = standings(request, budget, timezone.now())
    if not found:
        raise Http404
    context = {
        "budget": budget,
        "standings": found,
        "is_open": any(one.is_open for one in found),
        "can_vote": any(one.can_vote for one in found),
        **voter_facts(request, budget),
    }
    if all(one.is_over for one in found):
        context |= after_the_vote(budget, [one.box for one in found])
    return render(request, "participation/vote/overview.html", context)


@require_safe
def secrecy(request: HttpRequest, slug: str) -> HttpResponse:
    """What keeps a vote secret, what can be checked, and the limits of both: for every voter to read."""
    budget = budget_of(slug)
    if not BallotBox.objects.to_vote_in().filter(budget=budget).exists():
        raise Http404
    return render(request, "participation/vote/secrecy.html", {"budget": budget})


def voter_facts(request: HttpRequest, budget: Budget) -> dict[str, object]:
    return {
        "by_code": voter_by_proof(request, budget.pk) is not None,
        "person": person_of(request),
        "by_document": asks_for_document(budget),
        "by_declaration": budget.ballot_boxes.with_open_roll().exists(),
        "declared": declared_by(person_of(request), budget),
    }


def declared_by(person: Person | None, budget: Budget) -> Declaration | None:
    return Declaration.objects.knowing_proof().of_person(budget, person).first() if person else None


def after_the_vote(budget: Budget, boxes: list[BallotBox]) -> dict[str, object]:
    """All projects, and whether there is a result to look at."""
    projects = Project.objects.filter(envelope__ballot_box__in=boxes).with_texts().in_recorded_order()
    return {"projects": projects, "has_results": Result.objects.public().filter(envelope__budget=budget).exists()}


@in_the_booth
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """For a personal code from a letter. It is read from what is typed alone, never from the address."""
    return identify(request, budget_of(slug), CodeForm(request.POST or None), "code", enter_by_code)


@in_the_booth
@require_http_methods(["GET", "HEAD", "POST"])
def census(request: HttpRequest, slug: str) -> HttpResponse:
    """For whom the roll knows by an identity document and the date of birth."""
    budget = budget_of(slug)
    if not asks_for_document(budget):
        raise Http404
    return identify(request, budget, CensusForm(request.POST or None), "document", enter_by_document)


def enter_by_document(boxes: list[BallotBox], document: str, born: date) -> Voter:
    return enter_by_census(boxes, document, born.isoformat())


def identify(request: HttpRequest, budget: Budget, form: Form, field: str, enter: Callable[..., Voter]) -> HttpResponse:
    """Finds entries of the roll by what was typed; wrong guesses are counted, and said beside the field."""
    if request.method == "POST" and form.is_valid():
        count_guess(request)
        try:
            voter = enter(boxes_of(budget), **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(field, str(refused.refusal.label))
        else:
            forgive_guess(request)
            remember_voter(request, budget, voter)
            return redirect("vote", budget.slug)
    return render(request, f"participation/vote/{field}.html", {"budget": budget, "form": form})


@in_the_booth
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    forget_voter(request, budget_of(slug))
    return redirect("vote", slug)


@in_the_booth
@require_safe
def receipts(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own receipts while voting is open, and what is left to vote on."""
    budget = budget_of(slug)
    found = standings(request, budget, timezone.now())
    if not any(one.code for one in found):
        return redirect("vote", slug)
    context = {"budget": budget, "standings": found, **voter_facts(request, budget)}
    return render(request, "participation/vote/receipts.html", context)
