"""Who asks: a browser by its cookie, an app by the token that the account API gave it."""

import re
from types import SimpleNamespace

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

TOKEN = re.compile(r"[a-z0-9]{32}")


class AppAuthentication(XSessionTokenAuthentication):
    """A token that is no longer good is said to be so: the package takes its bearer for a stranger."""

    def authenticate(self, request: Request):
        token = self.get_session_token(request)
        if token is None:
            return None
        found = super().authenticate(request) if TOKEN.fullmatch(token) else None
        if found is None:
            raise AuthenticationFailed
        return found

    def authenticate_header(self, request: Request) -> str:
        return "X-Session-Token"


def was_shown_again(request: Request) -> bool:
    """Whether who asks has just shown once more who they are. The session of an app comes with its token."""
    session = request.auth if request.auth is not None else request.session
    return did_recently_reauthenticate(SimpleNamespace(user=request.user, session=session))


class AppScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.AppAuthentication"
    name = "appToken"

    def get_security_definition(self, auto_schema) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "X-Session-Token"}
