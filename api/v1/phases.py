import django_filters
from django.utils import timezone
from rest_framework import serializers

from api.fields import language, word
from api.views import PublicViewSet
from participation.choices import Opening, PhaseKind
from participation.models import Phase
from participation.timetable import Stage, stage


class PhaseOutput(serializers.ModelSerializer):
    """A dated stage of a budget. It ends just before `ends_at`."""

    budget = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    kind = serializers.ChoiceField(choices=PhaseKind.choices)
    title = serializers.SerializerMethodField()
    description = serializers.SerializerMethodField()
    language = serializers.SerializerMethodField()
    stage = serializers.SerializerMethodField(help_text="Whether it is past, now, or ahead.")
    opens = serializers.SerializerMethodField(help_text="What people can do while it lasts.")

    class Meta:
        model = Phase
        fields = (
            "uuid",
            "budget",
            "kind",
            "title",
            "description",
            "language",
            "starts_at",
            "ends_at",
            "stage",
            "opens",
        )

    def get_title(self, phase: Phase) -> str:
        return word(phase, "title") or str(phase.get_kind_display())

    def get_description(self, phase: Phase) -> str:
        return word(phase, "description")

    def get_language(self, phase: Phase) -> str | None:
        return language(phase)

    def get_stage(self, phase: Phase) -> serializers.ChoiceField(choices=[one.value for one in Stage]):
        return stage(phase, self.context["at"]).value

    def get_opens(self, phase: Phase) -> serializers.ListField(child=serializers.ChoiceField(choices=Opening.choices)):
        return sorted(opening.value for opening in phase.openings)


class PhaseFilter(django_filters.FilterSet):
    budget = django_filters.CharFilter("budget__slug", help_text="A budget's slug.")
    kind = django_filters.ChoiceFilter(choices=PhaseKind.choices)


class PhaseViewSet(PublicViewSet):
    """The phases of published budgets, in the order of time."""

    serializer_class = PhaseOutput
    filterset_class = PhaseFilter
    queryset = Phase.objects.public().with_texts().select_related("budget").order_by("starts_at", "pk")

    def get_serializer_context(self) -> dict[str, object]:
        return super().get_serializer_context() | {"at": timezone.now()}
