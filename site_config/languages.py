"""The language of an answer: the address's, else what the reader asks for. Nobody is sent to another address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path


class LanguageOfAddress(LocaleMiddleware):
    """Django's own sends an address that is not found to its prefixed twin, which Wagtail's catch-all always has."""

    def process_request(self, request: HttpRequest) -> None:
        """Without Django's language cookie: answers are kept by address, and the switch here is made of links."""
        request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not get_language_from_path(request.path_info):
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", get_language())
        return response
