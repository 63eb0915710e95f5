"""What all resources share that somebody signed in writes: who asks, strict bodies, nothing kept by caches."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.parsers import StrictJSONParser
from api.throttles import WriteThrottle
from api.views import EVERYWHERE, activate_locale, refuse_strangers
from participation.models import Person
from participation.refusals import ActionRefused, Refusal


class WritingView(APIView):
    """What is written takes an account. Parameters and fields that are not known are refused, not passed over."""

    permission_classes: list[type] = []
    parser_classes = [StrictJSONParser]
    known: frozenset[str] = EVERYWHERE

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_strangers(request, self.known if request.method in {"GET", "HEAD"} else EVERYWHERE)
        if (code := request.query_params.get("locale")) is not None:
            activate_locale(code)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            response["Cache-Control"] = "no-store"
        return response

    @property
    def person(self) -> Person | None:
        return self.request.user if self.request.user.is_authenticated else None

    def somebody(self) -> Person:
        if self.person is None:
            raise NotAuthenticated
        return self.person

    def said(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        known = serializer(data=self.request.data)
        known.is_valid(raise_exception=True)
        return known.validated_data

    def handle_exception(self, exc: Exception) -> Response:
        """What belongs to another is not there."""
        is_anothers = isinstance(exc, ActionRefused) and exc.refusal is Refusal.NOT_YOURS
        return super().handle_exception(Http404() if is_anothers else exc)


class OwnView(WritingView):
    """What belongs to whoever asks: 401 for nobody, and no cache keeps it."""

    is_own = True

    def get_throttles(self) -> list[Any]:
        return [] if self.request.method in {"GET", "HEAD", "OPTIONS"} else [WriteThrottle()]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method != "OPTIONS":
            self.somebody()

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response
