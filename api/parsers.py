"""What bodies may look like. Two kinds of JSON, both read strictly."""

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from participation.ballot_box.canonical import (
    LONGEST,
    NotCanonical,
    object_without_doubles,
    read_strictly,
    refuse_depth,
    refuse_number,
    refuse_surrogates,
    small_integer,
)


class StrictJSONParser(BaseParser):
    """JSON without floats, doubled keys or deep nesting, at most 64 kB: what a ballot is signed over."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None) -> Any:
        try:
            return read_strictly(stream.read(LONGEST + 1))
        except NotCanonical as error:
            raise ParseError(str(error)) from error


class PlainJSONParser(BaseParser):
    """JSON without doubled keys, deep nesting or numbers beyond measure, at most 64 kB. A place has decimals."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None) -> Any:
        data = stream.read(LONGEST + 1)
        if len(data) > LONGEST:
            raise ParseError("The body may have at most 64 kB.")
        try:
            return read_plainly(data)
        except UnicodeDecodeError:
            raise ParseError("This is not UTF-8 text.") from None
        except json.JSONDecodeError:
            raise ParseError("This is not JSON.") from None
        except NotCanonical as error:
            raise ParseError(str(error)) from error


def read_plainly(data: bytes) -> Any:
    refuse_depth(without_texts(data))
    value = json.loads(
        data.decode("utf-8"),
        parse_constant=refuse_number,
        parse_int=small_integer,
        object_pairs_hook=object_without_doubles,
    )
    refuse_surrogates(value)
    return value


def without_texts(data: bytes) -> bytes:
    """The signs outside of texts: people do write brackets."""
    kept, in_text, escaped = bytearray(), False, False
    for byte in data:
        if in_text:
            in_text, escaped = escaped or byte != QUOTE, byte == ESCAPE and not escaped
        elif byte == QUOTE:
            in_text = True
        else:
            kept.append(byte)
    return bytes(kept)


QUOTE, ESCAPE = b'"\\'
