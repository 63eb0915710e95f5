"""For moderators of one budget, who have no workspace: a comment, what was reported of it, and what to do with it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from frontend_templates.discussion.access import discussed
from frontend_templates.discussion.deciding import is_decided
from frontend_templates.discussion.forms import DecideForm
from frontend_templates.proposing.pages import for_the_signed_in, sent
from frontend_templates.views.moderation import refuse_others


@for_the_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def moderated(request: HttpRequest, slug: str, number: int, uuid: UUID) -> HttpResponse:
    proposal = discussed(slug, number)
    refuse_others(request.user, proposal.budget)
    comment = get_object_or_404(proposal.comments.with_everything(), uuid=uuid)
    form = DecideForm(sent(request))
    if request.method == "POST" and is_decided(request.user, form, comment):
        return redirect("proposals_waiting", slug)
    context = {
        "budget": proposal.budget,
        "proposal": proposal,
        "comment": comment,
        "flags": comment.flags.open().order_by("pk"),
        "form": form,
    }
    return render(request, "participation/discussion/moderate.html", context)
