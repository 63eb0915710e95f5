import pytest
from django.utils import translation

from participation.lists import listed


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "3, 5, 8"), ("fr", "3, 5, 8"), ("ar", "3\N{ARABIC COMMA} 5\N{ARABIC COMMA} 8")]
)
def test_entries_are_joined_as_the_language_does_it(language, expected):
    with translation.override(language):
        assert listed([3, 5, 8]) == expected


def test_one_entry_and_none():
    assert listed(["one"]) == "one"
    assert listed([]) == ""
