"""What staff write for each act on a vote, and what the second person reads of it."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.choices import ActKind
from participation.counting.money import exponent_of
from participation.eligibility import refusal_to_add_money
from participation.models import BallotBox, Project, Result, TwoPersonAct
from participation.money import format_money


class ActForm(forms.Form):
    """What two people need to know of an act on `box`."""

    def __init__(self, *args: Any, box: BallotBox, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.box = box

    @property
    def details(self) -> dict[str, object]:
        return self.cleaned_data


class Nothing(ActForm):
    """An act that needs no words."""


class ExtendForm(ActForm):
    until = forms.DateTimeField(
        label=gettext_lazy("New end"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    @property
    def details(self) -> dict[str, object]:
        moment: datetime = self.cleaned_data["until"]
        return {"until": moment.isoformat()}


class CorrectForm(ActForm):
    project = forms.IntegerField(label=gettext_lazy("Number of the project"), min_value=1)
    text = forms.CharField(label=gettext_lazy("Notice"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))


class AnnulForm(ActForm):
    reason = forms.CharField(label=gettext_lazy("Public reason"), max_length=2_000, widget=forms.Textarea)


class ResumeForm(ActForm):
    note = forms.CharField(
        label=gettext_lazy("Public note: from when voters must look at their ballot again"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DrawForm(ActForm):
    value = forms.CharField(label=gettext_lazy("Public value"), max_length=200)


class SealForm(ActForm):
    backups = forms.CharField(
        label=gettext_lazy("Backups, replicas and archives of the open period, and the day on which each expires"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PublishForm(ActForm):
    hour = forms.DateTimeField(
        label=gettext_lazy("Not before (empty for at once)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    @property
    def details(self) -> dict[str, object]:
        moment: datetime | None = self.cleaned_data["hour"]
        return {"hour": moment.isoformat() if moment else ""}


class CouncilForm(ActForm):
    on = forms.DateField(label=gettext_lazy("Day of the decision"), widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(
        label=gettext_lazy("What was decided"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, box: BallotBox, **kwargs: Any) -> None:
        super().__init__(*args, box=box, **kwargs)
        self.results = Result.objects.of_box(box).with_lines()
        self.left_out = [line.project for result in self.results for line in result.lines.all() if not line.funded]
        for project in self.left_out:
            self.fields[money_for(project)] = self.money_field(project)

    def money_field(self, project: Project) -> forms.DecimalField:
        currency = self.box.budget.currency
        cost = format_money(project.cost_minor, currency)
        return forms.DecimalField(
            label=_("Money it adds for %(number)s · %(project)s (%(cost)s)")
            % {"number": project.public_number, "project": project, "cost": cost},
            help_text=_("0 where what was left pays for it, empty where it is not built."),
            required=False,
            min_value=0,
            max_digits=15,
            decimal_places=exponent_of(currency),
        )

    def clean(self) -> dict[str, object]:
        if not self.errors and (refusal := refusal_to_add_money(self.results, self.added)):
            raise ValidationError(refusal.label)
        return self.cleaned_data

    @property
    def added(self) -> dict[int, int]:
        unit = 10 ** exponent_of(self.box.budget.currency)
        typed = {one.public_number: self.cleaned_data[money_for(one)] for one in self.left_out}
        return {number: int(amount * unit) for number, amount in typed.items() if amount is not None}

    @property
    def details(self) -> dict[str, object]:
        added = {str(number): minor for number, minor in self.added.items()}
        return {"on": self.cleaned_data["on"].isoformat(), "words": self.cleaned_data["words"], "added": added}


def money_for(project: Project) -> str:
    return f"money_{project.public_number}"


FORMS: dict[str, type[ActForm]] = {
    ActKind.FREEZE: Nothing,
    ActKind.EXTEND: ExtendForm,
    ActKind.CORRECT: CorrectForm,
    ActKind.ANNUL: AnnulForm,
    ActKind.RESUME: ResumeForm,
    ActKind.DRAW: DrawForm,
    ActKind.SEAL: SealForm,
    ActKind.PUBLISH: PublishForm,
    ActKind.CONFIRM: CouncilForm,
    ActKind.KEY_LOST: Nothing,
}


def words_of(act: TwoPersonAct, currency: str) -> list[tuple[str, str]]:
    """What was asked for, by the labels of its form."""
    labels = {name: str(field.label) for name, field in FORMS[act.kind].base_fields.items()}
    words = [(labels[name], str(value)) for name, value in act.details.items() if name in labels]
    money = act.details.get("added", {})
    # Translators: the council adds money for the project of this number.
    adds = _("Money it adds for number %(number)s")
    return words + [(adds % {"number": number}, format_money(minor, currency)) for number, minor in money.items()]
