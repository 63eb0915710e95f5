"""Photos of a proposal: made anew before anything is stored, and forgotten with their files."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from participation.actions.proposals import follow_change, locked_proposal, refuse
from participation.actions.records import log
from participation.eligibility import refusal_to_edit
from participation.folding import cleaned
from participation.models import Person, Proposal, ProposalPhoto
from participation.pictures import Picture, made_anew
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of

MOST_PHOTOS, LONGEST_ALT = 3, 200


def add_photo(
    *, actor: Person, proposal: Proposal, data: bytes, alt: str, may_publish: bool, at: datetime
) -> ProposalPhoto:
    """Adds a photo of which `alt` says what it shows. The same photo twice is kept once.

    Refused for a file that is too large or no photo, without `alt` or `may_publish`, and beyond three photos.
    """
    refuse(refusal_to_edit(proposal, standing_of(actor, proposal.budget), at))
    alt = said_in(alt)
    if not may_publish:
        raise ActionRefused(Refusal.RIGHTS_MISSING)
    return keep_photo(actor, proposal, made_anew(data), alt, at)


def said_in(alt: str) -> str:
    words = cleaned(alt)[:LONGEST_ALT]
    if not words:
        raise ActionRefused(Refusal.ALT_MISSING)
    return words


@transaction.atomic
def keep_photo(actor: Person, proposal: Proposal, picture: Picture, alt: str, at: datetime) -> ProposalPhoto:
    proposal = locked_proposal(proposal)
    refuse(refusal_to_edit(proposal, standing_of(actor, proposal.budget), at))
    photos = list(proposal.photos.all())
    if same := next((one for one in photos if one.sha256 == picture.sha256), None):
        return same
    if len(photos) >= MOST_PHOTOS:
        raise ActionRefused(Refusal.TOO_MANY_PHOTOS)
    photo = ProposalPhoto(
        proposal=proposal,
        alt=alt,
        may_publish=True,
        sha256=picture.sha256,
        added_at=at,
        width=picture.width,
        height=picture.height,
    )
    store_files(photo, picture)
    changed(actor, proposal, "add_photo", photo, at)
    return photo


def store_files(photo: ProposalPhoto, picture: Picture) -> None:
    """Files know no transactions: those of a photo that cannot be kept are taken away again."""
    try:
        photo.large.save(f"{photo.uuid}-large.jpg", ContentFile(picture.large), save=False)
        photo.small.save(f"{photo.uuid}-small.jpg", ContentFile(picture.small), save=False)
        photo.save()
    except BaseException:
        photo.forget_files()
        raise


def changed(actor: Person, proposal: Proposal, verb: str, photo: ProposalPhoto, at: datetime) -> None:
    log(actor=actor, verb=verb, subject=proposal, at=at, photo=str(photo.uuid))
    follow_change(proposal, at)


@transaction.atomic
def describe_photo(*, actor: Person, photo: ProposalPhoto, alt: str, at: datetime) -> ProposalPhoto:
    """Says anew what a photo shows. Refused like a change of the proposal, and without words."""
    proposal, words = locked_proposal(photo.proposal), said_in(alt)
    refuse(refusal_to_edit(proposal, standing_of(actor, proposal.budget), at))
    if proposal.photos.filter(pk=photo.pk).exclude(alt=words).update(alt=words):
        photo.alt = words
        changed(actor, proposal, "describe_photo", photo, at)
    return photo


@transaction.atomic
def remove_photo(*, actor: Person, photo: ProposalPhoto, at: datetime) -> None:
    """Forgets a photo and its files. Refused like a change of the proposal."""
    proposal = locked_proposal(photo.proposal)
    refuse(refusal_to_edit(proposal, standing_of(actor, proposal.budget), at))
    if proposal.photos.filter(pk=photo.pk).delete()[0]:
        transaction.on_commit(photo.forget_files)
        changed(actor, proposal, "remove_photo", photo, at)
