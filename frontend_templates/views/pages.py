"""The pages that staff write. One that is not translated is shown as it was first written, and says so."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from cms_pages.blocks.media import HOSTS
from cms_pages.routes import is_fallback, redirect_from, source_route

with_players = csp_update({"frame-src": sorted({host.origin for host in HOSTS})})


@with_players
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Where nothing is at the path in this language, what the source has at the same path."""
    if Page.route_for_request(request, path) is None and redirect_from(request, request.path) is None:
        # Wagtail keeps what it found on the request, and looks there first.
        request._wagtail_route_for_request = source_route(request, path)
    response = wagtail_serve(request, path)
    if is_fallback(getattr(request, "wagtail_page", None)):
        response["X-Robots-Tag"] = "noindex"
    return response
