from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.models import District

OLDEST = date(1900, 1, 1)


class DeclarationForm(forms.Form):
    name = forms.CharField(
        label=_("First and last name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    born = forms.DateField(
        label=_("Date of birth"), widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"})
    )
    address = forms.CharField(
        label=_("Address"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    district = forms.ModelChoiceField(
        label=_("District"), queryset=District.objects.none(), required=False, empty_label=_("I do not know")
    )
    scan = forms.FileField(
        label=_("Your proof"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=_("A photo or a PDF, at most 10 MB, such as an identity card. Cover what does not matter here."),
    )
    on_honour = forms.BooleanField(label=_("I declare on my honour that this is true, and that I enter myself once."))

    def __init__(self, *args, asks_for_proof: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not asks_for_proof:
            del self.fields["scan"]
        self.fields["district"].queryset = District.objects.all()
        if not District.objects.exists():
            del self.fields["district"]

    def clean_born(self) -> date:
        born: date = self.cleaned_data["born"]
        if not OLDEST <= born <= timezone.localdate():
            raise ValidationError(_("This cannot be your date of birth."))
        return born

    @property
    def words(self) -> dict[str, object]:
        words = {name: self.cleaned_data[name] for name in ("name", "born", "address")}
        scan = self.cleaned_data.get("scan")
        return words | {"district": self.cleaned_data.get("district"), "scan": scan.read() if scan else b""}
