import django_filters
from rest_framework import serializers
from rest_framework.reverse import reverse

from api.fields import Money, language, money, word
from api.views import PublicViewSet
from participation.choices import VoteType
from participation.models import BallotBox, District, Envelope


class BallotBoxOutput(serializers.ModelSerializer):
    """The question put to voters, and how their ballots are filled in and counted, in Pabulib's words."""

    question = serializers.SerializerMethodField()
    vote_type = serializers.ChoiceField(choices=VoteType.choices)
    limits = serializers.DictField(child=serializers.CharField())
    counting_rule = serializers.DictField()

    class Meta:
        model = BallotBox
        fields = ("uuid", "slug", "question", "vote_type", "limits", "counting_rule")

    def get_question(self, box: BallotBox) -> str:
        return word(box, "question")


class DistrictOutput(serializers.ModelSerializer):
    class Meta:
        model = District
        fields = ("uuid", "name")


class EnvelopeOutput(serializers.ModelSerializer):
    """An amount of money that is decided together."""

    title = serializers.SerializerMethodField()
    language = serializers.SerializerMethodField()
    budget = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    amount = serializers.SerializerMethodField()
    district = DistrictOutput(allow_null=True)
    category = serializers.SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)
    ballot_box = BallotBoxOutput(allow_null=True)
    result = serializers.SerializerMethodField(help_text="The address of its result, once that is published.")

    class Meta:
        model = Envelope
        fields = (
            *("uuid", "slug", "title", "language", "budget", "amount", "district", "category"),
            *("ballot_box", "result"),
        )

    def get_title(self, envelope: Envelope) -> str:
        return word(envelope, "title")

    def get_language(self, envelope: Envelope) -> str | None:
        return language(envelope)

    def get_amount(self, envelope: Envelope) -> Money:
        return money(envelope.amount_minor, envelope.budget.currency)

    def get_result(self, envelope: Envelope) -> serializers.URLField(allow_null=True):
        if not envelope.has_public_result:
            return None
        return reverse("result-detail", args=[envelope.uuid], request=self.context["request"])


class EnvelopeFilter(django_filters.FilterSet):
    budget = django_filters.CharFilter("budget__slug", help_text="A budget's slug.")
    district = django_filters.UUIDFilter("district__uuid", help_text="A district's uuid.")
    category = django_filters.CharFilter("category__slug", help_text="A category's slug.")


class EnvelopeViewSet(PublicViewSet):
    """The envelopes of published budgets."""

    serializer_class = EnvelopeOutput
    filterset_class = EnvelopeFilter
    queryset = (
        Envelope.objects.public()
        .with_texts()
        .select_related("budget", "district", "category", "result", "ballot_box")
        .prefetch_related("ballot_box__texts")
        .order_by("pk")
    )
