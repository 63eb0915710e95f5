from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from participation.ballot_box.canonical import LONGEST, NotCanonical, read_strictly


class StrictJSONParser(BaseParser):
    """JSON without floats, doubled keys or deep nesting, at most 64 kB: what a ballot is signed over."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None) -> Any:
        try:
            return read_strictly(stream.read(LONGEST + 1))
        except NotCanonical as error:
            raise ParseError(str(error)) from error
