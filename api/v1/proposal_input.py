"""What may be written of a proposal. Status, number, author and supports come about by actions alone."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.inputs import StrictDegrees, StrictNumber, StrictSerializer, StrictText, StrictTruth, StrictUuid
from participation.actions.proposal_words import MOST_CATEGORIES, Answers
from participation.choices import CostBand
from participation.locales import active_languages
from participation.models import Budget, Category, CitizenGroup, Envelope
from participation.models.proposal import LONGEST_PLACE, LONGEST_TEXT, LONGEST_TITLE

LARGEST_COST = 10**17
PAIRS = {"latitude", "longitude"}


class ProposalInput(StrictSerializer):
    """What is not there stays as it is. A draft may be incomplete; handing in says what is missing."""

    title = StrictText(max_length=LONGEST_TITLE, allow_blank=True, required=False)
    what_and_why = StrictText(max_length=LONGEST_TEXT, allow_blank=True, required=False)
    who_benefits = StrictText(max_length=LONGEST_TEXT, allow_blank=True, required=False)
    language = StrictText(max_length=12, required=False, help_text="One that the town offers.")
    address = StrictText(max_length=LONGEST_PLACE, allow_blank=True, required=False, help_text="As people say it.")
    latitude = StrictDegrees(min_value=-90, max_value=90, allow_null=True, required=False)
    longitude = StrictDegrees(min_value=-180, max_value=180, allow_null=True, required=False)
    whole_area = StrictTruth(required=False, help_text="About the whole district or town, instead of a place.")
    envelope = serializers.SlugRelatedField(
        slug_field="uuid", queryset=Envelope.objects.public(), allow_null=True, required=False
    )
    categories = serializers.ListField(
        child=StrictText(max_length=80),
        max_length=MOST_CATEGORIES,
        required=False,
        help_text="Slugs, three at most.",
    )
    cost_band = serializers.ChoiceField(choices=CostBand.choices, allow_blank=True, required=False)
    cost_minor = StrictNumber(
        min_value=1, max_value=LARGEST_COST, allow_null=True, required=False, help_text="It has its band by itself."
    )

    group = serializers.SlugRelatedField(
        slug_field="uuid",
        queryset=CitizenGroup.objects.all(),
        allow_null=True,
        required=False,
        help_text="In whose name, for its contact.",
    )

    def validate_language(self, code: str) -> str:
        if code not in active_languages():
            raise serializers.ValidationError(_("There is no such locale."), "unknown_locale")
        return code

    def validate_categories(self, slugs: list[str]) -> list[Category]:
        """In one query, however many are asked for."""
        found = list(Category.objects.filter(slug__in=slugs))
        if len(found) < len(set(slugs)):
            raise serializers.ValidationError(_("There is no such category."), "does_not_exist")
        return found

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if len(PAIRS & set(said)) == 1 or (said.get("latitude") is None) != (said.get("longitude") is None):
            raise serializers.ValidationError({"latitude": [half_a_point()]})
        if said.get("cost_band") and said.get("cost_minor") is not None:
            raise serializers.ValidationError({"cost_band": [cost_twice()]})
        return said

    def answers(self) -> Answers:
        said: Answers = {**self.validated_data}
        if "cost_band" in said:
            said["cost_minor"] = None
        elif said.get("cost_minor", 0) is None:
            said["cost_band"] = ""
        return said


def half_a_point() -> serializers.ErrorDetail:
    return serializers.ErrorDetail(_("A point has both, or neither."), "half_a_point")


def cost_twice() -> serializers.ErrorDetail:
    return serializers.ErrorDetail(_("Say either a band or an amount."), "cost_twice")


class NewProposalInput(ProposalInput):
    """`uuid` may be chosen by who asks: the same request twice then makes one draft."""

    uuid = StrictUuid(required=False)
    budget = serializers.SlugRelatedField(slug_field="slug", queryset=Budget.objects.public().with_phases())

    def answers(self) -> Answers:
        said = {"language": get_language(), **super().answers()}
        return {name: value for name, value in said.items() if name not in {"uuid", "budget"}}
