from django import forms
from django.utils.translation import gettext_lazy as _

from participation.choices import GroupKind
from participation.models import CitizenGroup, Person
from participation.names import LONGEST


class GroupForm(forms.Form):
    kind = forms.ChoiceField(label=_("What are you?"), choices=GroupKind.choices)
    name = forms.CharField(
        label=_("Name of the group"), max_length=4 * LONGEST, help_text=_("Everybody sees it beside what you write.")
    )
    is_adult = forms.BooleanField(label=_("I am an adult, and I speak for this group."))


def in_whose_name(person: Person) -> forms.ChoiceField | None:
    """To choose between oneself and one's groups; None for whoever speaks for none."""
    groups = list(CitizenGroup.objects.of(person))
    if not groups:
        return None
    own = ("", _("In my own name"))
    return forms.ChoiceField(
        label=_("In whose name?"), required=False, choices=[own, *((str(one.uuid), one.public_name) for one in groups)]
    )


class NameForm(forms.Form):
    def __init__(self, data, *, person: Person, initial: str) -> None:
        super().__init__(data, initial={"group": initial}, auto_id="%s", use_required_attribute=False)
        self.fields["group"] = in_whose_name(person) or forms.CharField(required=False, widget=forms.HiddenInput)


def chosen_group(person: Person, uuid: str) -> CitizenGroup | None:
    """None for one's own name. What is chosen was offered, so it is one of the person's."""
    return CitizenGroup.objects.of(person).get(uuid=uuid) if uuid else None
