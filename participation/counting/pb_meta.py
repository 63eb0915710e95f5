"""The META section of a Pabulib file."""

from decimal import Decimal

from participation.counting.election import Limits, VoteType
from participation.counting.money import exponent_of, quoted, to_minor_cut
from participation.counting.numbers import to_number
from participation.counting.pb_limits import limits_of
from participation.counting.pb_lines import PbFormatError
from participation.counting.pb_sections import Sections, cleaned

REQUIRED = ("num_projects", "num_votes", "budget", "vote_type")
MOST_KEYS = 10_000


class Meta:
    """The keys and values as text, and readings of those that matter, with the line each stands on."""

    def __init__(self, sections: Sections) -> None:
        self.values: dict[str, str] = {}
        self._lines: dict[str, int] = {}
        columns = sections.open("META", ("key", "value"))
        key_place, value_place = columns.names.index("key"), columns.names.index("value")
        for record in sections.rows(columns):
            self._add(cleaned(record[key_place]), cleaned(record[value_place]), sections.line)
        for key in REQUIRED:
            if not self.values.get(key):
                raise PbFormatError(f"The section META does not state {key}.", self._lines.get(key, sections.line))

    def _add(self, key: str, value: str, line: int) -> None:
        if not key:
            raise PbFormatError("The row of META has no key.", line)
        if key in self.values:
            raise PbFormatError(f"The key {quoted(key)} stands there twice.", line)
        if len(self.values) == MOST_KEYS:
            raise PbFormatError("The section META has too many keys.", line)
        self.values[key], self._lines[key] = value, line

    def line(self, key: str) -> int:
        return self._lines[key]

    @property
    def exponent(self) -> int:
        return exponent_of(self.values.get("currency", ""))

    def stated_number(self, key: str) -> int:
        text = self.values[key]
        if not (text.isascii() and text.isdigit() and len(text) <= 12):
            raise PbFormatError(f"{key} is {quoted(text)}, which is not a whole number.", self.line(key))
        return int(text)

    def vote_type(self) -> VoteType:
        try:
            return VoteType(self.values["vote_type"])
        except ValueError:
            text = quoted(self.values["vote_type"])
            raise PbFormatError(f"{text} is not a vote type.", self.line("vote_type")) from None

    def budget_minor(self) -> int:
        """What is finer than the minor unit is cut off."""
        try:
            budget = to_minor_cut(self.values["budget"], self.exponent)
        except ValueError as error:
            raise PbFormatError(f"The budget {error}", self.line("budget")) from None
        if budget == 0:
            raise PbFormatError("The budget is zero.", self.line("budget"))
        return budget

    def default_score(self) -> Decimal:
        text = self.values.get("default_score")
        if not text:
            return Decimal(0)
        try:
            return to_number(text)
        except ValueError as error:
            raise PbFormatError(f"default_score {error}", self.line("default_score")) from None

    def limits(self) -> Limits:
        knapsack = self.budget_minor() if self.values["vote_type"] == VoteType.KNAPSACK else None
        return limits_of(self.values, self.exponent, knapsack)
