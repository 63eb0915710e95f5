"""Amounts for people to read, in each locale's own way. Amounts for counting are integers: see counting.money."""

import re
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_decimal
from babel.numbers import format_percent as format_percentage
from django.utils.translation import get_language, to_locale

from participation.counting.money import NO_CURRENCY, exponent_of

LETTER_BESIDE_DIGIT = re.compile(r"(?<=[A-Za-z])(?=[\d-])")


def format_money(minor: int, currency: str, language: str | None = None) -> str:
    """An amount in minor units as text, such as `€1,200` or `1 200,50 €`: decimals only where there are any."""
    exponent = exponent_of(currency)
    amount = Decimal(minor).scaleb(-exponent)
    decimals = f".{'0' * exponent}" if minor % 10**exponent else ""
    locale = babel_locale(language)
    pattern = locale.currency_formats["standard"].pattern.replace(".00", decimals)
    text = format_currency(amount, currency or NO_CURRENCY, pattern, locale=locale, currency_digits=False)
    return LETTER_BESIDE_DIGIT.sub("\N{NO-BREAK SPACE}", text)


def format_number(number: int | Decimal, language: str | None = None) -> str:
    return format_decimal(number, locale=babel_locale(language))


def format_percent(percent: Decimal, language: str | None = None) -> str:
    """A number of percent with its sign, such as `6.4%` or `6,4 %`: decimals only where there are any."""
    locale = babel_locale(language)
    pattern = locale.percent_formats[None].pattern.replace("##0", "##0.#")
    return format_percentage(percent / 100, pattern, locale=locale)


def babel_locale(language: str | None = None) -> Locale:
    """Babel's locale for a Django language code, by default the active one; English where Babel has none."""
    try:
        return Locale.parse(to_locale(language or get_language() or "en"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
