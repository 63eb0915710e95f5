"""Documents of a proposal: written anew before anything is stored, and forgotten with their files."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from participation.actions.proposals import follow_change, locked_proposal, refuse
from participation.actions.records import log
from participation.documents import Document, written_anew
from participation.eligibility import refusal_to_edit
from participation.folding import cleaned
from participation.models import Person, Proposal, ProposalDocument
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of

MOST_DOCUMENTS, LONGEST_DOCUMENT_TITLE = 3, 150


def add_document(
    *, actor: Person, proposal: Proposal, data: bytes, title: str, may_publish: bool, at: datetime
) -> ProposalDocument:
    """Adds a PDF under a title. The same document twice is kept once.

    Refused for a file that is too large, no PDF or able to act, without `title` or `may_publish`, and beyond three.
    """
    refuse(refusal_to_edit(proposal, standing_of(actor, proposal.budget), at))
    title = " ".join(cleaned(title).split())[:LONGEST_DOCUMENT_TITLE]
    if not title:
        raise ActionRefused(Refusal.TITLE_MISSING)
    if not may_publish:
        raise ActionRefused(Refusal.DOCUMENT_RIGHTS_MISSING)
    return keep_document(actor, proposal, written_anew(data), title, at)


@transaction.atomic
def keep_document(actor: Person, proposal: Proposal, made: Document, title: str, at: datetime) -> ProposalDocument:
    proposal = locked_proposal(proposal)
    refuse(refusal_to_edit(proposal, standing_of(actor, proposal.budget), at))
    there: list[ProposalDocument] = list(proposal.documents.all())
    if same := next((one for one in there if one.sha256 == made.sha256), None):
        return same
    if len(there) >= MOST_DOCUMENTS:
        raise ActionRefused(Refusal.TOO_MANY_DOCUMENTS)
    document = ProposalDocument(
        proposal=proposal,
        title=title,
        may_publish=True,
        sha256=made.sha256,
        pages=made.pages,
        size=len(made.data),
        added_at=at,
    )
    store_file(document, made)
    changed(actor, proposal, "add_document", document, at)
    return document


def store_file(document: ProposalDocument, made: Document) -> None:
    """Files know no transactions: that of a document that cannot be kept is taken away again."""
    try:
        document.file.save(f"{document.uuid}.pdf", ContentFile(made.data), save=False)
        document.save()
    except BaseException:
        document.forget_files()
        raise


def changed(actor: Person, proposal: Proposal, verb: str, document: ProposalDocument, at: datetime) -> None:
    log(actor=actor, verb=verb, subject=proposal, at=at, document=str(document.uuid))
    follow_change(proposal, at)


@transaction.atomic
def remove_document(*, actor: Person, document: ProposalDocument, at: datetime) -> None:
    """Forgets a document and its file. Refused like a change of the proposal."""
    proposal = locked_proposal(document.proposal)
    refuse(refusal_to_edit(proposal, standing_of(actor, proposal.budget), at))
    if proposal.documents.filter(pk=document.pk).delete()[0]:
        transaction.on_commit(document.forget_files)
        changed(actor, proposal, "remove_document", document, at)
