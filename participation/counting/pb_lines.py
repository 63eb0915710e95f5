"""Text lines and records of a Pabulib file, read in bounded memory."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

BLOCK_BYTES = 1 << 20
LONGEST_LINE = 1 << 20
MOST_BLANK_LINES = 10_000


class PbFormatError(Exception):
    """A file that cannot be read: one sentence, and the line it speaks of."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"line {line}: {message}")
        self.message = message
        self.line = line


def text_lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a UTF-8 file with their ends. Raises PbFormatError for anything that is no text."""
    number, rest = 1, b""
    while block := stream.read(BLOCK_BYTES):
        if b"\0" in block:
            line = number + block[: block.index(b"\0")].count(b"\n")
            raise PbFormatError("The file holds a NUL byte, so it is not text.", line)
        body, found, rest = (rest + block).rpartition(b"\n")
        if len(rest) > LONGEST_LINE:
            raise PbFormatError("The line is longer than a million bytes.", number + body.count(b"\n") + found.__len__())
        yield from decoded(body + found, number)
        number += body.count(b"\n") + len(found)
    if rest:
        yield from decoded(rest, number)


def decoded(block: bytes, first_line: int) -> Iterator[str]:
    try:
        text = block.decode()
    except UnicodeDecodeError as error:
        line = first_line + block[: error.start].count(b"\n")
        raise PbFormatError("The line is not UTF-8 text.", line) from None
    if first_line == 1:
        text = text.removeprefix("\ufeff")
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


class Records:
    """Iterates over the non-empty records; `line` is the line on which the current one begins."""

    def __init__(self, stream: BinaryIO) -> None:
        self.line = 1
        self._reader = csv.reader(text_lines(stream), delimiter=";")

    def __iter__(self) -> Iterator[list[str]]:
        blank_lines = 0
        while True:
            self.line = self._reader.line_num + 1
            try:
                record = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise PbFormatError(f"The line cannot be split into columns ({error}).", self.line) from None
            if any(map(str.strip, record)):
                yield record
            else:
                blank_lines += 1
                if blank_lines > MOST_BLANK_LINES:
                    raise PbFormatError("The file has too many blank lines.", self.line)
