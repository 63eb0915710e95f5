from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from participation.ballot_box.roll import hash_of_typed
from participation.refusals import ActionRefused

LONGEST = 60


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your personal code"),
        help_text=_("16 letters and digits, as in the letter. Spaces and dashes do not matter."),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )

    def clean_code(self) -> str:
        """A slip of the keys is told from a code by its check character: it is no guess."""
        code: str = self.cleaned_data["code"]
        try:
            hash_of_typed(code)
        except ActionRefused as refused:
            raise ValidationError(refused.refusal.label) from None
        return code


class CensusForm(forms.Form):
    document = forms.CharField(
        label=_("Number of your identity document"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}),
    )
    born = forms.DateField(
        label=_("Date of birth"), widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"})
    )
