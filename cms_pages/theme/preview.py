"""What a theme would look like, for the settings form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cms_pages.models import SiteLook
from cms_pages.theme.stylesheet import FONTS, RADII, Theme, stylesheet


def theme_preview(request: HttpRequest) -> HttpResponse:
    """The theme of the query, each missing part taken from the one that is stored."""
    kept = SiteLook.for_request(request).theme
    asked = {name: request.GET.get(name) or getattr(kept, name) for name in ("brand", "accent", "radius", "font")}
    context = {"css": "", "fault": ""}
    try:
        known = asked["radius"] in RADII and asked["font"] in FONTS
        theme = Theme(**asked) if known else kept
        context["css"] = mark_safe(stylesheet(theme))  # noqa: S308 - made of parsed colours and our own words
    except ValueError:
        context["fault"] = _("Write a colour as # and six digits from 0 to f, such as #0b5d56.")
    return render(request, "cms_pages/admin/theme_preview.html", context)
