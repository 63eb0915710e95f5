"""A provider that does not answer is no fault of ours, and nobody's password was wrong."""

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from requests import RequestException

logger = logging.getLogger(__name__)


class ProviderFaults:
    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, RequestException):
            return None
        logger.error("A provider of identities does not answer: %s", type(exception).__name__)
        if request.path_info.startswith("/_allauth/"):
            error = {"code": "provider_unavailable", "message": "The provider does not answer."}
            return JsonResponse({"status": 503, "errors": [error]}, status=503)
        return render(request, "socialaccount/authentication_error.html", status=503)
