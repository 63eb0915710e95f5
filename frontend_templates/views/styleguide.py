"""Every component of the site with samples, to look at in light and dark, left to right and right to left."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from frontend_templates.styleguide import samples


def styleguide(request: HttpRequest) -> HttpResponse:
    """`?dir=rtl` turns it around. Only where STYLEGUIDE is set."""
    if not settings.STYLEGUIDE:
        raise Http404
    direction = "rtl" if request.GET.get("dir") == "rtl" else "ltr"
    return render(request, "base/styleguide.html", {**samples(), "direction": direction})
