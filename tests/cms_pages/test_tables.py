"""A table is rows of words, whatever a request says it is."""

import json

import pytest
from django.template.loader import render_to_string

from cms_pages.blocks.tables import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, TableOfWords

EMPTY = {"data": [], "table_header_choice": "", "first_row_is_table_header": False, "first_col_is_header": False}


def kept(value: object) -> dict:
    return TableOfWords().value_from_form(value if isinstance(value, str) else json.dumps(value))


def test_rows_of_words_and_the_choice_of_headers_are_kept():
    table = kept({"data": [["Year", None], [2026, "Trees"]], "table_header_choice": "both"})
    assert table == {
        "data": [["Year", ""], ["2026", "Trees"]],
        "table_header_choice": "both",
        "first_row_is_table_header": True,
        "first_col_is_header": True,
    }


def test_classes_scripts_and_spans_are_not():
    odd = {"cell": [{"row": 0, "col": 0, "className": 'x" onclick=alert(1)'}], "mergeCells": [1], "table_caption": "x"}
    table = kept({"data": [["<script>alert(1)</script>"]], **odd})
    assert set(table) == set(EMPTY)
    page = render_to_string("cms_pages/blocks/table.html", {"value": {"table": table, "caption": "A table"}})
    assert "<script" not in page
    assert "onclick" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "value",
    [
        "",
        "no table",
        "[" * 100_000,
        *(5, [], {}, None, {"data": 5}, {"data": "abc"}, {"data": {"a": 1}}, {"data": [1, "a", {}]}),
        {"data": None, "table_header_choice": ["row"]},
        {"data": [], "table_header_choice": {"a": 1}},
    ],
    ids=range(13),
)
def test_what_is_no_table_is_an_empty_one(value):
    assert kept(value) == EMPTY


def test_it_is_bounded():
    table = kept({"data": [["x" * (LONGEST_CELL + 1)] * (MOST_COLUMNS + 1)] * (MOST_ROWS + 1)})
    assert (len(table["data"]), len(table["data"][0])) == (MOST_ROWS, MOST_COLUMNS)
    assert len(table["data"][0][0]) == LONGEST_CELL
