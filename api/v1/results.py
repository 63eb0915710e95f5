import django_filters
from django.conf import settings
from django.urls import reverse as site_address
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from rest_framework import serializers

from api.fields import ADDED, Money, money, word
from api.views import PublicViewSet
from participation.choices import ResultSource
from participation.explanations import explain
from participation.locales import active_languages
from participation.models import Result, ResultLine


class ResultLineOutput(serializers.ModelSerializer):
    """What became of one project, and why."""

    project = serializers.IntegerField(source="project.public_number", help_text="The project's public number.")
    project_uuid = serializers.UUIDField(source="project.uuid")
    title = serializers.SerializerMethodField()
    cost = serializers.SerializerMethodField()
    tally = serializers.SerializerMethodField(help_text="Votes or points, as an exact decimal.")
    added = serializers.SerializerMethodField(help_text=ADDED)
    reason_facts = serializers.DictField(help_text="The figures of the explanation, amounts in minor units.")
    explanation = serializers.SerializerMethodField()

    class Meta:
        model = ResultLine
        fields = (
            "position",
            "project",
            "project_uuid",
            "title",
            "cost",
            "tally",
            "funded",
            "added",
            "reason",
            "reason_facts",
            "explanation",
        )

    def get_title(self, line: ResultLine) -> str:
        return word(line.project, "title")

    def get_cost(self, line: ResultLine) -> Money:
        return money(line.project.cost_minor, line.result.envelope.budget.currency)

    def get_added(self, line: ResultLine) -> Money(allow_null=True):
        return money(line.added_minor, line.result.envelope.budget.currency)

    def get_tally(self, line: ResultLine) -> str:
        return f"{line.tally.normalize():f}"

    def get_explanation(self, line: ResultLine) -> str:
        return explain(line)


class ResultSummary(serializers.ModelSerializer):
    """The outcome of counting one envelope, without its lines."""

    envelope = serializers.UUIDField(source="envelope.uuid")
    title = serializers.SerializerMethodField()
    budget = serializers.SlugRelatedField("slug", source="envelope.budget", read_only=True)
    source = serializers.ChoiceField(choices=ResultSource.choices)
    rule = serializers.DictField(help_text="The counting rule with its switches.")
    amount = serializers.SerializerMethodField()
    spent = serializers.SerializerMethodField()
    left = serializers.SerializerMethodField(help_text="Negative where a top-up adds money.")
    links = serializers.SerializerMethodField(help_text="Pages and files: the ballots, tables, and the recount script.")

    class Meta:
        model = Result
        fields = (
            *("envelope", "title", "budget", "source", "rule", "amount", "spent", "left"),
            *("sha256", "counted_at", "published_at", "links"),
        )

    def get_title(self, result: Result) -> str:
        return word(result.envelope, "title")

    def get_amount(self, result: Result) -> Money:
        return self.money(result, result.envelope.amount_minor)

    def get_spent(self, result: Result) -> Money:
        return self.money(result, result.spent_minor)

    def get_left(self, result: Result) -> Money:
        return self.money(result, result.left_minor)

    @cached_property
    def site_language(self) -> str:
        """The language asked for, where the site has pages in it."""
        asked = get_language() or settings.LANGUAGE_CODE
        return asked if asked in active_languages() else settings.LANGUAGE_CODE

    def money(self, result: Result, minor: int) -> dict[str, object]:
        return money(minor, result.envelope.budget.currency)

    def get_links(self, result: Result) -> dict[str, str]:
        place = [result.envelope.budget.slug, result.envelope.slug]
        names = {"page": "result", "pb": "result_ballots", "csv": "result_csv", "json": "result_json"}
        with override(self.site_language):
            addresses = {key: site_address(name, args=place) for key, name in names.items()}
        addresses["recount"] = site_address("recount_script")
        return {key: self.context["request"].build_absolute_uri(path) for key, path in addresses.items()}


class CouncilOutput(serializers.Serializer):
    """The decision of the council that a result is subject to; null what is not known yet."""

    due_on = serializers.DateField(source="council_on", allow_null=True)
    decided_on = serializers.DateField(source="council_decided_on", allow_null=True)
    words = serializers.CharField(source="council_words", allow_blank=True)


class ResultOutput(ResultSummary):
    """The whole outcome: every decision in order, with its reason."""

    facts = serializers.DictField(help_text="Figures about the count.")
    council = CouncilOutput(source="envelope.ballot_box", allow_null=True)
    rounds = serializers.ListField(child=serializers.DictField(), help_text="The purchases of equal shares, in order.")
    lines = serializers.SerializerMethodField()

    class Meta(ResultSummary.Meta):
        fields = (*ResultSummary.Meta.fields, "facts", "council", "rounds", "lines")

    def get_lines(self, result: Result) -> ResultLineOutput(many=True):
        return ResultLineOutput(result.lines.with_projects(), many=True, context=self.context).data


class ResultFilter(django_filters.FilterSet):
    budget = django_filters.CharFilter("envelope__budget__slug", help_text="A budget's slug.")


class ResultViewSet(PublicViewSet):
    """Published results, the latest first. One of them is found by the uuid of its envelope."""

    filterset_class = ResultFilter
    lookup_field = "envelope__uuid"
    lookup_url_kwarg = "uuid"
    queryset = (
        Result.objects.public()
        .select_related("envelope__budget", "envelope__ballot_box")
        .prefetch_related("envelope__texts")
        .order_by("-published_at", "-pk")
    )

    def get_serializer_class(self) -> type[serializers.Serializer]:
        return ResultOutput if self.detail else ResultSummary
