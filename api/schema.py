"""What the API's description says beyond its views: the locale parameter and the shape of every error."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS

PREFIX = "/api/v1/"
LOCALE = OpenApiParameter("locale", str, description="The language of the words, by default that of Accept-Language.")


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


OF_WRITES = {
    401: "Nobody is signed in.",
    403: "A role or the CSRF token is missing.",
    409: "It was refused; `code` says why.",
    429: "Too many requests.",
}


class PublicSchema(AutoSchema):
    def get_override_parameters(self) -> list[OpenApiParameter]:
        return [*super().get_override_parameters(), LOCALE]

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        for status, description in {**ERRORS, **(OF_WRITES if self.method not in SAFE_METHODS else {})}.items():
            response = OpenApiResponse(Problem, description=description)
            bodies[str(status)] = self._get_response_for_code(response, str(status), ["application/problem+json"])
        return bodies


def only_public(endpoints: list[tuple], **kwargs: Any) -> list[tuple]:
    """Keeps the endpoints of Wagtail's own admin out."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(PREFIX)]
