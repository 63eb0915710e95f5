from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language

from cms_pages.models import BudgetPage
from frontend_templates.budget_facts import budget_facts
from frontend_templates.views.pages import with_players
from participation.models import Budget

MOST_CARDS = 200


def budget_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    budgets = Budget.objects.public().newest_first().with_texts().with_phases()
    cards = [{"budget": budget, "phase": budget.phase_at(at)} for budget in budgets[:MOST_CARDS]]
    return render(request, "participation/budget_list.html", {"cards": cards})


@with_players
def budget_home(request: HttpRequest, slug: str) -> HttpResponse:
    budget = get_object_or_404(Budget.objects.public().with_texts().with_phases(), slug=slug)
    facts = budget_facts(budget, timezone.now())
    face = BudgetPage.objects.face_of(budget, get_language())
    body = face.body_of(facts["phase"] and facts["phase"].kind) if face else None
    return render(request, "participation/budget.html", {**facts, "face_body": body})
