"""Bodies that are checked to the letter: what is not asked for is refused, not passed over."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request


class StrictSerializer(serializers.Serializer):
    """An object of known fields."""

    def to_internal_value(self, data: Any) -> Any:
        strangers = sorted(set(data) - set(self.fields)) if isinstance(data, Mapping) else []
        if strangers:
            unknown = serializers.ErrorDetail(_("This field is not known here."), "unknown_field")
            raise serializers.ValidationError({name[:40]: [unknown] for name in strangers[:20]})
        return super().to_internal_value(data)


class NothingInput(StrictSerializer):
    """An empty body, or none."""


def refuse_words(request: Request) -> None:
    """For an act that takes no body."""
    NothingInput(data=request.data or {}).is_valid(raise_exception=True)


class StrictText(serializers.CharField):
    """Text alone: a number is no title."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class StrictUuid(serializers.UUIDField):
    """As text: a number is none."""

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class StrictNumber(serializers.IntegerField):
    """A whole number alone: neither text nor true."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class StrictTruth(serializers.BooleanField):
    """`true` or `false`, and no words for them."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class StrictDegrees(serializers.FloatField):
    """A finite number."""

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        return super().to_internal_value(data)
