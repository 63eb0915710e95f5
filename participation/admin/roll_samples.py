"""The auditor's screen: a sample of a sealed roll, to ask people whether they took part."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participation.actions.roll_samples import MOST_SAMPLED, sample_roll
from participation.admin.desk import allow
from participation.models import BallotBox
from participation.refusals import ActionRefused

PERMISSION = "participation.view_rollentry"


class SampleForm(forms.Form):
    box = forms.ModelChoiceField(label=_("Vote"), queryset=BallotBox.objects.none())
    value = forms.CharField(
        label=_("Value that draws the sample"),
        max_length=200,
        help_text=_("Such as the numbers of dice thrown before witnesses. The same value draws the same people again."),
    )
    size = forms.IntegerField(label=_("How many people"), min_value=1, max_value=MOST_SAMPLED, initial=50)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["box"].queryset = BallotBox.objects.with_sealed_roll().with_texts()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sample(request: HttpRequest) -> HttpResponse:
    allow(request, PERMISSION)
    form, entries = SampleForm(request.POST or None), None
    if form.is_valid():
        try:
            entries = sample_roll(actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, refused.refusal.label)
    return render(request, "participation/admin/roll_sample.html", {"form": form, "entries": entries})
