"""What is printed about a budget: a booklet of its projects, posters and flyers; and the short links on them."""

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms_pages.campaign.codes import code_as_data, whole_address
from cms_pages.campaign.screens import PERMISSION
from cms_pages.models import EventPage, ProjectPicture
from participation.actions.short_links import count_visit
from participation.choices import PhaseKind
from participation.models import Budget, ShortLink

PAPER = {"poster": "a3", "flyer": "a5"}
MOST_PROJECTS = 500


def budget_to_print(request: HttpRequest, slug: str) -> Budget:
    """Public ones for everybody; drafts for the staff who prepare a campaign."""
    budget = get_object_or_404(Budget.objects.with_texts().with_phases(), slug=slug)
    if not budget.is_public and not request.user.has_perm(PERMISSION):
        raise Http404
    return budget


def printed(budget: Budget, address: str, paper: str) -> dict[str, object]:
    votes = [phase for phase in budget.phases.all() if phase.kind == PhaseKind.VOTING]
    code = code_as_data(address)
    return {"budget": budget, "address": address, "code": code, "paper": paper, "vote": votes[0] if votes else None}


@require_safe
def booklet(request: HttpRequest, slug: str) -> HttpResponse:
    budget = budget_to_print(request, slug)
    rows = budget.projects.with_texts().with_categories().select_related("envelope")
    projects = list(rows.prefetch_related("envelope__texts").order_by("public_number")[:MOST_PROJECTS])
    pictures = ProjectPicture.objects.by_project(projects)
    context = printed(budget, whole_address(reverse("budget", args=[slug])), "a5")
    context["projects"] = [(project, pictures.get(project.pk)) for project in projects]
    return render(request, "participation/campaign/booklet.html", context)


@require_safe
def project(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    budget = budget_to_print(request, slug)
    address = whole_address(reverse("project", args=[slug, number]))
    return sheet(request, budget, form, address, project_number=number)


@require_safe
def place(request: HttpRequest, slug: str, code: str, form: str) -> HttpResponse:
    """A poster or flyer for one place, with its own code: of a project, a station, an event, or the budget."""
    budget = budget_to_print(request, slug)
    link = get_object_or_404(budget.short_links.select_related("station", "project"), code=code)
    number = link.project.public_number if link.project else None
    return sheet(request, budget, form, whole_address(link.address), number, link)


def sheet(
    request: HttpRequest,
    budget: Budget,
    form: str,
    address: str,
    project_number: int | None = None,
    link: ShortLink | None = None,
) -> HttpResponse:
    if form not in PAPER:
        raise Http404
    context = printed(budget, address, PAPER[form]) | {"form": form, "link": link}
    if project_number is not None:
        rows = budget.projects.with_texts().with_categories().select_related("envelope")
        context["project"] = get_object_or_404(rows, public_number=project_number)
        context["picture"] = ProjectPicture.objects.by_project([context["project"]]).get(context["project"].pk)
    context["event"] = event_of(link) if link else None
    return render(request, "participation/campaign/sheet.html", context)


def event_of(link: ShortLink) -> EventPage | None:
    """The event in the reader's language, else in the one it was written in first."""
    if link.event is None:
        return None
    pages = {
        page.locale.language_code: page for page in EventPage.objects.published().filter(translation_key=link.event)
    }
    return pages.get(get_language()) or pages.get(settings.LANGUAGE_CODE) or next(iter(pages.values()), None)


@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """Leads on in the reader's language, always to a path of this site. Counted without a word about who it was."""
    links = ShortLink.objects.filter(budget__in=Budget.objects.public())
    link = get_object_or_404(links, code=code.lower())
    if request.method == "GET":
        count(link)
    event = event_of(link)
    response = HttpResponseRedirect(event.get_url(request) if event else in_language(link.leads_to))
    response["Cache-Control"] = "no-store"
    return response


def in_language(path: str) -> str:
    first = path.removeprefix("/").partition("/")[0]
    return path if first in dict(settings.LANGUAGES) else f"/{get_language()}{path}"


def count(link: ShortLink) -> None:
    """A database that is busy keeps nobody waiting at a poster: they are led on without being counted."""
    try:
        with transaction.atomic():
            count_visit(link=link, day=timezone.localdate())
    except DatabaseError:
        return
