"""The language of an answer: the address's, else what the reader asks for. Nobody is sent to another address.

Account pages have one address for all languages. They keep to the page that somebody came from: a link says
`?language=fr`, or where it leads to afterwards (`?next=/fr/profile/`), and a cookie of these pages alone remembers it.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import activate, get_language, get_language_from_path

from participation.locales import active_languages


class LanguageOfAddress(LocaleMiddleware):
    """Django's own sends an address that is not found to its prefixed twin, which Wagtail's catch-all always has."""

    def process_request(self, request: HttpRequest) -> None:
        """Elsewhere without the cookie: answers are kept by address, and the switch there is made of links."""
        if not is_account_page(request):
            request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
            super().process_request(request)
            return
        offered, asked = active_languages(), asked_language(request)
        if asked in offered:
            request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = asked
        super().process_request(request)
        if request.LANGUAGE_CODE not in offered:
            activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = get_language()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not get_language_from_path(request.path_info):
            patch_vary_headers(response, ("Accept-Language",))
        if is_account_page(request):
            remember(request, response)
        response.headers.setdefault("Content-Language", get_language())
        return response


def is_account_page(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.LANGUAGE_COOKIE_PATH)


def asked_language(request: HttpRequest) -> str:
    leads_to = request.GET.get("next", "")
    return request.GET.get("language") or get_language_from_path(leads_to) or ""


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Nothing in front may keep a page whose language hangs on a cookie."""
    if "Cache-Control" not in response.headers:
        patch_cache_control(response, private=True, no_store=True)
    if asked_language(request) == request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            asked_language(request),
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
