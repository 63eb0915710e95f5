"""A town that already holds proposals comes to lists of any length, goes back, and comes again: nothing is lost."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from participation.actions.proposals import edit
from participation.models import Proposal, SearchedWords
from participation.models.long_list import LongList
from tests.factories.participation import make_person
from tests.factories.proposals import make_draft, make_open_budget, make_proposal


@pytest.fixture
def migrated(committed):
    def to(name: str = "") -> None:
        call_command("migrate", *(["participation", name] if name else []), verbosity=0)

    return to


def found(budget, query: str) -> list[str]:
    rows = budget.proposals.public().with_words(query)
    listed = LongList(rows, Proposal.objects.all(), "title", along={"budget": budget}, query=query)
    return [proposal.title for proposal in listed.between(0, 20)]


def test_proposals_survive_the_way_to_lists_of_any_length_and_back(migrated):
    budget, author = make_open_budget(), make_person(display_name="Ada")
    bench = make_proposal(budget, author, title="Éléphant bench")
    make_proposal(budget, title="A bench of stone")
    draft = make_draft(budget, author, title="Bench in a drawer")
    before = dict(SearchedWords.objects.values_list("proposal_id", "words"))

    for _ in range(2):
        migrated("0020")
        migrated()

    assert dict(SearchedWords.objects.values_list("proposal_id", "words")) == before
    assert found(budget, "elephant BENCH") == ["Éléphant bench"]
    assert found(budget, "bench") == ["A bench of stone", "Éléphant bench"]
    edit(actor=author, proposal=Proposal.objects.get(pk=bench.pk), answers={"title": "Fountain"}, at=timezone.now())
    assert (found(budget, "elephant"), found(budget, "fountain")) == ([], ["Fountain"])
    Proposal.objects.get(pk=draft.pk).delete()
    assert found(budget, "bench") == ["A bench of stone"]
