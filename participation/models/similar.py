"""Proposals that are like another one: shown to who writes, so that they join in, and to who merges."""

from itertools import combinations

from django.db.models import Case, When

from participation.folding import folded
from participation.models.proposal import Proposal, ProposalQuerySet
from participation.models.searched_words import SearchedWords

TELLING, MOST_WORDS, MOST_COMPARED = 4, 6, 1_500


def similar_to(proposal: Proposal) -> ProposalQuerySet:
    """Other public ones of its budget that share two words of its title, or its only one; the nearest first.

    Compared are the newest MOST_COMPARED that hold such words anywhere, so that it costs the same for any budget.
    """
    words = sorted({word for word in folded(proposal.title).split() if len(word) >= TELLING}, key=len)[-MOST_WORDS:]
    if not words:
        return Proposal.objects.none()
    least = min(2, len(words))
    groups = [list(group) for group in combinations(words, least)]
    newest = SearchedWords.objects.newest_with_any(groups, MOST_COMPARED)
    compared = Proposal.objects.public().filter(budget=proposal.budget_id, pk__in=newest)
    shared = sum(Case(When(sort_key__contains=word, then=1), default=0) for word in words)
    return compared.exclude(pk=proposal.pk).alias(shared=shared).filter(shared__gte=least).order_by("-shared", "pk")
