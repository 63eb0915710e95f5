"""Which site was asked, with its look in the same query."""

from django.db.models import Q
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

from cms_pages.models import SiteLook


def look_of(request: HttpRequest) -> SiteLook:
    """The look of the site that was asked; one with defaults where staff have not chosen any."""
    if not hasattr(request, "_wagtail_site"):
        request._wagtail_site = site_asked(request)
    site = request._wagtail_site
    return site.sitelook if site and hasattr(site, "sitelook") else SiteLook.for_request(request)


def site_asked(request: HttpRequest) -> Site | None:
    """As Wagtail decides: by host and port, else the default one, unless one other site alone has the host."""
    host, _ = split_domain_port(request.get_host())
    sites = Site.objects.filter(Q(hostname=host) | Q(is_default_site=True)).select_related("root_page", "sitelook")
    default = next((site for site in sites if site.is_default_site), None)
    named = [site for site in sites if site.hostname == host]
    exact = next((site for site in named if str(site.port) == request.get_port()), None)
    if exact or default in named:
        return exact or default
    return named[0] if len(named) == 1 else default
