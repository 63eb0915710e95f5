from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from frontend_templates.project_filters import ProjectFilters
from participation.explanations import explain
from participation.models import Budget, Project, ResultLine

PAGE_SIZE = 24


def project_list(request: HttpRequest, slug: str) -> HttpResponse:
    budget = get_object_or_404(Budget.objects.public().with_texts(), slug=slug)
    filters = ProjectFilters(request.GET, budget)
    projects = filters.apply(budget.projects.with_texts().with_categories().select_related("envelope__result"))
    page = Paginator(projects.select_related("result_line"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"budget": budget, "filters": filters, "page": page, "address": filters.address(without=("page",))}
    context |= {"tile_url": settings.TILE_URL, "tile_attribution": settings.TILE_ATTRIBUTION}
    return render(request, "participation/project_list.html", context)


def project_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    projects = Project.objects.public().with_texts().with_categories().with_decisions()
    project = get_object_or_404(
        projects.select_related("budget", "envelope__result", "envelope__district").prefetch_related(
            "budget__texts", "envelope__texts", "decision__texts"
        ),
        budget__slug=slug,
        public_number=number,
    )
    line = ResultLine.objects.with_projects().filter(project=project).first()
    is_decided = line is not None and project.envelope.has_public_result
    context = {
        "budget": project.budget,
        "project": project,
        "line": line if is_decided else None,
        "explanation": explain(line) if is_decided else "",
    }
    return render(request, "participation/project.html", context)
