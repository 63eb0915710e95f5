import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend_templates.proposing.forms import WholeForm
from participation.models import Budget


class KeyingForm(WholeForm):
    """All questions of the paper, and to whom a letter goes."""

    field_order = ("workshop",)

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    workshop = forms.CharField(label=_("Workshop"), required=False, max_length=200)
    name = forms.CharField(
        label=_("Name of the author"), required=False, max_length=200, help_text=_("For letters alone.")
    )
    postal = forms.CharField(
        label=_("Address for letters"), required=False, max_length=300, help_text=_("For letters alone.")
    )

    def __init__(self, data, *, budget: Budget, workshop: str = "") -> None:
        super().__init__(data, budget=budget)
        self.fields["workshop"].initial = workshop[:200]


class ClaimForm(forms.Form):
    code = forms.CharField(
        label=_("Code of your letter"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"}),
    )
