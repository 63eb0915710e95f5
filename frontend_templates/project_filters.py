"""What the address of a project list asks for. Words that mean nothing are passed over: a list is always shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.forms.utils import ErrorList
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.models import Budget, Category

SEEDS = 16
COLUMNS = {
    "recorded": ("envelope_id", "recorded_order"),
    "cost": ("cost_minor", "pk"),
    "-cost": ("-cost_minor", "pk"),
    "number": ("public_number",),
}
ORDERS = {
    "recorded": gettext_lazy("As on the ballot"),
    "cost": gettext_lazy("Cheapest first"),
    "-cost": gettext_lazy("Dearest first"),
    "number": gettext_lazy("By number"),
    "random": gettext_lazy("In random order"),
}
VIEWS = {"cards": gettext_lazy("Cards"), "table": gettext_lazy("Table"), "map": gettext_lazy("Map")}


@dataclass(frozen=True)
class Link:
    """A filter that is on with the address without it, or a view with its own address."""

    label: str
    address: str
    is_chosen: bool = True


class Silent(ErrorList):
    """An address with a word that means nothing is no fault of the reader's: nothing is said of it."""

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[str]:
        return iter(())


class FilterForm(forms.Form):
    envelope = forms.ChoiceField(label=gettext_lazy("Envelope"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    order = forms.ChoiceField(label=gettext_lazy("Order"), required=False, choices=ORDERS.items())
    view = forms.ChoiceField(required=False, choices=VIEWS.items(), widget=forms.HiddenInput)
    seed = forms.IntegerField(required=False, min_value=0, max_value=SEEDS - 1, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, budget: Budget) -> None:
        super().__init__(query, auto_id="%s", error_class=Silent)
        categories = Category.objects.filter(projects__budget=budget).distinct().with_texts()
        self.fields["envelope"].choices = choices(budget.envelopes.with_texts())
        self.fields["category"].choices = choices(categories)
        if len(self.fields["category"].choices) == 1:
            del self.fields["category"]


def choices(identities) -> list[tuple[str, str]]:
    # Translators: in a list to choose from: all envelopes, or all categories.
    return [("", _("All")), *((one.slug, str(one)) for one in identities)]


class ProjectFilters:
    def __init__(self, query: QueryDict, budget: Budget) -> None:
        self.query = query
        self.form = FilterForm(query, budget)
        self.form.is_valid()

    def asked(self, name: str) -> str:
        return self.form.cleaned_data.get(name) or ""

    @property
    def order(self) -> str:
        return self.asked("order") or "recorded"

    @property
    def seed(self) -> int:
        return self.form.cleaned_data.get("seed") or 0

    @property
    def view(self) -> str:
        return self.asked("view") or "cards"

    def apply(self, projects):
        if self.asked("envelope"):
            projects = projects.filter(envelope__slug=self.asked("envelope"))
        if self.asked("category"):
            projects = projects.filter(categories__slug=self.asked("category"))
        if self.order == "random":
            return projects.shuffled_from(self.seed / SEEDS)
        return projects.order_by(*COLUMNS[self.order])

    @property
    def chips(self) -> Iterator[Link]:
        for name in ("envelope", "category"):
            if value := self.asked(name):
                label = dict(self.form.fields[name].choices)[value]
                yield Link(label, self.address(without=(name, "page")))

    @property
    def views(self) -> list[Link]:
        return [Link(str(label), self.address(view=name), name == self.view) for name, label in VIEWS.items()]

    def address(self, without: tuple[str, ...] = (), **changed: str) -> str:
        query = self.query.copy()
        for name in without:
            query.pop(name, None)
        for name, value in changed.items():
            query[name] = value
        return f"?{query.urlencode()}"
