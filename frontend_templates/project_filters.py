"""What the address of a project list asks for. Words that mean nothing are passed over: a list is always shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from participation.models import Budget, Category

SEEDS = 16
COLUMNS = {
    "recorded": ("envelope_id", "recorded_order"),
    "cost": ("cost_minor", "pk"),
    "-cost": ("-cost_minor", "pk"),
    "number": ("public_number",),
}


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    address: str


@dataclass(frozen=True)
class View:
    """A way to look at the same list."""

    label: str
    address: str
    is_chosen: bool


class ProjectFilters:
    def __init__(self, query: QueryDict, budget: Budget) -> None:
        self.query, self.budget = query, budget
        self.envelope = self._known("envelope", [envelope.slug for envelope in self.budget_envelopes])
        self.category = self._known("category", [category.slug for category in self.budget_categories])
        self.order = self._known("order", [*COLUMNS, "random"]) or "recorded"
        self.view = self._known("view", ["cards", "table", "map"]) or "cards"
        seed = query.get("seed", "")
        self.seed = int(seed) if seed.isascii() and seed.isdigit() and len(seed) < 3 and int(seed) < SEEDS else 0

    def _known(self, name: str, values: list[str]) -> str:
        asked = self.query.get(name, "")
        return asked if asked in values else ""

    @cached_property
    def budget_envelopes(self) -> list:
        return list(self.budget.envelopes.with_texts())

    @cached_property
    def budget_categories(self) -> list[Category]:
        return list(Category.objects.filter(projects__budget=self.budget).distinct().with_texts())

    def apply(self, projects):
        if self.envelope:
            projects = projects.filter(envelope__slug=self.envelope)
        if self.category:
            projects = projects.filter(categories__slug=self.category)
        if self.order == "random":
            return projects.shuffled_from(self.seed / SEEDS)
        return projects.order_by(*COLUMNS[self.order])

    @property
    def envelopes(self) -> list[Choice]:
        return [Choice(one.slug, str(one), one.slug == self.envelope) for one in self.budget_envelopes]

    @property
    def categories(self) -> list[Choice]:
        return [Choice(one.slug, str(one), one.slug == self.category) for one in self.budget_categories]

    @property
    def orders(self) -> list[Choice]:
        labels = {
            "recorded": _("As on the ballot"),
            "cost": _("Cheapest first"),
            "-cost": _("Dearest first"),
            "number": _("By number"),
            "random": _("In random order"),
        }
        return [Choice(value, label, value == self.order) for value, label in labels.items()]

    @property
    def chips(self) -> Iterator[Chip]:
        for name, choices in (("envelope", self.envelopes), ("category", self.categories)):
            for choice in choices:
                if choice.is_chosen:
                    yield Chip(choice.label, self._address_without(name, "page"))

    @property
    def views(self) -> list[View]:
        labels = {"cards": _("Cards"), "table": _("Table"), "map": _("Map")}
        return [View(label, self._address_with("view", name), name == self.view) for name, label in labels.items()]

    def address_without_page(self) -> str:
        return self._address_without("page")

    def _address_with(self, name: str, value: str) -> str:
        query = self.query.copy()
        query[name] = value
        return f"?{query.urlencode()}"

    def _address_without(self, *names: str) -> str:
        query = self.query.copy()
        for name in names:
            query.pop(name, None)
        return f"?{query.urlencode()}"
