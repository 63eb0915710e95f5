"""Exact money: text to integer minor units and back, never through a float."""

import re

AMOUNT = re.compile(r"([0-9]{1,40})(?:[.,]([0-9]{1,40}))?(?:[eE]\+?([0-9]{1,2}))?")
LARGEST_UNITS = 10**15
# The code of ISO 4217 for amounts in no currency.
NO_CURRENCY = "XXX"

WITHOUT_DECIMALS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"}
    | {"RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"}
)
WITH_THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
WITH_FOUR_DECIMALS = frozenset({"CLF", "UYW"})
MINOR_UNIT_EXPONENTS = {
    **dict.fromkeys(WITHOUT_DECIMALS, 0),
    **dict.fromkeys(WITH_THREE_DECIMALS, 3),
    **dict.fromkeys(WITH_FOUR_DECIMALS, 4),
}


def exponent_of(currency: str) -> int:
    """Decimal places of the currency's minor unit (ISO 4217); 2 where the currency is unknown."""
    return MINOR_UNIT_EXPONENTS.get(currency.strip().upper(), 2)


def to_minor(text: str, exponent: int) -> int:
    """Minor units of an amount such as `308298.85`, `308298,85` or `1e+05`.

    Raises ValueError with one sentence when the text is no amount, is negative, is 10^15 units or
    more, or has more decimals than the currency.
    """
    minor, lost = split_amount(text, exponent)
    if lost:
        raise ValueError(f"{quoted(text)} has more than {exponent} decimals.")
    return minor


def to_minor_cut(text: str, exponent: int) -> int:
    """As `to_minor`, but what is finer than the minor unit is cut off: it could buy nothing."""
    return split_amount(text, exponent)[0]


def split_amount(text: str, exponent: int) -> tuple[int, str]:
    """The minor units of an amount, and the decimals beyond them (empty where they are zeros)."""
    amount = AMOUNT.fullmatch(text.strip())
    if amount is None:
        raise ValueError(f"{quoted(text)} is not an amount of money.")
    whole, decimals, shift = amount[1], amount[2] or "", int(amount[3] or 0)
    places = exponent + shift
    minor = int(whole + decimals[:places].ljust(places, "0"))
    if minor >= LARGEST_UNITS * 10**exponent:
        raise ValueError(f"{quoted(text)} is too large an amount of money.")
    return minor, decimals[places:].strip("0")


def from_minor(minor: int, exponent: int) -> str:
    """The amount as text: whole units, and decimals only where there are any."""
    sign = "-" if minor < 0 else ""
    whole, rest = divmod(abs(minor), 10**exponent)
    return f"{sign}{whole}.{rest:0{exponent}d}" if rest else f"{sign}{whole}"


def quoted(text: str) -> str:
    """A piece of foreign text, short and harmless enough for a sentence."""
    shown = text.strip()
    return repr(shown if len(shown) <= 40 else shown[:40] + "...")
