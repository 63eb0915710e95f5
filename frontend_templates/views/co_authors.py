"""Co-authors: whom the author invites, and what the invited say to it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from frontend_templates.notices.pages import for_oneself
from frontend_templates.proposing.access import own_proposal
from frontend_templates.proposing.co_author_forms import CodeForm, InviteForm
from frontend_templates.proposing.pages import READ_AND_WRITE, for_the_signed_in, sent
from frontend_templates.proposing.steps import as_key
from frontend_templates.voting.guesses import TooManyGuesses, count_guess, forgive_guess
from participation.actions.co_authors import (
    answer_invitation,
    claim_invitation,
    invitation_to,
    invite,
    leave,
    take_invitation_back,
)
from participation.eligibility import refusal_to_invite
from participation.models import Invitation, Proposal
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of

SAID_ON_THE_FORM = {Refusal.INVITED_UNKNOWN, Refusal.INVITED_ALREADY, Refusal.TOO_FAST}


@for_the_signed_in
@READ_AND_WRITE
def co_authors(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """For the author: inviting and taking back. For a co-author: leaving."""
    proposal, at = own_proposal(slug, uuid, request.user), timezone.now()
    do = request.POST.get("do", "")
    form = InviteForm(request.POST if do == "invite" else None)
    if request.method == "POST" and (do != "invite" or form.is_valid()) and is_done(request, proposal, do, form):
        return redirect("my_proposals", slug) if do == "leave" else redirect("proposal_co_authors", slug, uuid)
    is_own = proposal.author_id == request.user.pk
    still_open = list(proposal.invitations.open_at(at).select_related("person")) if is_own else []
    context = {
        "budget": proposal.budget,
        "proposal": proposal,
        "form": form,
        "is_own": is_own,
        "invitations": still_open,
        "refusal": refusal_to_invite(proposal, standing_of(request.user, proposal.budget), at, invited=len(still_open)),
    }
    return render(request, "participation/proposals/co_authors.html", context)


def is_done(request: HttpRequest, proposal: Proposal, do: str, form: InviteForm) -> bool:
    at = timezone.now()
    if do == "leave":
        leave(actor=request.user, proposal=proposal, at=at)
    elif do == "take_back":
        asked = proposal.invitations.filter(uuid=as_key(request.POST.get("invitation"))).first()
        if asked is not None:
            take_invitation_back(actor=request.user, invitation=asked, at=at)
    elif do == "invite":
        return is_invited(request, proposal, form)
    return True


def is_invited(request: HttpRequest, proposal: Proposal, form: InviteForm) -> bool:
    try:
        invite(actor=request.user, proposal=proposal, whom=form.cleaned_data["whom"], at=timezone.now())
    except ActionRefused as refused:
        if refused.refusal not in SAID_ON_THE_FORM:
            raise
        form.add_error("whom", refused.refusal.label)
        return False
    return True


@for_oneself
@READ_AND_WRITE
def invitations(request: HttpRequest) -> HttpResponse:
    """One's own, to answer. The code of a mail makes its invitation one's own."""
    answer = request.POST.get("do", "")
    form = CodeForm(sent(request) if answer not in {"yes", "no"} else None)
    if answer in {"yes", "no"}:
        return answered(request, accepted=answer == "yes")
    if request.method == "POST" and form.is_valid() and is_claimed(request, form):
        return redirect("invitations")
    asked = Invitation.objects.to(request.user).open_at(timezone.now())
    context = {"form": form, "invitations": asked.select_related("proposal__budget", "inviter")}
    return render(request, "participation/proposals/invitations.html", context)


def answered(request: HttpRequest, *, accepted: bool) -> HttpResponse:
    key = as_key(request.POST.get("invitation"))
    asked = invitation_to(request.user, key) if key else None
    if asked is None:
        raise Http404
    answer_invitation(actor=request.user, invitation=asked, accepted=accepted, at=timezone.now())
    if not accepted:
        return redirect("invitations")
    return redirect("my_proposals", asked.proposal.budget.slug)


def is_claimed(request: HttpRequest, form: CodeForm) -> bool:
    try:
        count_guess(request)
        claim_invitation(actor=request.user, code=form.cleaned_data["code"], at=timezone.now())
    except ActionRefused as refused:
        form.add_error("code", refused.refusal.label)
    except TooManyGuesses:
        form.add_error(None, _("Too many codes were tried from here. Try again in an hour."))
    else:
        forgive_guess(request)
        return True
    return False
