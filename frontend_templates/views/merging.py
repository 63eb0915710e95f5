"""For managers: merging a proposal into another, and taking that back."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frontend_templates.proposing.access import seen_proposal
from frontend_templates.proposing.pages import READ_AND_WRITE, for_the_signed_in
from participation.actions.merging import merge, unmerge
from participation.choices import ProposalStatus
from participation.eligibility import leads
from participation.models import Proposal
from participation.models.similar import similar_to
from participation.refusals import ActionRefused, Refusal

MOST_SIMILAR = 5


class MergeForm(forms.Form):
    number = forms.IntegerField(
        label=_("Number of the proposal that it goes into"), min_value=1, max_value=2_000_000_000
    )

    def __init__(self, data, *, proposal: Proposal) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        self.proposal = proposal

    def clean_number(self) -> int:
        others = self.proposal.budget.proposals.public().exclude(pk=self.proposal.pk)
        self.into = others.filter(public_number=self.cleaned_data["number"], status=ProposalStatus.PUBLISHED).first()
        if self.into is None:
            raise forms.ValidationError(Refusal.MERGE_ELSEWHERE.label)
        return self.cleaned_data["number"]


@for_the_signed_in
@READ_AND_WRITE
def merged(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    proposal, at = seen_proposal(slug, number, request.user), timezone.now()
    if not leads(request.user, proposal.budget):
        raise ActionRefused(Refusal.ROLE_MISSING)
    do = request.POST.get("do", "")
    if do == "undo":
        unmerge(actor=request.user, proposal=proposal, at=at)
        return redirect("proposal", slug, number)
    form = MergeForm(request.POST if do == "merge" else None, proposal=proposal)
    if form.is_bound and form.is_valid():
        merge(actor=request.user, proposal=proposal, into=form.into, at=at)
        return redirect("proposal", slug, number)
    similar = similar_to(proposal).filter(status=ProposalStatus.PUBLISHED)[:MOST_SIMILAR]
    context = {"budget": proposal.budget, "proposal": proposal, "form": form, "similar": similar}
    return render(request, "participation/proposals/merge.html", context)
