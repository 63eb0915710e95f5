from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import authenticate_with_password

from cms_pages.admin.page_choice import choose_below
from frontend_templates.sitemaps import SITEMAPS
from frontend_templates.views import pages
from frontend_templates.views.campaign import short_link
from frontend_templates.views.downloads import bundle_file, bundle_zip, public_image, public_key, recount_script
from frontend_templates.views.robots import robots
from frontend_templates.views.styleguide import styleguide
from frontend_templates.views.theme import theme
from site_config import errors, health

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error

urlpatterns = [
    path("", RedirectView.as_view(url=f"/{settings.LANGUAGE_CODE}/")),
    path("health/live/", health.live),
    path("health/ready/", health.ready),
    path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("cms/logout/", RedirectView.as_view(pattern_name="account_logout")),
    # Wagtail asks for this name where a page is for the signed in alone, even when it does not use it.
    path(
        "_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="wagtailcore_login"
    ),
    path("cms/choose-page/<int:parent_page_id>/", choose_below),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/", include("api.urls")),
    path("theme/<slug:name>.css", theme, name="theme"),
    path("styleguide/", styleguide, name="styleguide"),
    path("media/images/<path:path>", public_image),
    path(".well-known/osp-budget-key", public_key, name="public_key"),
    path("bundles/<uuid:uuid>.zip", bundle_zip, name="bundle"),
    path("bundles/<uuid:uuid>/<str:name>", bundle_file, name="bundle_file"),
    path("s/<slug:code>", short_link, name="short_link"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_part"}, "sitemap"),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, "sitemap_part"),
    path("recount.py", recount_script, name="recount_script"),
    *i18n_patterns(
        path("", include("frontend_templates.urls")),
        path(
            "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
            authenticate_with_password,
            name="wagtailcore_authenticate_with_password",
        ),
        re_path(r"^((?:[\w\-]+/)*(?:[\w\-]+\.(?:rss|ics))?)$", pages.serve, name="wagtail_serve"),
        prefix_default_language=True,
    ),
]
