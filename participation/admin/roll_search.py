"""Finding somebody on the roll at the desk: by their number in the register, or by what they declared of themselves."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.eligibility import pass_of, refusal_to_serve
from participation.models import Budget, Person, RollEntry, Station

MOST_FOUND = 20


class SearchForm(forms.Form):
    register_id = forms.CharField(label=gettext_lazy("Number in the register"), max_length=64, required=False)
    name = forms.CharField(label=gettext_lazy("or, without a register: name"), max_length=200, required=False)
    born = forms.DateField(
        label=gettext_lazy("and date of birth"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean(self) -> dict[str, object]:
        said = self.cleaned_data
        if not self.errors and not said["register_id"] and not (said["name"].strip() and said["born"]):
            raise ValidationError(_("Give a number of the register, or a name and a date of birth."))
        return said


@dataclass(frozen=True)
class Found:
    """`stations` are those to choose from for a mark; empty where the officer's pass says it."""

    entry: RollEntry
    stations: list[Station]


def budgets_served(person: Person, at: datetime) -> list[Budget]:
    """Those with a vote that takes marks, on whose roll the person may work now."""
    budgets = Budget.objects.filter(ballot_boxes__in=RollEntry.objects.taking_marks().values("box")).distinct()
    return [budget for budget in budgets.with_texts() if refusal_to_serve(person, budget, at) is None]


def found_on_roll(person: Person, budgets: list[Budget], said: dict, at: datetime) -> list[Found]:
    stations = {budget.pk: stations_to_choose(person, budget, at) for budget in budgets}
    entries = RollEntry.objects.taking_marks().filter(box__budget__in=budgets)
    if said["register_id"]:
        entries = entries.filter(register_id=said["register_id"].strip())
    else:
        entries = entries.declared_by(said["name"], said["born"])
    entries = entries.select_related("box__budget", "declaration__district")
    entries = entries.prefetch_related("box__texts", "box__budget__texts").order_by("declaration", "box_id", "barred")
    return [Found(entry, stations[entry.box.budget_id]) for entry in entries[:MOST_FOUND]]


def stations_to_choose(person: Person, budget: Budget, at: datetime) -> list[Station]:
    return [] if pass_of(person, budget, at) else list(budget.stations.all())
