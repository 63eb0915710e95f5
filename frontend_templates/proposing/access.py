"""Who sees which proposal on the site: what is not public is not there for others."""

from uuid import UUID

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404

from participation.models import Budget, BudgetText, CoAuthor, Person, Proposal, ProposalVersion
from participation.models.proposal import give_categories
from participation.models.proposal_document import give_files
from participation.models.texts import identities_of, known
from participation.standing import standing_of


def budget_for_proposals(slug: str) -> Budget:
    """With its words in the same query, and its phases without theirs."""
    texts = BudgetText.objects.filter(identity__in=Budget.objects.public(), identity__slug=slug)
    found = identities_of(texts)
    budget = found[0] if found else get_object_or_404(Budget.objects.public(), slug=slug)
    prefetch_related_objects([budget], "phases")
    return budget


MAY_HAVE = {
    "is_shared": Exists(CoAuthor.objects.filter(proposal=OuterRef("pk"))),
    "took_others": Exists(Proposal.objects.filter(merged_into=OuterRef("pk"))),
    "was_changed": Exists(ProposalVersion.objects.filter(proposal=OuterRef("pk"), number__gt=1)),
}


def all_of(slug: str):
    shown = Proposal.objects.with_everything().prefetch_related("budget__texts", "budget__phases__texts")
    return shown.filter(budget__slug=slug, budget__in=Budget.objects.public())


def seen_proposal(slug: str, number: int, person: Person | None) -> Proposal:
    """The proposal with this number as the person may see it. 404 for what is not there for them.

    It says whether it `took_others` and `was_changed`, so that a page asks for them only when there are some.
    """
    budget = budget_for_proposals(slug)
    shown = budget.proposals.select_related("author", "group", "envelope__district", "merged_into")
    proposal = get_object_or_404(shown.annotate(**MAY_HAVE), public_number=number)
    give_categories([proposal])
    give_files([proposal])
    known(proposal, "co_authors", list(proposal.co_authors.select_related("person")) if proposal.is_shared else [])
    if proposal.envelope:
        prefetch_related_objects([proposal.envelope], "texts")
    if proposal.merged_into:
        proposal.merged_into.budget = budget
    if proposal.is_public or is_seen_by(proposal, person):
        return proposal
    raise Http404


def is_seen_by(proposal: Proposal, person: Person | None) -> bool:
    standing = standing_of(person, proposal.budget)
    return person is not None and proposal.is_seen_by(person, moderates=standing.moderates)


def own_proposal(slug: str, uuid: UUID, person: Person) -> Proposal:
    """One of which the person is author or co-author."""
    return get_object_or_404(all_of(slug).with_co_authors().written_by(person), uuid=uuid)
