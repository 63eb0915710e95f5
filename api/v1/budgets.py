from datetime import datetime

from django.conf import settings
from django.utils import timezone
from rest_framework import serializers
from rest_framework.reverse import reverse

from api.fields import Money, language, money, word
from api.v1.phases import PhaseOutput
from api.views import PublicViewSet
from participation.models import Budget


class BudgetOutput(serializers.ModelSerializer):
    """One edition of participatory budgeting."""

    title = serializers.SerializerMethodField()
    introduction = serializers.SerializerMethodField()
    language = serializers.SerializerMethodField(help_text="The language the words are really in.")
    municipal_budget = serializers.SerializerMethodField(help_text="The town's whole budget.")
    share = serializers.SerializerMethodField(help_text="What people decide on.")
    phases = PhaseOutput(many=True)
    current_phase = serializers.SerializerMethodField(help_text="The phase of this moment, by its uuid.")
    next_phase = serializers.SerializerMethodField(help_text="The first phase still ahead, by its uuid.")
    links = serializers.SerializerMethodField()

    class Meta:
        model = Budget
        fields = (
            *("uuid", "slug", "title", "introduction", "language", "currency", "municipal_budget", "share"),
            *("phases", "current_phase", "next_phase", "links"),
        )

    def get_title(self, budget: Budget) -> str:
        return word(budget, "title")

    def get_introduction(self, budget: Budget) -> str:
        return word(budget, "introduction")

    def get_language(self, budget: Budget) -> str | None:
        return language(budget)

    def get_municipal_budget(self, budget: Budget) -> Money(allow_null=True):
        return money(budget.municipal_budget_minor, budget.currency)

    def get_share(self, budget: Budget) -> Money(allow_null=True):
        return money(budget.share_minor, budget.currency)

    def get_current_phase(self, budget: Budget) -> str | None:
        return uuid_of(budget.phase_at(self.at))

    def get_next_phase(self, budget: Budget) -> str | None:
        return uuid_of(budget.next_phase(self.at))

    def get_links(self, budget: Budget) -> dict[str, str]:
        request = self.context["request"]
        parts = {name: reverse(f"{name[:-1]}-list", request=request) for name in ("envelopes", "projects", "results")}
        lists = {name: f"{address}?budget={budget.slug}" for name, address in parts.items()}
        return lists | {"page": request.build_absolute_uri(f"/{settings.LANGUAGE_CODE}/budgets/{budget.slug}/")}

    @property
    def at(self) -> datetime:
        return self.context["at"]


def uuid_of(phase) -> str | None:
    return phase and str(phase.uuid)


class BudgetViewSet(PublicViewSet):
    """Published budgets, the newest first. One of them is found by its slug."""

    serializer_class = BudgetOutput
    lookup_field = "slug"
    lookup_value_converter = "slug"
    queryset = Budget.objects.public().newest_first().with_texts().with_phases()

    def get_serializer_context(self) -> dict[str, object]:
        return super().get_serializer_context() | {"at": timezone.now()}
