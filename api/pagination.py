"""Pages of a list. A count stops at 1,000, so that it costs the same for any table."""

from typing import Any

from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import InvalidQuery
from participation.models.long_list import BoundedList

LAST_PAGE = 10_000


class Pages(PageNumberPagination):
    """`page` from 1 and `page_size` up to 100."""

    page_size = 20
    max_page_size = 100
    page_size_query_param = "page_size"

    def paginate_queryset(self, queryset, request: Request, view=None) -> list[Any]:
        self.request = request
        self.number = whole_number(request, "page", 1, LAST_PAGE)
        self.size = whole_number(request, "page_size", self.page_size, self.max_page_size)
        self.rows = queryset if isinstance(queryset, BoundedList) else BoundedList(queryset)
        start = (self.number - 1) * self.size
        rows = self.rows.between(start, start + self.size + 1)
        self.has_more = len(rows) > self.size
        if not rows and self.number > 1:
            raise InvalidQuery("page", "no_such_page", "There is no such page.")
        return rows[: self.size]

    def get_paginated_response(self, data: list[Any]) -> Response:
        return Response(
            {
                "count": self.rows.counted,
                "count_is_exact": self.rows.is_exact,
                "next": self.address_of(self.number + 1) if self.has_more else None,
                "previous": self.address_of(self.number - 1) if self.number > 1 else None,
                "results": data,
            }
        )

    def address_of(self, number: int) -> str:
        query = self.request.query_params.copy()
        query["page"] = str(number)
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        bounds = {"page": (1, LAST_PAGE), "page_size": (self.page_size, self.max_page_size)}
        return [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": f"{default} unless stated.",
                "schema": {"type": "integer", "minimum": 1, "maximum": most},
            }
            for name, (default, most) in bounds.items()
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "count_is_exact", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "How many there are, counted up to 1,000."},
                "count_is_exact": {"type": "boolean", "description": "False where there are more than 1,000."},
                "next": address,
                "previous": address,
                "results": schema,
            },
        }


def whole_number(request: Request, name: str, default: int, most: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most):
        raise InvalidQuery(name, "out_of_range", f"{name} must be a whole number from 1 to {most:,}.")
    return int(text)
