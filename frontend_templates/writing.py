"""The forms by which readers write to the town and sign up for events. Nobody need be signed in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend_templates.discussion.traps import TrappedForm


class ContactForm(TrappedForm):
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    words = forms.CharField(label=_("Your message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))


class SignUpForm(TrappedForm):
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, help_text=_("We send you a mail with a link to cancel.")
    )
    needs = forms.CharField(
        label=_("What do you need to take part?"),
        max_length=300,
        required=False,
        help_text=_("A ramp, sign language, child care: whatever helps."),
    )
