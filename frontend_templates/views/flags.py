"""Reporting a proposal or a comment to the moderators."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend_templates.discussion.access import discussed, public_comment
from frontend_templates.discussion.forms import FlagForm
from frontend_templates.proposing.pages import for_the_signed_in, sent
from participation.actions.flags import flag
from participation.actions.proposals import refuse
from participation.choices import FlagReason
from participation.eligibility import refusal_to_flag
from participation.standing import voice_of


@for_the_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str, number: int, uuid: UUID | None = None) -> HttpResponse:
    """The proposal, or its comment `uuid`."""
    proposal, at = discussed(slug, number), timezone.now()
    comment = public_comment(proposal, uuid) if uuid else None
    subject = comment or proposal
    if request.method != "POST":
        refuse(refusal_to_flag(subject, voice_of(request.user, proposal.budget, at), at))
    form = FlagForm(sent(request), person=request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        flag(actor=request.user, subject=subject, reason=FlagReason(said["reason"]), note=said["note"], at=at)
        messages.success(request, _("Thank you. The moderators look at it."))
        return redirect("comments", slug, number)
    context = {"budget": proposal.budget, "proposal": proposal, "comment": comment, "form": form}
    return render(request, "participation/discussion/report.html", context)
