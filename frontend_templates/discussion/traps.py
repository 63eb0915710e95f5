"""Forms that machines fall for: a field that people do not see, and a signed moment at which the form was given out."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext_lazy as _

from participation.models import Person
from participation.refusals import ActionRefused, Refusal

QUICKEST_SECONDS, SLOWEST_SECONDS = 2, 24 * 3600
TRAP, STAMP = "website", "stamp"
signer = TimestampSigner(salt="form of a discussion")


class TrappedForm(forms.Form):
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, data, *, person: Person, **options) -> None:
        self.fresh = signer.sign(str(person.pk))
        self.person = person
        initial = {STAMP: self.fresh, **options.pop("initial", {})}
        super().__init__(data, initial=initial, auto_id="%s", use_required_attribute=False, **options)

    def visible_fields(self) -> list[forms.BoundField]:
        return [field for field in super().visible_fields() if field.name != TRAP]

    @property
    def trap(self) -> forms.BoundField:
        return self[TRAP]

    def clean(self) -> dict[str, object]:
        if self.data.get(TRAP):
            raise ActionRefused(Refusal.LOOKS_LIKE_SPAM)
        self.check_stamp(str(self.data.get(STAMP, "")))
        return super().clean()

    def check_stamp(self, stamp: str) -> None:
        """A form that is sent too fast, or after a day, is shown once more with all that was written."""
        if not is_given_to(self.person, stamp, SLOWEST_SECONDS):
            self.data = {**self.data.dict(), STAMP: self.fresh}
            raise ValidationError(_("This form was open for very long. Look at it once more and send it again."), "old")
        if is_given_to(self.person, stamp, QUICKEST_SECONDS):
            raise ValidationError(_("That was very fast. Look at it once more and send it again."), "fast")


def is_given_to(person: Person, stamp: str, seconds: int) -> bool:
    """Whether this person got the form at most so long ago."""
    try:
        return signer.unsign(stamp, max_age=seconds) == str(person.pk)
    except BadSignature:
        return False
