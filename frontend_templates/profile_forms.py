from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from participation.locales import active_languages
from participation.models import Person
from participation.names import LONGEST

LONGEST_TYPED = 4 * LONGEST


class ProfileForm(forms.Form):
    """What the action refuses is said beside its field."""

    display_name = forms.CharField(
        label=_("Name that others see"),
        required=False,
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(label=_("Language of mails"), required=False)
    reminders = forms.BooleanField(
        label=_("Remind me of votes by e-mail"),
        help_text=_("A few mails a year. You can end it here at any time."),
        required=False,
    )

    def __init__(self, person: Person, data=None) -> None:
        initial = {name: getattr(person, name) for name in ("display_name", "language", "reminders")}
        super().__init__(data, initial=initial)
        names = [(code, get_language_info(code)["name_local"]) for code in active_languages()]
        self.fields["language"].choices = [("", _("That of the page")), *names]


class EraseForm(forms.Form):
    is_sure = forms.BooleanField(label=_("I want to delete my account, and I know that it cannot be brought back."))
