"""Exact numbers that are no money: points, tallies, thresholds, percentages."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from participation.counting.money import quoted

MOST_DECIMALS = 6
NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")


def to_number(text: str) -> Decimal:
    """A decimal number of up to twelve digits and six decimals. ValueError with one sentence otherwise."""
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{quoted(text)} is not a number of up to six decimals.")
    return plain(Decimal(text))


def plain(number: Decimal) -> Decimal:
    """The same number without needless zeros or an exponent, so that equal numbers print alike."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def percent_of(text: str) -> Decimal:
    percent = to_number(text.replace(",", "."))
    if not 0 <= percent <= 100:
        raise ValueError(f"{quoted(text)} is not a percentage between 0 and 100.")
    return percent


@dataclass(frozen=True)
class Threshold:
    """The least tally that takes part: a number, or a percentage of the valid ballots."""

    value: Decimal
    is_share: bool = False

    @classmethod
    def read(cls, text: str) -> "Threshold":
        """Reads `50` or `10%`. ValueError with one sentence otherwise."""
        digits = text.strip()
        if digits.endswith("%"):
            return cls(percent_of(digits.removesuffix("%").strip()), is_share=True)
        value = to_number(digits.replace(",", "."))
        if value < 0:
            raise ValueError(f"{quoted(text)} is not a threshold: it is negative.")
        return cls(value)

    def least_tally(self, valid_ballots: int) -> Fraction:
        return Fraction(self.value) * valid_ballots / 100 if self.is_share else Fraction(self.value)

    def __str__(self) -> str:
        return f"{self.value}%" if self.is_share else str(self.value)
