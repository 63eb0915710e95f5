"""Sheets of supports on paper, entered by officers."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frontend_templates.proposing.access import seen_proposal
from frontend_templates.proposing.pages import READ_AND_WRITE, for_the_signed_in, sent
from participation.actions.proposals import refuse
from participation.actions.supports import MOST_SIGNATURES, enter_sheet, remove_sheet
from participation.eligibility import refusal_to_enter_sheet
from participation.models.support import LONGEST_NUMBER
from participation.refusals import ActionRefused, Refusal


class SheetForm(forms.Form):
    number = forms.CharField(label=_("Number of the sheet"), max_length=LONGEST_NUMBER)
    signatures = forms.IntegerField(label=_("Valid signatures"), min_value=1, max_value=MOST_SIGNATURES)


@for_the_signed_in
@READ_AND_WRITE
def sheets(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What was entered for a proposal, and one sheet more; with `remove` one less."""
    proposal, at = seen_proposal(slug, number, request.user), timezone.now()
    refuse(refusal_to_enter_sheet(proposal, request.user, at))
    if request.POST.get("remove", "").isdecimal():
        sheet = get_object_or_404(proposal.sheets, pk=request.POST["remove"][:18])
        remove_sheet(actor=request.user, sheet=sheet, at=at)
        return redirect("proposal_sheets", slug, number)
    form = SheetForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            enter_sheet(actor=request.user, proposal=proposal, at=at, **form.cleaned_data)
        except ActionRefused as refused:
            if refused.refusal is not Refusal.SHEET_KNOWN:
                raise
            form.add_error("number", refused.refusal.label)
        else:
            return redirect("proposal_sheets", slug, number)
    context = {"budget": proposal.budget, "proposal": proposal, "form": form, "sheets": proposal.sheets.all()}
    return render(request, "participation/proposals/sheets.html", context)
