"""Pieces that many resources show: money, and words with the language they are in."""

from typing import Any

from rest_framework import serializers

from participation.models.texts import Identity

ADDED = "What the council adds to fund it, 0 where what was left pays for it; null for all others."


class Money(serializers.Serializer):
    """Amounts are whole numbers of the currency's minor unit, such as cents."""

    amount_minor = serializers.IntegerField()
    currency = serializers.CharField(help_text="ISO 4217 code.")


def money(amount_minor: int | None, currency: str) -> dict[str, Any] | None:
    return None if amount_minor is None else {"amount_minor": amount_minor, "currency": currency}


def word(identity: Identity, name: str) -> str:
    """One text field in the language asked for, or in the one it exists in; empty where there are no words."""
    return getattr(identity.text, name, "")


def language(identity: Identity) -> str | None:
    """The language that the words are really in."""
    return identity.text.spoken if identity.text else None
