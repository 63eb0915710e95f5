import pytest

from participation.counting.money import exponent_of, from_minor, quoted, to_minor, to_minor_cut

AMOUNTS = [
    ("308298.85", 2, 30829885),
    ("308298,85", 2, 30829885),
    ("400000.0", 2, 40000000),
    ("5.500", 2, 550),
    ("0", 2, 0),
    ("007", 0, 7),
    ("1e+05", 2, 10000000),
    ("1.5E2", 2, 15000),
    ("12.345", 3, 12345),
    ("999999999999999.99", 2, 99999999999999999),
]


@pytest.mark.parametrize(("text", "exponent", "minor"), AMOUNTS)
def test_amounts_are_read_exactly(text, exponent, minor):
    assert to_minor(text, exponent) == minor


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1.", ".5", "1 000", "1.000.000", "NaN", "inf", "1e-2", "0x1", "\u0661"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match=r"is not an amount of money\.$"):
        to_minor(text, 2)


@pytest.mark.parametrize("text", ["1000000000000000", "1e+15", "9e+99"])
def test_an_absurd_amount_is_refused(text):
    with pytest.raises(ValueError, match="too large"):
        to_minor(text, 2)


def test_a_finer_amount_is_refused_or_cut():
    with pytest.raises(ValueError, match="more than 2 decimals"):
        to_minor("1.999", 2)
    assert to_minor_cut("1.999", 2) == 199


@pytest.mark.parametrize(
    ("minor", "exponent", "text"),
    [(30829885, 2, "308298.85"), (500, 2, "5"), (-5, 2, "-0.05"), (7, 0, "7"), (1001, 3, "1.001")],
)
def test_amounts_are_printed_exactly(minor, exponent, text):
    assert from_minor(minor, exponent) == text


@pytest.mark.parametrize(
    ("currency", "exponent"), [("JPY", 0), (" huf ", 2), ("KWD", 3), ("UYW", 4), ("", 2), ("???", 2)]
)
def test_the_exponent_is_that_of_the_currency(currency, exponent):
    assert exponent_of(currency) == exponent


def test_foreign_text_is_made_harmless():
    assert quoted(" a\nb ") == "'a\\nb'"
    assert len(quoted("x" * 1000)) < 50
