"""Authors who press twice, and many of them at the same moment."""

import uuid

from participation.actions.proposals import save_draft, submit
from participation.models import Proposal, ProposalVersion
from tests.factories.participation import make_person
from tests.factories.proposals import answers, make_draft, make_open_budget
from tests.participation.proposals.at_once import at_once

MANY = 8


def test_numbers_are_given_once_each(committed):
    budget = make_open_budget()
    drafts = [make_draft(budget) for _ in range(MANY)]
    at_once([(submit, {"actor": one.author, "proposal": one}) for one in drafts])
    numbers = Proposal.objects.order_by("public_number").values_list("public_number", flat=True)
    assert list(numbers) == list(range(1, MANY + 1))


def test_one_draft_is_handed_in_once(committed):
    draft = make_draft(make_open_budget())
    at_once([(submit, {"actor": draft.author, "proposal": draft})] * MANY)
    assert Proposal.objects.get().public_number == 1
    assert ProposalVersion.objects.count() == 1


def test_one_form_makes_one_draft(committed):
    budget, author = make_open_budget(), make_person()
    asked = {"actor": author, "budget": budget, "key": uuid.uuid4(), "answers": answers()}
    at_once([(save_draft, asked)] * MANY)
    assert Proposal.objects.count() == 1


def test_nobody_passes_the_limit_by_handing_in_at_once(committed):
    budget, author = make_open_budget(most_proposals=2), make_person()
    drafts = [make_draft(budget, author) for _ in range(MANY)]
    said = at_once([(submit, {"actor": author, "proposal": one}) for one in drafts])
    assert said.count("too_many_proposals") == MANY - 2
    assert Proposal.objects.public().count() == 2
