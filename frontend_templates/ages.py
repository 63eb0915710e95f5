"""What is asked about age, in the moment in which it is needed."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from participation.refusals import Refusal

# Those to which the page on one's age has an answer.
ANSWERED_HERE = frozenset({Refusal.BIRTH_DATE_MISSING, Refusal.GUARDIAN_MISSING, Refusal.GUARDIAN_WAITS})


class BornForm(forms.Form):
    born = forms.DateField(
        label=_("Date of birth"),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}),
        help_text=_("Nobody else sees it. It is used for the rules on age alone, and deleted with your account."),
    )


class GuardianForm(forms.Form):
    contact = forms.EmailField(
        label=_("E-mail address of a parent or guardian"),
        max_length=254,
        help_text=_("They get a mail with a link and say yes or no. Nobody else sees the address."),
    )


def way_to_answer(request: HttpRequest) -> str:
    """The page on one's age, from which one comes back here."""
    return f"{reverse('own_age')}?{urlencode({'next': request.path})}"


def way_back(request: HttpRequest) -> str:
    """Where somebody came from, when that is on this site."""
    there = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return there if is_ours else ""
