"""What things usually cost: for people who propose."""

from typing import Any

import django_filters
from rest_framework import serializers

from api.fields import Money, language, money, word
from api.views import PublicViewSet
from participation.models import Budget, PriceHint


class PriceHintOutput(serializers.ModelSerializer):
    what = serializers.SerializerMethodField()
    unit = serializers.SerializerMethodField(help_text="Per what; may be empty.")
    language = serializers.SerializerMethodField(help_text="That of the words.")
    lowest = serializers.SerializerMethodField()
    highest = serializers.SerializerMethodField()

    class Meta:
        model = PriceHint
        fields = ("uuid", "what", "unit", "language", "lowest", "highest")

    def get_what(self, hint: PriceHint) -> str:
        return word(hint, "what")

    def get_unit(self, hint: PriceHint) -> str:
        return word(hint, "unit")

    def get_language(self, hint: PriceHint) -> str | None:
        return language(hint)

    def get_lowest(self, hint: PriceHint) -> Money:
        return money(hint.lowest_minor, hint.currency)

    def get_highest(self, hint: PriceHint) -> Money:
        return money(hint.highest_minor, hint.currency)


class PriceHintFilter(django_filters.FilterSet):
    budget = django_filters.CharFilter(method="in_currency", help_text="A budget's slug: those in its currency.")

    def in_currency(self, hints: Any, name: str, value: str) -> Any:
        return hints.filter(currency__in=Budget.objects.public().filter(slug=value).values("currency"))


class PriceHintViewSet(PublicViewSet):
    """Typical costs, in the order of the administration."""

    serializer_class = PriceHintOutput
    filterset_class = PriceHintFilter
    queryset = PriceHint.objects.with_texts().order_by("position", "pk")
