"""The town's theme as a stylesheet whose address changes with it, so that browsers may keep it for ever."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms_pages.sites import look_of
from cms_pages.theme.stylesheet import digest, stylesheet


@require_safe
def theme(request: HttpRequest, name: str) -> HttpResponse:
    css = stylesheet(look_of(request).theme)
    if name != digest(css):
        raise Http404
    return HttpResponse(
        css, content_type="text/css; charset=utf-8", headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )
