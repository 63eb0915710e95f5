"""Which page stands at a path, in a language or as its source has it."""

from django.http import Http404, HttpRequest
from django.utils.translation import get_language, override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.models.pages import RouteResult

from cms_pages.models import BudgetPage
from participation.locales import active_languages
from participation.models import Budget


def parts_of(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def route_below(root: Page, request: HttpRequest, path: str) -> RouteResult | None:
    """What `root` leads to under a path without a language."""
    try:
        return root.specific.route(request, parts_of(path))
    except Http404:
        return None


def source_route(request: HttpRequest, path: str) -> RouteResult | None:
    """What the language that pages are first written in has at the path."""
    site = Site.find_for_request(request)
    return route_below(site.root_page, request, path) if site else None


def page_at(request: HttpRequest, path: str) -> Page | None:
    """What the site shows at a path with its language, such as /en/news/; it may be in the source's language."""
    site = Site.find_for_request(request)
    language, _, rest = path.strip("/").partition("/")
    if site is None or language not in active_languages():
        return None
    with override(language):
        found = route_below(site.root_page.localized, request, rest) or source_route(request, rest)
    return found[0] if found else budget_page_at(language, rest)


def budget_page_at(language: str, path: str) -> BudgetPage | None:
    match parts_of(path):
        case ["budgets", slug]:
            budget = Budget.objects.public().filter(slug=slug).first()
            return BudgetPage.objects.face_of(budget, language) if budget else None
    return None


def redirect_from(request: HttpRequest, path: str) -> Redirect | None:
    site = Site.find_for_request(request)
    found = Redirect.get_for_site(site).filter(old_path=Redirect.normalise_path(path)).order_by("-site_id")
    return found.select_related("redirect_page").first()


def is_fallback(page: Page | None) -> bool:
    """Whether the page is in another language than the one it was asked for in."""
    return page is not None and page.locale.language_code != get_language()
