"""A table whose cells are plain words, and whose words a translator finds."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail_localize.segments import StringSegmentValue

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 200, 20, 1000
HEADERS = ("row", "column", "both", "neither")
HANDLES = ["row_above", "row_below", "col_left", "col_right", "remove_row", "remove_col"]


class TableOfWords(TableBlock):
    """Keeps the cells and which of them are headers. Whatever else a request may carry is left out."""

    def __init__(
        self, required: bool = True, help_text: str | None = None, table_options: dict | None = None, **kwargs
    ):
        super().__init__(required, help_text, {**(table_options or {}), "contextMenu": HANDLES}, **kwargs)

    def value_from_form(self, value: str) -> dict[str, Any]:
        try:
            return plain_table(json.loads(value))
        except (ValueError, RecursionError):
            return plain_table(None)

    def get_translatable_segments(self, value: dict[str, Any]) -> list[StringSegmentValue]:
        return [StringSegmentValue(place, words) for place, words in cells(value) if words]

    def restore_translated_segments(self, value: dict[str, Any], segments: list[StringSegmentValue]) -> dict[str, Any]:
        translated = {segment.path: segment.render_text() for segment in segments}
        places = iter(cells(value))
        data = [[translated.get(place, words) for place, words in (next(places) for _ in row)] for row in value["data"]]
        return {**value, "data": data}

    class Meta:
        label = _("table")


def cells(value: dict[str, Any] | None) -> list[tuple[str, str]]:
    """The place of each cell, as `row-column` from 0, and its words."""
    rows = (value or {}).get("data", [])
    return [(f"{y}-{x}", words) for y, row in enumerate(rows) for x, words in enumerate(row)]


def plain_table(value: object) -> dict[str, Any]:
    """Nothing but rows of words, in bounds, and the choice of headers."""
    value = value if isinstance(value, dict) else {}
    data, choice = value.get("data"), value.get("table_header_choice")
    rows = [row for row in data if isinstance(row, list)] if isinstance(data, list) else []
    choice = choice if choice in HEADERS else ""
    return {
        "data": [[words_of(cell) for cell in row[:MOST_COLUMNS]] for row in rows[:MOST_ROWS]],
        "table_header_choice": choice,
        "first_row_is_table_header": choice in {"row", "both"},
        "first_col_is_header": choice in {"column", "both"},
    }


def words_of(cell: object) -> str:
    return "" if cell is None else str(cell)[:LONGEST_CELL]
