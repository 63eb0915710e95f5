"""What the address of a list of proposals asks for. Words that mean nothing are passed over: a list is always shown."""

from collections.abc import Iterator, Mapping

from django import forms
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy, pgettext_lazy

from frontend_templates.project_filters import SEEDS, VIEWS, Link, Silent, choices
from participation.choices import CostBand, CostKind, ProposalStatus
from participation.cost_bands import band_label
from participation.models import Budget, Category, CategoryText, EnvelopeText
from participation.models.long_list import ORDERS, RANDOM, LongList
from participation.models.proposal import ProposalQuerySet
from participation.models.texts import identities_of

LONGEST_QUERY = 100
NAMES_OF_ORDERS = {
    "newest": gettext_lazy("Newest first"),
    "random": gettext_lazy("In random order"),
    "title": gettext_lazy("A to Z"),
    "supports": gettext_lazy("Most supported first"),
}
STATUSES = {
    "": ProposalStatus.PUBLISHED.label,
    "withdrawn": ProposalStatus.WITHDRAWN.label,
    "merged": ProposalStatus.MERGED.label,
    # Translators: in a list to choose from: proposals of every status.
    "all": pgettext_lazy("statuses of proposals", "All"),
}
NARROWING = ("q", "district", "envelope", "category", "status", "cost")


class FilterForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False)
    envelope = forms.ChoiceField(label=gettext_lazy("Envelope"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False, choices=STATUSES.items())
    cost = forms.ChoiceField(label=gettext_lazy("Cost"), required=False)
    order = forms.ChoiceField(label=gettext_lazy("Order"), required=False)
    view = forms.ChoiceField(required=False, choices=VIEWS.items(), widget=forms.HiddenInput)
    seed = forms.IntegerField(required=False, min_value=0, max_value=SEEDS - 1, widget=forms.HiddenInput)

    def __init__(self, query: Mapping[str, str], budget: Budget) -> None:
        super().__init__(query, auto_id="%s", error_class=Silent)
        used = Category.objects.filter(Exists(budget.proposals.public().filter(categories=OuterRef("pk"))))
        categories = identities_of(CategoryText.objects.filter(identity__in=used))
        envelopes = identities_of(
            EnvelopeText.objects.filter(identity__budget=budget).select_related("identity__district")
        )
        self.fields["envelope"].choices = choices(envelopes)
        [nothing, *_] = choices(())
        districts = {str(one.district.uuid): one.district.name for one in envelopes if one.district}
        by_name = sorted(districts.items(), key=lambda one: one[1])
        self.fields["district"].choices = [nothing, *by_name]
        self.fields["category"].choices = choices(categories)
        bands = [(band.value, band_label(band, budget.currency)) for band in CostBand]
        self.fields["cost"].choices = [nothing, *bands, (CostKind.UNKNOWN.value, gettext_lazy("Unknown"))]
        is_shown = budget.shows_supports
        self.fields["order"].choices = [one for one in NAMES_OF_ORDERS.items() if is_shown or one[0] != "supports"]
        for name in ("district", "envelope", "category"):
            if len(self.fields[name].choices) == 1:
                del self.fields[name]


class ProposalFilters:
    def __init__(self, query: QueryDict, budget: Budget) -> None:
        self.budget = budget
        self.query = {name: query[name][:LONGEST_QUERY] for name in (*FilterForm.base_fields, "page") if name in query}
        self.form = FilterForm(self.query, budget)
        self.form.is_valid()

    def asked(self, name: str) -> str:
        return self.form.cleaned_data.get(name) or ""

    @property
    def order(self) -> str:
        return self.asked("order") or "newest"

    @property
    def seed(self) -> int:
        return self.form.cleaned_data.get("seed") or 0

    @property
    def start(self) -> float:
        return self.seed / SEEDS

    @property
    def view(self) -> str:
        return self.asked("view") or "cards"

    def rows(self) -> ProposalQuerySet:
        """The public proposals of the budget that are asked for, in no order."""
        found = self.budget.proposals.public().with_words(self.asked("q"))
        if (status := self.asked("status") or ProposalStatus.PUBLISHED) != "all":
            found = found.filter(status=status)
        if self.asked("district"):
            found = found.filter(envelope__district__uuid=self.asked("district"))
        if self.asked("envelope"):
            found = found.filter(envelope__slug=self.asked("envelope"))
        if self.asked("category"):
            found = found.filter(categories__slug=self.asked("category"))
        if cost := self.asked("cost"):
            found = found.filter(cost_band="" if cost == CostKind.UNKNOWN else cost)
        return found

    def apply(self) -> ProposalQuerySet:
        """All of them in the order that is asked for, for files."""
        if self.order == RANDOM:
            return self.rows().shuffled_from(self.start)
        return self.rows().order_by(*ORDERS[self.order])

    def long_list(self, shown: ProposalQuerySet) -> LongList:
        """The same for pages, with what is `shown` of each."""
        along = {"budget": self.budget}
        return LongList(self.rows(), shown, self.order, along=along, query=self.asked("q"), start=self.start)

    @property
    def narrows(self) -> bool:
        """Whether something is asked for that may leave proposals out."""
        return any(self.asked(name) for name in NARROWING)

    @property
    def chips(self) -> Iterator[Link]:
        for name in NARROWING:
            if value := self.asked(name):
                said = value if name == "q" else dict(self.form.fields[name].choices)[value]
                yield Link(str(said), self.address(without=(name, "page")))

    @property
    def views(self) -> list[Link]:
        return [Link(str(label), self.address(view=name), name == self.view) for name, label in VIEWS.items()]

    @property
    def narrowed(self) -> str:
        """What follows the address of a file with the same proposals."""
        return self.address(without=("page", "view"))

    def address(self, without: tuple[str, ...] = (), **changed: str) -> str:
        """What is asked for, and nothing else that was sent."""
        kept = {name: value for name, value in self.query.items() if value and name not in without}
        return f"?{urlencode(kept | changed)}"
