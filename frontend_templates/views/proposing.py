"""Proposing in short steps. Every step is kept as it is answered, and can be gone back to."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frontend_templates.proposing.access import budget_for_proposals, own_proposal
from frontend_templates.proposing.forms import (
    AltForm,
    AnswersForm,
    CostForm,
    DocumentForm,
    IdeaForm,
    PhotoForm,
    PlaceForm,
)
from frontend_templates.proposing.keeping import MOST_SIMILAR, goes_on_later, is_still_written, kept, may_be_empty
from frontend_templates.proposing.pages import READ_AND_WRITE, for_the_signed_in, sent
from frontend_templates.proposing.steps import as_key, steps
from frontend_templates.proposing.trap import TrapForm
from participation.actions.proposal_documents import MOST_DOCUMENTS, add_document, remove_document
from participation.actions.proposal_photos import MOST_PHOTOS, add_photo, describe_photo, remove_photo
from participation.actions.proposals import refuse, save_draft, submit
from participation.choices import ProposalStatus
from participation.eligibility import refusal_to_edit, refusal_to_propose, refusal_to_submit, refusal_to_take_part
from participation.models import Budget, CitizenGroup, PriceHint, Proposal
from participation.models.similar import similar_to
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of

QUESTIONS = {"idea": IdeaForm, "place": PlaceForm, "cost": CostForm}
FAULTS_OF_DOCUMENTS = {
    *(Refusal.DOCUMENT_UNREADABLE, Refusal.DOCUMENT_TOO_LARGE, Refusal.DOCUMENT_ACTIVE, Refusal.TITLE_MISSING)
}
SHOWING_SIMILAR = ("idea", "place")
AFTER = {"idea": "place", "place": "cost", "cost": "photo"}


@for_the_signed_in
@READ_AND_WRITE
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """The first step. The key in the form makes one draft of it, however often it is sent."""
    budget, key = budget_for_proposals(slug), as_key(request.POST.get("key")) or uuid4()
    trap = TrapForm(sent(request), person=request.user)
    if not trap.is_valid():
        refuse(refusal_to_propose(budget, standing_of(request.user, budget), timezone.now()))
    form = IdeaForm(sent(request), budget=budget, may_be_empty=may_be_empty(request))
    if trap.is_bound and not trap.is_valid():
        form.add_error(None, trap.faults)
    if request.method == "POST" and form.is_valid():
        save(request, budget, key, form)
        return after(request, slug, key, "idea")
    context = {"budget": budget, "form": form, "key": key, "trap": trap, "steps": steps("idea", None)}
    return render(request, "participation/proposals/question.html", context)


def save(request: HttpRequest, budget: Budget, key: UUID, form: AnswersForm) -> None:
    save_draft(
        actor=request.user,
        budget=budget,
        key=key,
        answers=form.answers(),
        at=timezone.now(),
        quietly=is_still_written(request),
    )


def after(request: HttpRequest, slug: str, key: UUID, step: str) -> HttpResponse:
    if is_still_written(request):
        return kept(request, slug, key, step)
    if goes_on_later(request):
        return redirect("my_proposals", slug)
    if request.GET.get("then") == "check":
        return redirect("proposal_check", slug, key)
    if AFTER[step] == "photo":
        return redirect("proposal_photos", slug, key)
    return redirect("proposal_step", slug, key, AFTER[step])


@for_the_signed_in
@READ_AND_WRITE
def question(request: HttpRequest, slug: str, uuid: UUID, step: str) -> HttpResponse:
    """One of the first three steps of a draft."""
    if step not in QUESTIONS:
        raise Http404
    proposal = own_proposal(slug, uuid, request.user)
    if proposal.status != ProposalStatus.DRAFT:
        return redirect("proposal_edit", slug, proposal.public_number)
    form: AnswersForm = QUESTIONS[step](
        sent(request), budget=proposal.budget, proposal=proposal, may_be_empty=may_be_empty(request)
    )
    if request.method == "POST" and form.is_valid():
        save(request, proposal.budget, uuid, form)
        return after(request, slug, uuid, step)
    context = {"budget": proposal.budget, "proposal": proposal, "form": form, "steps": steps(step, proposal)}
    if step == "cost":
        context["prices"] = PriceHint.objects.for_budget(proposal.budget)
    if step in SHOWING_SIMILAR:
        context["similar"] = similar_to(proposal)[:MOST_SIMILAR]
    return render(request, "participation/proposals/question.html", context)


@for_the_signed_in
@READ_AND_WRITE
def photos(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    proposal = own_proposal(slug, uuid, request.user)
    is_document = request.POST.get("do") == "document"
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" and not is_document else PhotoForm()
    document_form = DocumentForm(request.POST, request.FILES) if is_document else DocumentForm()
    if form.is_bound and form.is_valid() and photo_is_kept(request, proposal, form):
        return redirect("proposal_photos", slug, uuid)
    if is_document and document_form.is_valid() and document_is_kept(request, proposal, document_form):
        return redirect("proposal_photos", slug, uuid)
    context = {
        "budget": proposal.budget,
        "proposal": proposal,
        "form": form,
        "document_form": document_form,
        "has_room": len(proposal.photos.all()) < MOST_PHOTOS,
        "has_room_for_documents": len(proposal.documents.all()) < MOST_DOCUMENTS,
        "steps": steps("photo", proposal),
    }
    return render(request, "participation/proposals/photos.html", context)


def photo_is_kept(request: HttpRequest, proposal: Proposal, form: PhotoForm) -> bool:
    said = form.cleaned_data
    try:
        add_photo(
            actor=request.user,
            proposal=proposal,
            data=said["photo"].read(),
            alt=said["alt"],
            may_publish=said["may_publish"],
            at=timezone.now(),
        )
    except ActionRefused as refused:
        if refused.refusal not in {Refusal.PHOTO_UNREADABLE, Refusal.PHOTO_TOO_LARGE, Refusal.ALT_MISSING}:
            raise
        form.add_error("alt" if refused.refusal is Refusal.ALT_MISSING else "photo", refused.refusal.label)
        return False
    return True


def document_is_kept(request: HttpRequest, proposal: Proposal, form: DocumentForm) -> bool:
    said = form.cleaned_data
    try:
        add_document(
            actor=request.user,
            proposal=proposal,
            data=said["document"].read(),
            title=said["title"],
            may_publish=said["may_publish_document"],
            at=timezone.now(),
        )
    except ActionRefused as refused:
        if refused.refusal not in FAULTS_OF_DOCUMENTS:
            raise
        form.add_error("title" if refused.refusal is Refusal.TITLE_MISSING else "document", refused.refusal.label)
        return False
    return True


@for_the_signed_in
@require_POST
def document_removed(request: HttpRequest, slug: str, uuid: UUID, document: UUID) -> HttpResponse:
    found = own_proposal(slug, uuid, request.user).documents.filter(uuid=document).first()
    if found is not None:
        remove_document(actor=request.user, document=found, at=timezone.now())
    return redirect("proposal_photos", slug, uuid)


@for_the_signed_in
@READ_AND_WRITE
def photo_described(request: HttpRequest, slug: str, uuid: UUID, photo: UUID) -> HttpResponse:
    proposal = own_proposal(slug, uuid, request.user)
    found = get_object_or_404(proposal.photos.all(), uuid=photo)
    refuse(refusal_to_edit(proposal, standing_of(request.user, proposal.budget), timezone.now()))
    form = AltForm(sent(request), initial={"alt": found.alt})
    if request.method == "POST" and form.is_valid():
        describe_photo(actor=request.user, photo=found, alt=form.cleaned_data["alt"], at=timezone.now())
        return redirect("proposal_photos", slug, uuid)
    context = {"budget": proposal.budget, "proposal": proposal, "photo": found, "form": form}
    return render(request, "participation/proposals/photo_words.html", context)


@for_the_signed_in
@require_POST
def photo_removed(request: HttpRequest, slug: str, uuid: UUID, photo: UUID) -> HttpResponse:
    proposal = own_proposal(slug, uuid, request.user)
    found = next((one for one in proposal.photos.all() if one.uuid == photo), None)
    if found is not None:
        remove_photo(actor=request.user, photo=found, at=timezone.now())
    return redirect("proposal_photos", slug, uuid)


@for_the_signed_in
@READ_AND_WRITE
def check(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """All answers once more, and handing in."""
    proposal = own_proposal(slug, uuid, request.user)
    if request.method == "POST":
        submit(actor=request.user, proposal=proposal, at=timezone.now())
        return redirect("proposal_done", slug, uuid)
    if proposal.status != ProposalStatus.DRAFT:
        return redirect("proposal_done", slug, uuid)
    at = timezone.now()
    is_own = proposal.author_id == request.user.pk
    refusal = refusal_to_submit(proposal, standing_of(request.user, proposal.budget), at) if is_own else None
    refusal = refusal or refusal_to_take_part(request.user, proposal.budget, at)
    context = {"budget": proposal.budget, "proposal": proposal, "refusal": refusal, "is_own": is_own}
    context |= {"steps": steps("check", proposal), "has_groups": CitizenGroup.objects.of(request.user).exists()}
    return render(request, "participation/proposals/check.html", context)


@for_the_signed_in
@require_safe
def done(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    proposal = own_proposal(slug, uuid, request.user)
    if proposal.status == ProposalStatus.DRAFT:
        return redirect("proposal_check", slug, uuid)
    context = {
        "budget": proposal.budget,
        "proposal": proposal,
        "next_phase": proposal.budget.next_phase(timezone.now()),
    }
    return render(request, "participation/proposals/done.html", context)
