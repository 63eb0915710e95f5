"""What may be sent to the account API below `/_allauth/`, said here in full: the package behind it passes over what it
does not know and takes most things for text. Faults are told in its own form, `{"status", "errors"}`.
"""

import re
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from api.authentication import TOKEN
from participation.ballot_box.canonical import LONGEST, NotCanonical, read_strictly

ADDRESS = re.compile(r"/_allauth/(browser|app)/v1/(.*)", re.DOTALL)
LONGEST_TEXT = 8 * 1024
Fields = dict[str, type]

EMAIL: Fields = {"email": str}
CODE: Fields = {"code": str}
# By path, and then by method. A path that is not here is not there, and a method without fields takes no body.
TAKEN: dict[str, dict[str, Fields]] = {
    "config": {},
    "auth/session": {"DELETE": {}},
    "auth/login": {"POST": {"email": str, "password": str}},
    "auth/signup": {"POST": {"email": str, "password": str}},
    "auth/reauthenticate": {"POST": {"password": str}},
    "auth/code/request": {"POST": EMAIL},
    "auth/code/confirm": {"POST": CODE},
    "auth/email/verify": {"POST": {"key": str}},
    "auth/password/request": {"POST": EMAIL},
    "auth/password/reset": {"POST": {"key": str, "password": str}},
    "auth/2fa/authenticate": {"POST": CODE},
    "auth/2fa/reauthenticate": {"POST": CODE},
    "auth/provider/signup": {"POST": EMAIL},
    "auth/provider/token": {"POST": {"provider": str, "process": str, "token": dict}},
    "account/password/change": {"POST": {"current_password": str, "new_password": str}},
    "account/email": {
        **dict.fromkeys(("POST", "PUT", "DELETE"), EMAIL),
        "PATCH": {"email": str, "primary": bool},
    },
    "account/providers": {"DELETE": {"provider": str, "account": str}},
    "account/authenticators": {},
    "account/authenticators/totp": {"POST": CODE, "DELETE": {}},
    "account/authenticators/recovery-codes": {"POST": {}},
}
# A form, since browsers are sent on from it.
REDIRECT = "auth/provider/redirect"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class StrictAccountInput:
    """Middleware that lets only what is taken reach the account API."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> JsonResponse | None:
        found = ADDRESS.fullmatch(request.path_info)
        if found is None or (found[1] == "browser" and found[2] == REDIRECT):
            return None
        if found[2] not in TAKEN:
            raise Http404
        if found[1] == "app" and not TOKEN.fullmatch(request.headers.get("X-Session-Token", "0" * 32)):
            return fault(410, "no_such_session", _("This session is over. Sign in again."))
        if request.method in READING:
            return None
        if request.method not in TAKEN[found[2]]:
            return fault(405, "method_not_allowed", _("This address does not take this method."))
        return fault_of_body(request, TAKEN[found[2]][request.method])


def fault(status: int, code: str, message: str | Promise, param: str = "") -> JsonResponse:
    where = {"param": param} if param else {}
    errors = [{"code": code, "message": str(message), **where}]
    return JsonResponse({"status": status, "errors": errors}, status=status, headers={"Cache-Control": "no-store"})


def too_large() -> JsonResponse:
    return fault(413, "too_large", _("The request is too large."))


def fault_of_body(request: HttpRequest, fields: Fields) -> JsonResponse | None:
    try:
        body = request.body
    except RequestDataTooBig:
        body = b" " * (LONGEST + 1)
    if len(body) > LONGEST:
        return too_large()
    if not body:
        return None
    if request.content_type != "application/json":
        return fault(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", _("Send JSON."))
    try:
        sent = read_strictly(body)
    except NotCanonical as refused:
        return fault(400, "invalid_json", str(refused))
    if not isinstance(sent, dict):
        return fault(400, "invalid_json", _("The request cannot be read."))
    return next((found for name, value in sent.items() if (found := fault_of_value(fields, name, value))), None)


def fault_of_value(fields: Fields, name: str, value: Any) -> JsonResponse | None:
    """Of one field, or of one text inside of it."""
    if name not in fields:
        return fault(400, "unknown_field", _("This field is not known here."), name[:80])
    if type(value) is not fields[name]:
        return fault(400, "wrong_type", _("This value is of the wrong type."), name)
    texts = value.values() if isinstance(value, dict) else [value]
    if not all(isinstance(text, str | bool) for text in texts):
        return fault(400, "wrong_type", _("This value is of the wrong type."), name)
    if any(isinstance(text, str) and len(text) > LONGEST_TEXT for text in texts):
        return fault(400, "too_long", _("This value is too long."), name)
    if any(isinstance(text, str) and re.search(r"[\x00-\x1f\x7f]", text) for text in texts):
        return fault(400, "control_character", _("This value holds characters that cannot be seen."), name)
    return None
