"""Every error of the API is a problem document (RFC 9457) with a stable code."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response

from participation.actions.decisions import ListRefused
from participation.ballot_box.keys import KeyUnusable
from participation.ballot_box.locks import BoxBusy
from participation.ballot_box.validation import InvalidBallot
from participation.refusals import ActionRefused, Refusal

CONTENT_TYPE = "application/problem+json"

CODES = {
    400: ("bad_request", _("The request cannot be read.")),
    401: ("not_signed_in", _("Sign in first.")),
    403: ("forbidden", _("You may not do this.")),
    404: ("not_found", _("There is nothing here.")),
    405: ("method_not_allowed", _("This address does not take this method.")),
    406: ("not_acceptable", _("This address answers in JSON.")),
    409: ("refused", _("This is not possible now.")),
    412: ("precondition_failed", _("It was changed meanwhile.")),
    413: ("too_large", _("The request is too large.")),
    415: ("unsupported_media_type", _("Send JSON.")),
    429: ("too_many_requests", _("Too many requests: wait a moment.")),
    500: ("server_error", _("Something went wrong on our side.")),
    503: ("unavailable", _("Not available at the moment: try again later.")),
}


STATUSES = {
    Refusal.VOTE_SUSPENDED: 503,
    Refusal.NOT_SIGNED_IN: 401,
    Refusal.ROLE_MISSING: 403,
    Refusal.SIGN_IN_AGAIN: 403,
}


class InvalidQuery(exceptions.APIException):
    """A parameter that is not known, or whose value cannot be read."""

    status_code = 400
    default_code = "invalid"

    def __init__(self, parameter: str, code: str, detail: str) -> None:
        super().__init__(detail, code)
        self.faults = [{"pointer": f"query/{parameter}", "code": code, "detail": str(detail)}]


def problem(
    status: int, *, code: str = "", detail: str = "", faults: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """The document: `errors` names each fault with a pointer to where it is."""
    known_code, known_detail = CODES.get(status, ("error", HTTPStatus(status).phrase))
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code or known_code,
        "detail": str(detail or known_detail),
        "errors": faults or [],
    }


def problem_response(status: int) -> JsonResponse:
    """For answers that never reach a view of the API: unknown addresses, and faults of our own."""
    return JsonResponse(problem(status), status=status, content_type=CONTENT_TYPE)


def problem_of(refusal: Refusal) -> dict[str, Any]:
    """409, but for what has a status of its own. What is somebody else's is not there at all."""
    if refusal is Refusal.NOT_YOURS:
        return problem(404)
    return problem(STATUSES.get(refusal, 409), code=refusal.value, detail=str(refusal.label))


def as_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The exception handler of the API; None leaves an unforeseen error to Django, which answers 500."""
    if isinstance(error, ActionRefused):
        body = problem_of(error.refusal) | place_of(error)
    elif isinstance(error, InvalidBallot):
        fault = {"pointer": error.pointer, "code": error.fault.value, "detail": str(error.fault.label)}
        body = problem(400, code=error.fault.value, detail=str(error.fault.label), faults=[fault])
    elif isinstance(error, KeyUnusable | BoxBusy):
        body = problem(503)
    elif isinstance(error, Http404 | exceptions.NotFound):
        body = problem(404)
    elif isinstance(error, PermissionDenied):
        body = problem(403)
    elif isinstance(error, exceptions.ValidationError):
        where = "query" if context["request"].method in SAFE_METHODS else ""
        body = problem(400, code="invalid", faults=list(faults_in(error.detail, where)))
    elif isinstance(error, InvalidQuery):
        body = problem(400, code=error.faults[0]["code"], detail=str(error.detail), faults=error.faults)
    elif isinstance(error, exceptions.ParseError):
        body = problem(400, detail=str(error.detail))
    elif isinstance(error, exceptions.APIException):
        body = problem(error.status_code)
    else:
        return None
    return Response(body, status=body["status"], content_type=CONTENT_TYPE, headers=headers_of(error))


def place_of(error: ActionRefused) -> dict[str, Any]:
    """Which one of a list was refused."""
    if not isinstance(error, ListRefused):
        return {}
    fault = {"code": error.refusal.value, "detail": str(error.refusal.label)}
    return {"errors": [{"pointer": f"/decisions/{error.place}", **fault}]}


def headers_of(error: Exception) -> dict[str, str]:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait))
    return headers


def faults_in(detail: Any, pointer: str = ""):
    """Flattens a serializer's errors into pointers such as `/projects/0`."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from faults_in(inner, pointer if name == "non_field_errors" else f"{pointer}/{name}")
    elif isinstance(detail, list) and any(isinstance(inner, dict | list) for inner in detail):
        for index, inner in enumerate(detail):
            yield from faults_in(inner, f"{pointer}/{index}")
    else:
        for one in detail if isinstance(detail, list) else [detail]:
            yield {"pointer": pointer, "code": one.code, "detail": str(one)}
