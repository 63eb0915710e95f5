"""Who asks: a browser by its cookie, an app by the token that the account API gave it."""

import re

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


class AppScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.AppAuthentication"
    name = "appToken"

    def get_security_definition(self, auto_schema) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "X-Session-Token"}
