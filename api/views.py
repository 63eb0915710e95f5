"""What all public resources share: they are read, strictly, in the language asked for."""

from typing import Any

from django.utils.translation import activate
from rest_framework.request import Request
from rest_framework.viewsets import ReadOnlyModelViewSet

from api.errors import InvalidQuery
from participation.locales import active_languages

EVERYWHERE = frozenset({"locale"})
IN_LISTS = frozenset({"page", "page_size"})


class PublicViewSet(ReadOnlyModelViewSet):
    """A resource everybody may read. Parameters that are not known are refused, not passed over."""

    authentication_classes: list[type] = []
    permission_classes: list[type] = []
    lookup_field = "uuid"
    lookup_value_converter = "uuid"
    extra_parameters: frozenset[str] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_strangers(request, self.known_parameters())
        if (code := request.query_params.get("locale")) is not None:
            activate_locale(code)

    def known_parameters(self) -> frozenset[str]:
        if self.detail:
            return EVERYWHERE
        filters = getattr(self, "filterset_class", None)
        return EVERYWHERE | IN_LISTS | self.extra_parameters | frozenset(filters.base_filters if filters else ())

    def filter_queryset(self, queryset):
        """Filters are for lists; an object is found by its address alone."""
        return queryset if self.detail else super().filter_queryset(queryset)


def refuse_strangers(request: Request, known: frozenset[str]) -> None:
    for name, values in request.query_params.lists():
        if name not in known:
            raise InvalidQuery(name[:40], "unknown_parameter", "This parameter is not known here.")
        if len(values) > 1:
            raise InvalidQuery(name, "repeated_parameter", "This parameter may be given once.")
        if "\0" in values[0] or len(values[0]) > 500:
            raise InvalidQuery(name, "invalid", "This value cannot be read.")


def activate_locale(code: str) -> None:
    if code not in active_languages():
        raise InvalidQuery("locale", "unknown_locale", "There is no such locale.")
    activate(code)
