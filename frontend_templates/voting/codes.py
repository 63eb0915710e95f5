from django import forms
from django.utils.translation import gettext_lazy as _

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
