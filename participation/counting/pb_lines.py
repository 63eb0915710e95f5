"""Records of a Pabulib file: cells split at semicolons, read in bounded memory."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

BLOCK_BYTES = 1 << 20
LONGEST_LINE = 1 << 20
MOST_BLANK_LINES = 10_000
STRAY_RETURN = re.compile("\r(?!\n)")
MOST_LINES_OF_A_RECORD = 10_000


class PbFormatError(Exception):
    """A file that cannot be read: one sentence, and the line it speaks of."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"line {line}: {message}")
        self.message = message
        self.line = line


class Records:
    """Iterates over the records that are not blank lines.

    `line` is the line on which the current record begins; `cut_off` says that the current record
    is the last one and has no line end.
    """

    def __init__(self, stream: BinaryIO, progress: Callable[[int], None] | None = None) -> None:
        self.cut_off = False
        self.line = 1
        self._reader = csv.reader(self._lines(stream, progress), delimiter=";")

    def __iter__(self) -> Iterator[list[str]]:
        blank_lines = 0
        try:
            for record in self._reader:
                if len(record) > 1 or (record and record[0].strip()):
                    yield record
                else:
                    blank_lines += 1
                    if blank_lines > MOST_BLANK_LINES:
                        raise PbFormatError("The file has too many blank lines.", self.line)
                self.line = self._reader.line_num + 1
        except csv.Error:
            longest = csv.field_size_limit()
            raise PbFormatError(f"A cell is longer than {longest} characters.", self._reader.line_num) from None

    def _lines(self, stream: BinaryIO, progress: Callable[[int], None] | None) -> Iterator[str]:
        for block in text_blocks(stream, progress):
            if self._reader.line_num - self.line > MOST_LINES_OF_A_RECORD:
                raise PbFormatError("A quoted cell spans too many lines.", self.line)
            self.cut_off = not block.endswith("\n")
            yield from io.StringIO(without_stray_returns(block), newline="\n")
        if self._reader.line_num >= self.line:
            raise PbFormatError("A quoted cell never ends.", self.line)


def text_blocks(stream: BinaryIO, progress: Callable[[int], None] | None = None) -> Iterator[str]:
    """A UTF-8 file in blocks of whole lines; a last line without an end is a block of its own.

    Raises PbFormatError for anything that is no text.
    """
    first_line, rest, done = 1, b"", 0
    while block := stream.read(BLOCK_BYTES):
        done += len(block)
        if progress:
            progress(done)
        body, end, rest = (rest + block).rpartition(b"\n")
        refuse_binary(body + end + rest, first_line)
        lines = (body + end).count(b"\n")
        if len(rest) > LONGEST_LINE:
            raise PbFormatError("The line is longer than a million bytes.", first_line + lines)
        if end:
            yield decoded(body + end, first_line)
        first_line += lines
    if rest:
        yield decoded(rest, first_line)


def without_stray_returns(block: str) -> str:
    """A carriage return that ends no line is a space: `csv` would take it for the end of one."""
    return STRAY_RETURN.sub(" ", block) if block.count("\r") != block.count("\r\n") else block


def refuse_binary(block: bytes, first_line: int) -> None:
    if b"\0" in block:
        line = first_line + block.count(b"\n", 0, block.index(b"\0"))
        raise PbFormatError("The file holds a NUL byte, so it is not text.", line)


def decoded(block: bytes, first_line: int) -> str:
    try:
        text = block.decode()
    except UnicodeDecodeError as error:
        line = first_line + block.count(b"\n", 0, error.start)
        raise PbFormatError("The line is not UTF-8 text.", line) from None
    return text.removeprefix("\ufeff") if first_line == 1 else text
