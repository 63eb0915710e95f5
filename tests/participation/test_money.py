from decimal import Decimal

import pytest
from django.utils import translation

from participation.counting.money import MINOR_UNIT_EXPONENTS
from participation.money import format_money, format_number, format_percent

NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("minor", "currency", "language", "expected"),
    [
        (120_000, "EUR", "en", "€1,200"),
        (120_050, "EUR", "en", "€1,200.50"),
        (120_005, "EUR", "en", "€1,200.05"),
        (1, "EUR", "en", "€0.01"),
        (0, "EUR", "en", "€0"),
        (-120_050, "EUR", "en", "-€1,200.50"),
        (120_000, "EUR", "fr", f"1{NARROW}200{NBSP}€"),
        (120_050, "EUR", "fr", f"1{NARROW}200,50{NBSP}€"),
        (120_000, "PLN", "pl", f"1{NBSP}200{NBSP}zł"),
        (120_000, "CHF", "en", f"CHF{NBSP}1,200"),
        (-120_000, "CHF", "en", f"-CHF{NBSP}1,200"),
        (1_200, "JPY", "en", "¥1,200"),
        (1_234_567, "KWD", "en", f"KWD{NBSP}1,234.567"),
        (1_234_500, "KWD", "en", f"KWD{NBSP}1,234.500"),
        (1_234_000, "KWD", "en", f"KWD{NBSP}1,234"),
        (1_250, "RSD", "en", f"RSD{NBSP}12.50"),
        (1_500, "IQD", "en", f"IQD{NBSP}1.500"),
        (10**17, "EUR", "en", "€1,000,000,000,000,000"),
        (10**17 + 1, "EUR", "en", "€1,000,000,000,000,000.01"),
    ],
)
def test_amounts_are_written_as_each_locale_does(minor, currency, language, expected):
    assert format_money(minor, currency, language) == expected


@pytest.mark.parametrize("currency", sorted({*MINOR_UNIT_EXPONENTS, "ALL", "HUF", "LBP", "TWD", "USD", "UZS"}))
def test_no_currency_loses_a_minor_unit(currency):
    digits = "".join(letter for letter in format_money(123_456_789, currency, "en") if letter.isdigit())
    assert digits == "123456789"


@pytest.mark.parametrize("currency", ["", "XXX"])
def test_amounts_of_no_known_currency_still_have_their_digits(currency):
    text = format_money(120_050, currency, "en")
    assert text.endswith("1,200.50")
    assert "XXX" not in text


def test_the_active_language_decides_where_none_is_given():
    with translation.override("fr"):
        assert format_money(120_000, "EUR") == f"1{NARROW}200{NBSP}€"
        assert format_number(Decimal("1234.5")) == f"1{NARROW}234,5"
    with translation.override("en"):
        assert format_money(120_000, "EUR") == "€1,200"
        assert format_number(1_234) == "1,234"


@pytest.mark.parametrize("language", ["tlh", "not a language", "x"])
def test_a_language_that_is_unknown_is_written_in_the_english_way(language):
    assert format_money(120_000, "EUR", language) == "€1,200"


def test_regional_languages_have_their_own_way():
    assert format_money(120_000, "EUR", "de-at") == f"€{NBSP}1.200"
    assert format_money(120_000, "BRL", "pt-br") == f"R${NBSP}1.200"


@pytest.mark.parametrize(
    ("percent", "language", "expected"),
    [
        ("6.4", "en", "6.4%"),
        ("100", "en", "100%"),
        ("0", "en", "0%"),
        ("6.4", "fr", f"6,4{NBSP}%"),
        ("6.4", "de", f"6,4{NBSP}%"),
    ],
)
def test_percent(percent, language, expected):
    assert format_percent(Decimal(percent), language) == expected
