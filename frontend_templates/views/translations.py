"""A citizen's words as a machine says them in the reader's language, with the original beside them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms_pages.machines.failures import MachineFailed
from cms_pages.machines.readers import is_offered, translated
from frontend_templates.discussion.access import discussed, public_comment
from frontend_templates.sending_rates import count_sending
from participation.models import Comment, Proposal
from participation.refusals import ActionRefused

MOST_AN_HOUR = 60


@require_safe
def proposal_translation(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    proposal = discussed(slug, number)
    return in_other_words(request, proposal, proposal)


@require_safe
def comment_translation(request: HttpRequest, slug: str, number: int, uuid: UUID) -> HttpResponse:
    proposal = discussed(slug, number)
    return in_other_words(request, proposal, public_comment(proposal, uuid))


def in_other_words(request: HttpRequest, proposal: Proposal, subject: Proposal | Comment) -> HttpResponse:
    if not is_offered(subject.language, get_language()):
        raise Http404
    found, fault, status = None, "", 200
    try:
        found = translated(
            subject,
            get_language(),
            at=timezone.now(),
            count=lambda: count_sending(request, "translations", MOST_AN_HOUR),
        )
    except MachineFailed as failure:
        fault, status = str(failure), 503
    except ActionRefused as refused:
        fault, status = refused.refusal.label, 429
    context = {"budget": proposal.budget, "proposal": proposal, "subject": subject, "found": found, "fault": fault}
    response = render(request, "participation/proposals/translated.html", context, status=status)
    # Kept in the database alone, so that what is hidden is gone at once.
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
