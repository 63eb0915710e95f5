"""Groups that take part under their own name: made in the profile, and chosen for a proposal."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from frontend_templates.group_forms import GroupForm, NameForm, chosen_group
from frontend_templates.proposing.access import own_proposal
from frontend_templates.proposing.pages import READ_AND_WRITE, for_the_signed_in, sent
from frontend_templates.views.profile import ones_own
from participation.actions.groups import leave_group, make_group
from participation.actions.proposals import edit
from participation.choices import GroupKind, ProposalStatus
from participation.models import CitizenGroup
from participation.refusals import ActionRefused, Refusal

FIELDS = {Refusal.NOT_ADULT: "is_adult", Refusal.TOO_MANY_GROUPS: None, Refusal.ACCOUNT_ERASED: None}


@ones_own
@require_http_methods(["GET", "HEAD", "POST"])
def own_groups(request: HttpRequest) -> HttpResponse:
    form = GroupForm(sent(request))
    if form.is_bound and form.is_valid() and is_made(request, form):
        return redirect("own_groups")
    return render(request, "account/groups.html", {"form": form, "groups": CitizenGroup.objects.of(request.user)})


def is_made(request: HttpRequest, form: GroupForm) -> bool:
    said = form.cleaned_data
    try:
        make_group(
            actor=request.user,
            kind=GroupKind(said["kind"]),
            name=said["name"],
            is_adult=said["is_adult"],
            at=timezone.now(),
        )
    except ActionRefused as refused:
        form.add_error(FIELDS.get(refused.refusal, "name"), refused.refusal.label)
        return False
    return True


@ones_own
@require_POST
def group_left(request: HttpRequest, uuid: UUID) -> HttpResponse:
    group = get_object_or_404(CitizenGroup.objects.of(request.user), uuid=uuid)
    leave_group(actor=request.user, group=group, at=timezone.now())
    return redirect("own_groups")


@for_the_signed_in
@READ_AND_WRITE
def proposal_name(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """In whose name an own proposal is."""
    proposal = own_proposal(slug, uuid, request.user)
    initial = str(proposal.group.uuid) if proposal.group else ""
    form = NameForm(sent(request), person=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        group = chosen_group(request.user, form.cleaned_data["group"])
        edit(actor=request.user, proposal=proposal, answers={"group": group}, at=timezone.now())
        if proposal.status == ProposalStatus.DRAFT:
            return redirect("proposal_check", slug, uuid)
        return redirect("proposal", slug, proposal.public_number)
    context = {"budget": proposal.budget, "proposal": proposal, "form": form}
    return render(request, "participation/proposals/name.html", context)
