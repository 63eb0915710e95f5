"""A provider that does not answer, or tells nonsense, is no fault of ours, and nobody's password was wrong."""

import logging
from traceback import walk_tb

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from requests import RequestException

logger = logging.getLogger(__name__)
# Where the package reads what a provider tells of itself or of a person, and takes it to be as it should.
PACKAGE = "allauth.socialaccount.providers.openid_connect."
READERS = frozenset(
    {"openid_config", "basic_auth", "access_token_url", "authorize_url", "complete_login", "verify_token"}
)
NONSENSE = (LookupError, TypeError, ValueError, AttributeError)


class ProviderFaults:
    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not (isinstance(exception, RequestException) or is_nonsense(exception)):
            return None
        logger.error("A provider of identities does not answer as it should: %s", type(exception).__name__)
        if request.path_info.startswith("/_allauth/"):
            error = {"code": "provider_unavailable", "message": "The provider does not answer."}
            return JsonResponse({"status": 503, "errors": [error]}, status=503)
        return render(request, "socialaccount/authentication_error.html", status=503)


def is_nonsense(exception: Exception) -> bool:
    """Whether it came up while an answer of a provider was read."""
    if not isinstance(exception, NONSENSE):
        return False
    frames = (frame for frame, _ in walk_tb(exception.__traceback__))
    return any(
        frame.f_code.co_name in READERS and frame.f_globals.get("__name__", "").startswith(PACKAGE) for frame in frames
    )
