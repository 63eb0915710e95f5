"""The step of photos and documents: adding, describing and removing them, also once a proposal is handed in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from frontend_templates.acting import is_done
from frontend_templates.proposing.access import own_proposal
from frontend_templates.proposing.forms import AltForm, DocumentForm, PhotoForm
from frontend_templates.proposing.pages import READ_AND_WRITE, for_the_signed_in, sent
from frontend_templates.proposing.steps import steps
from participation.actions.proposal_documents import MOST_DOCUMENTS, add_document, remove_document
from participation.actions.proposal_photos import MOST_PHOTOS, add_photo, describe_photo, remove_photo
from participation.actions.proposals import refuse
from participation.eligibility import refusal_to_edit
from participation.models import Proposal
from participation.refusals import Refusal
from participation.standing import standing_of

FIELDS_OF_PHOTO = {
    Refusal.PHOTO_UNREADABLE: "photo",
    Refusal.PHOTO_TOO_LARGE: "photo",
    Refusal.ALT_MISSING: "alt",
}
FIELDS_OF_DOCUMENT = {
    Refusal.DOCUMENT_UNREADABLE: "document",
    Refusal.DOCUMENT_TOO_LARGE: "document",
    Refusal.DOCUMENT_ACTIVE: "document",
    Refusal.TITLE_MISSING: "title",
}


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
    return is_done(
        form,
        FIELDS_OF_PHOTO,
        lambda: add_photo(
            actor=request.user,
            proposal=proposal,
            data=said["photo"].read(),
            alt=said["alt"],
            may_publish=said["may_publish"],
            at=timezone.now(),
        ),
    )


def document_is_kept(request: HttpRequest, proposal: Proposal, form: DocumentForm) -> bool:
    said = form.cleaned_data
    return is_done(
        form,
        FIELDS_OF_DOCUMENT,
        lambda: add_document(
            actor=request.user,
            proposal=proposal,
            data=said["document"].read(),
            title=said["title"],
            may_publish=said["may_publish_document"],
            at=timezone.now(),
        ),
    )


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
