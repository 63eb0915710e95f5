"""Marks such as `{link}` in the words of a mail, and what is put in their place. Pure.

A mark is a name in braces and nothing else: staff's words are never run as a template. What is put in is not looked
at again, so that a mark in somebody's name stays as they wrote it.
"""

import re
from collections.abc import Mapping

from django.utils.html import escape

MARK = re.compile(r"\{([^{}]*)\}")
ADDRESS = re.compile(r"(https?://[^\s<>\"']*[^\s<>\"'.,;:!?)])")
FOOT = "--\n"
BLANK_LINES = re.compile(r"\n\s*\n")


class Link(str):
    """A whole address. In HTML it can be followed; words that only look like one cannot."""

    __slots__ = ()


# Words, anything that `str()` makes words of, or a list of such.
Value = object


def marks_in(words: str) -> list[str]:
    """The names between braces, as often as they stand there, whether or not they are known."""
    return MARK.findall(words)


def in_one_line(words: str) -> str:
    return " ".join(words.split())


def same_lines(value: object) -> str:
    """Browsers send lines that end in two characters."""
    return str(value).replace("\r\n", "\n")


def as_text(value: Value) -> str:
    return "".join(map(as_text, value)) if isinstance(value, list) else same_lines(value)


def as_html(value: Value) -> str:
    if isinstance(value, Link):
        return f'<a href="{escape(value)}" dir="ltr">{escape(value)}</a>'
    return "".join(map(as_html, value)) if isinstance(value, list) else escape(same_lines(value))


def filled(words: str, values: Mapping[str, Value]) -> str:
    """Plain text. KeyError for a mark without a value."""
    text = MARK.sub(lambda mark: as_text(values[mark[1]]), same_lines(words))
    return BLANK_LINES.sub("\n\n", text).strip() + "\n"


def filled_html(words: str, values: Mapping[str, Value]) -> str:
    """Paragraphs of HTML that say the same as `filled`. All is escaped; staff's addresses and links can be followed."""
    parts = MARK.split(same_lines(words))
    html = "".join(put_in(values[part]) if place % 2 else as_html(linked(part)) for place, part in enumerate(parts))
    return "\n".join(paragraph(part.strip()) for part in BLANK_LINES.split(html) if part.strip())


def paragraph(html: str) -> str:
    """The line that mail programs know as the beginning of the foot is drawn as one."""
    rule = "<hr>\n" if html.startswith(FOOT) else ""
    lines = html.removeprefix(FOOT).replace("\n", "<br>\n")
    return f"{rule}<p>{lines}</p>"


def put_in(value: Value) -> str:
    """Words of one line keep their own direction, whatever stands around them."""
    html = as_html(value)
    is_plain = html and not isinstance(value, (Link, list)) and "\n" not in html
    return f"<bdi>{html}</bdi>" if is_plain else html


def linked(words: str) -> list[object]:
    return [Link(part) if place % 2 else part for place, part in enumerate(ADDRESS.split(words))]
