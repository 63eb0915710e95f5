"""Several words in a row, joined as each language does it."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def separator() -> str:
    # Translators: stands between the entries of a list such as “3, 5, 8”. Keep the space where your language has one.
    return pgettext("between the entries of a list", ", ")


def listed(entries: Iterable[object]) -> str:
    return separator().join(map(str, entries))
