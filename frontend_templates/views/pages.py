"""The pages that staff write. One that is not translated is shown as it was first written, and says so."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.models.pages import RouteResult
from wagtail.views import serve as wagtail_serve


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Where nothing is at the path in this language, what the source has at the same path."""
    if Page.route_for_request(request, path) is None:
        # Wagtail keeps what it found on the request, and looks there first.
        request._wagtail_route_for_request = source_route(request, path)
    response = wagtail_serve(request, path)
    if is_fallback(getattr(request, "wagtail_page", None)):
        response["X-Robots-Tag"] = "noindex"
    return response


def source_route(request: HttpRequest, path: str) -> RouteResult | None:
    site = Site.find_for_request(request)
    try:
        return site and site.root_page.specific.route(request, [part for part in path.split("/") if part])
    except Http404:
        return None


def is_fallback(page: Page | None) -> bool:
    """Whether the page is in another language than the one it was asked for in."""
    return page is not None and page.locale.language_code != get_language()
