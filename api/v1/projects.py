import django_filters
from rest_framework import serializers

from api.errors import InvalidQuery
from api.fields import ADDED, Money, language, money, word
from api.views import PublicViewSet
from participation.choices import DecisionKind
from participation.models import Category, Decision, Project

SEEDS = 16
COLUMNS = {
    "recorded": ("envelope_id", "recorded_order"),
    "number": ("public_number",),
    "cost": ("cost_minor",),
    "-cost": ("-cost_minor",),
}


class CategoryOutput(serializers.ModelSerializer):
    name = serializers.SerializerMethodField()

    class Meta:
        model = Category
        fields = ("uuid", "slug", "name")

    def get_name(self, category: Category) -> str:
        return word(category, "name")


class DecisionOutput(serializers.ModelSerializer):
    """An official decision about a project after the vote."""

    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    reason = serializers.SerializerMethodField()

    class Meta:
        model = Decision
        fields = ("kind", "reason", "decided_on")

    def get_reason(self, decision: Decision) -> str:
        return word(decision, "reason")


class OutcomeOutput(serializers.Serializer):
    """What the count decided about a project, and the council after it."""

    funded = serializers.BooleanField()
    added = Money(allow_null=True, help_text=ADDED)
    reason = serializers.CharField(help_text="A stable code; the result has the sentence.")


class ProjectOutput(serializers.ModelSerializer):
    """A costed line on the ballot. People and ballots call it by its public number."""

    title = serializers.SerializerMethodField()
    description = serializers.SerializerMethodField()
    language = serializers.SerializerMethodField()
    budget = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    envelope = serializers.SlugRelatedField(slug_field="uuid", read_only=True)
    cost = serializers.SerializerMethodField()
    categories = CategoryOutput(many=True)
    decision = serializers.SerializerMethodField()
    outcome = serializers.SerializerMethodField(help_text="Null until the result is published.")

    class Meta:
        model = Project
        fields = (
            *("uuid", "public_number", "pabulib_id", "title", "description", "language", "budget", "envelope", "cost"),
            *("address", "latitude", "longitude", "categories", "decision", "outcome"),
        )

    def get_title(self, project: Project) -> str:
        return word(project, "title")

    def get_description(self, project: Project) -> str:
        return word(project, "description")

    def get_language(self, project: Project) -> str | None:
        return language(project)

    def get_cost(self, project: Project) -> Money:
        return money(project.cost_minor, project.budget.currency)

    def get_decision(self, project: Project) -> DecisionOutput(allow_null=True):
        decision = getattr(project, "decision", None)
        is_public = decision and project.envelope.has_public_result
        return DecisionOutput(decision).data if is_public else None

    def get_outcome(self, project: Project) -> OutcomeOutput(allow_null=True):
        line = getattr(project, "result_line", None)
        is_public = line and project.envelope.has_public_result
        if not is_public:
            return None
        added = money(line.added_minor, project.budget.currency)
        return {"funded": line.funded, "added": added, "reason": line.reason}


class ProjectFilter(django_filters.FilterSet):
    budget = django_filters.CharFilter("budget__slug", help_text="A budget's slug.")
    envelope = django_filters.UUIDFilter("envelope__uuid", help_text="An envelope's uuid.")
    category = django_filters.CharFilter("categories__slug", help_text="A category's slug.")
    district = django_filters.UUIDFilter("envelope__district__uuid", help_text="A district's uuid.")
    bbox = django_filters.CharFilter(method="within", help_text="west,south,east,north in degrees.")
    order = django_filters.ChoiceFilter(
        method="ordered",
        choices=[(word, word) for word in (*COLUMNS, "random")],
        help_text="`recorded` unless stated; `random` takes a `seed`.",
    )
    seed = django_filters.NumberFilter(
        method="seeded",
        min_value=0,
        max_value=SEEDS - 1,
        decimal_places=0,
        help_text="Where random starts: 0 to 15.",
    )

    def within(self, projects, name: str, value: str):
        west, south, east, north = read_box(value)
        return projects.filter(latitude__range=(south, north), longitude__range=(west, east))

    def ordered(self, projects, name: str, value: str):
        if value == "random":
            return projects.shuffled_from(int(self.form.cleaned_data["seed"] or 0) / SEEDS)
        return projects.order_by(*COLUMNS[value], "pk")

    def seeded(self, projects, name: str, value: object):
        return projects


def read_box(value: str) -> list[float]:
    parts = value.split(",")
    try:
        west, south, east, north = numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if not numbers or not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise InvalidQuery("bbox", "invalid", "bbox must be west,south,east,north in degrees.")
    return numbers


class ProjectViewSet(PublicViewSet):
    """The projects of published budgets, in their recorded order unless another is asked for."""

    serializer_class = ProjectOutput
    filterset_class = ProjectFilter
    queryset = (
        Project.objects.public()
        .with_texts()
        .with_categories()
        .select_related("budget", "envelope__result", "decision", "result_line")
        .prefetch_related("decision__texts")
        .in_recorded_order()
    )
