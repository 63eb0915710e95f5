from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page

from cms_pages.theme.preview import theme_preview


@hooks.register("before_serve_page")
def remember_page(page: Page, request: HttpRequest, serve_args: list, serve_kwargs: dict) -> None:
    """So that the frame around a page can offer the same page in other languages."""
    request.wagtail_page = page


@hooks.register("register_admin_urls")
def theme_urls() -> list[URLPattern]:
    return [path("theme-preview/", theme_preview, name="theme_preview")]
