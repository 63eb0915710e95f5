from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

LONGEST_WHOM = 254


class InviteForm(forms.Form):
    whom = forms.CharField(
        label=_("E-mail address or display name"),
        max_length=LONGEST_WHOM,
        help_text=_("They are asked first. Their name is shown beside yours only once they say yes."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, auto_id="%s", use_required_attribute=False, **options)

    def clean_whom(self) -> str:
        whom: str = self.cleaned_data["whom"]
        if "@" in whom:
            validate_email(whom)
        return whom


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of your invitation"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"}),
    )

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, auto_id="%s", use_required_attribute=False, **options)
