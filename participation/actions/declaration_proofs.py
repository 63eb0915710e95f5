"""Proofs that people send with a declaration: made anew, looked at by staff, deleted once it is decided."""

from datetime import datetime

from participation.actions.records import log
from participation.documents import START, written_anew
from participation.models import Declaration, DeclarationProof, Person
from participation.pictures import made_anew
from participation.refusals import ActionRefused, Refusal


def proof_made_anew(data: bytes) -> DeclarationProof:
    """Of a photo or a PDF, not stored yet. Refused for what is missing, too large, unreadable or able to act."""
    if not data:
        raise ActionRefused(Refusal.PROOF_MISSING)
    if data.startswith(START):
        return DeclarationProof(data=written_anew(data).data, is_pdf=True)
    return DeclarationProof(data=made_anew(data).large, is_pdf=False)


def look_at_proof(*, actor: Person, declaration: Declaration, at: datetime) -> DeclarationProof | None:
    """None where there is none any more. That somebody looked is logged, at whose proof is not."""
    proof = DeclarationProof.objects.filter(declaration=declaration).first()
    if proof:
        log(actor=actor, verb="look_at_proof", subject=declaration.budget, at=at)
    return proof
