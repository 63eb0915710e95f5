from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page


@hooks.register("before_serve_page")
def remember_page(page: Page, request: HttpRequest, serve_args: list, serve_kwargs: dict) -> None:
    """So that the frame around a page can offer the same page in other languages."""
    request.wagtail_page = page
