"""What people write in a discussion."""

from django import forms
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from frontend_templates.discussion.traps import TrappedForm
from frontend_templates.group_forms import in_whose_name
from participation.choices import DecisionOnWords, FlagReason
from participation.locales import active_languages
from participation.models import CannedReason
from participation.models.comment import LONGEST_COMMENT
from participation.models.moderation import LONGEST_NOTE, LONGEST_REASON


class CommentForm(TrappedForm):
    body = forms.CharField(
        label=_("Your comment"), max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 6})
    )
    language = forms.ChoiceField(label=_("Language in which you write"))
    officially = forms.BooleanField(label=_("This is the answer of the administration"), required=False)

    def __init__(self, data, *, may_be_official: bool, **options) -> None:
        super().__init__(data, **options)
        if names := in_whose_name(self.person):
            self.fields["group"] = names
        here = get_language()
        codes = dict.fromkeys([*active_languages(), here])
        self.fields["language"].choices = [(code, get_language_info(code)["name_local"]) for code in codes]
        self.fields["language"].initial = here
        if not may_be_official:
            del self.fields["officially"]


class EditForm(TrappedForm):
    body = forms.CharField(
        label=_("Your comment"), max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 6})
    )


class FlagForm(TrappedForm):
    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=FlagReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("In your own words"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecideForm(forms.Form):
    """All but blocking, which takes a role in the whole town."""

    do = forms.ChoiceField(
        label=_("Decision"), choices=[one for one in DecisionOnWords.choices if one[0] != DecisionOnWords.BLOCK]
    )
    canned = forms.ModelChoiceField(
        CannedReason.objects.none(), label=_("Reason from the list"), required=False, to_field_name="slug"
    )
    words = forms.CharField(
        label=_("Reason in your own words"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The author reads it."),
    )

    def __init__(self, data=None) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        self.fields["canned"].queryset = CannedReason.objects.with_texts()
