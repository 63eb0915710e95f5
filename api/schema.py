"""What the API's description says beyond its views: the locale parameter and the shape of every error."""

from typing import Any

from django.conf import settings
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS

from api.inputs import StrictSerializer

PREFIX = "/api/v1/"
LANGUAGES = [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES]
LOCALE = OpenApiParameter(
    "locale",
    str,
    enum=LANGUAGES,
    description="The language of the words, by default that of Accept-Language. One that the town offers.",
)


class FaultOutput(serializers.Serializer):
    pointer = serializers.CharField(help_text="Where the fault is: `query/page`, or `/projects/0` in a body.")
    code = serializers.CharField(help_text="Stable, for programs.")
    detail = serializers.CharField(help_text="One sentence, for people.")


class Problem(serializers.Serializer):
    """An error, as application/problem+json."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable, for programs.")
    detail = serializers.CharField(help_text="One sentence, for people.")
    errors = FaultOutput(many=True)


ERRORS = {400: "A parameter is not known or cannot be read.", 404: "There is nothing here."}


OF_ACCOUNTS = {
    401: "Nobody is signed in, or the token is no longer good.",
    403: "A role or the CSRF token is missing.",
}
OF_OWN = OF_ACCOUNTS | {409: "It was refused; `code` says why."}
OF_WRITES = OF_OWN | {
    413: "The body is too large.",
    415: "The body is of another kind.",
    429: "Too many requests.",
    503: "Not available at the moment.",
}


class PublicSchema(AutoSchema):
    def get_override_parameters(self) -> list[OpenApiParameter]:
        return [*super().get_override_parameters(), LOCALE]

    def get_auth(self) -> list[dict[str, Any]]:
        """What everybody may read is read without an account, too."""
        known = super().get_auth()
        return known if self.takes_an_account else [*(one for one in known if one), {}]

    @property
    def takes_an_account(self) -> bool:
        return self.method not in SAFE_METHODS or getattr(self.view, "is_own", False)

    @property
    def errors(self) -> dict[int, str]:
        """Of this method: what an account is asked for has more of them, and what writes has most."""
        if self.method not in SAFE_METHODS:
            return ERRORS | OF_WRITES
        if getattr(self.view, "is_own", False):
            return ERRORS | OF_OWN
        return ERRORS | (OF_ACCOUNTS if self.view.get_authenticators() else {})

    def _map_basic_serializer(self, serializer: serializers.Serializer, direction: str) -> dict[str, Any]:
        """Bodies that are checked to the letter say so."""
        schema = super()._map_basic_serializer(serializer, direction)
        return schema | {"additionalProperties": False} if isinstance(serializer, StrictSerializer) else schema

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        for status, description in self.errors.items():
            response = OpenApiResponse(Problem, description=description)
            bodies[str(status)] = self._get_response_for_code(response, str(status), ["application/problem+json"])
        return bodies


def only_public(endpoints: list[tuple], **kwargs: Any) -> list[tuple]:
    """Keeps the endpoints of Wagtail's own admin out."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(PREFIX)]
