"""Who sees which proposal on the site: what is not public is not there for others."""

from uuid import UUID

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404

from participation.models import Budget, BudgetText, Person, Proposal, ProposalDocument
from participation.models.texts import identities_of
from participation.standing import standing_of


def budget_for_proposals(slug: str) -> Budget:
    """With its words in the same query, and its phases without theirs."""
    texts = BudgetText.objects.filter(identity__in=Budget.objects.public(), identity__slug=slug)
    found = identities_of(texts)
    budget = found[0] if found else get_object_or_404(Budget.objects.public(), slug=slug)
    prefetch_related_objects([budget], "phases")
    return budget


def all_of(slug: str):
    shown = Proposal.objects.with_everything().prefetch_related("budget__texts", "budget__phases__texts")
    return shown.filter(budget__slug=slug, budget__in=Budget.objects.public())


def seen_proposal(slug: str, number: int, person: Person | None) -> Proposal:
    """The proposal with this number as the person may see it. 404 for what is not there for them.

    It says whether it `has_documents` and `took_others`, so that a page asks for them only when there are some.
    """
    documents = ProposalDocument.objects.filter(proposal=OuterRef("pk"))
    others = Proposal.objects.filter(merged_into=OuterRef("pk"))
    found = all_of(slug).with_co_authors().annotate(has_documents=Exists(documents), took_others=Exists(others))
    proposal = get_object_or_404(found, public_number=number)
    if proposal.is_public:
        return proposal
    if person and proposal.is_seen_by(person, moderates=standing_of(person, proposal.budget).moderates):
        return proposal
    raise Http404


def own_proposal(slug: str, uuid: UUID, person: Person) -> Proposal:
    """One of which the person is author or co-author."""
    return get_object_or_404(all_of(slug).with_co_authors().written_by(person), uuid=uuid)
