"""While somebody proposes, they see what others have proposed already: shown, never in the way."""

import pytest
from django.test import Client

from participation.models import Proposal
from participation.models.similar import similar_to
from tests.factories.participation import make_person
from tests.factories.proposals import make_draft, make_open_budget, put_proposal

pytestmark = pytest.mark.django_db


def like(title: str, *others: str) -> list[str]:
    budget = make_open_budget()
    for other in others:
        put_proposal(budget, title=other)
    draft = make_draft(budget, title=title)
    return [one.title for one in similar_to(draft, Proposal.objects.public())]


@pytest.mark.parametrize(
    ("title", "others", "found"),
    [
        ("Trees for the Église square", ["More trees on the eglise square", "A skate park"], [0]),
        ("Trees", ["Two hundred trees", "A bench"], [0]),
        ("Trees on the market square", ["Trees on the square at the market", "A market square roof"], [0, 1]),
        ("Trees and benches", ["Trees", "Benches"], []),
        ("A B C", ["A B C"], []),
    ],
)
def test_two_shared_words_or_the_only_one(title, others, found):
    assert like(title, *others) == [others[place] for place in found]


def test_those_of_other_budgets_and_drafts_stay_out():
    budget = make_open_budget()
    put_proposal(make_open_budget(), title="Trees on the market")
    make_draft(budget, title="Trees on the market")
    assert not similar_to(make_draft(budget, title="Trees on the market"), Proposal.objects.public())


def test_they_are_shown_after_the_idea():
    budget, person, client = make_open_budget(), make_person(), Client()
    put_proposal(budget, title="Shady trees on the market")
    draft = make_draft(budget, person, title="Trees for the market")
    client.force_login(person)
    page = client.get(f"/en/budgets/{budget.slug}/proposals/own/{draft.uuid}/place/").content.decode()
    assert "Like yours" in page
    assert "Shady trees on the market" in page


def test_the_search_of_the_site_finds_public_proposals_alone():
    budget = make_open_budget()
    put_proposal(budget, title="A bench for storks")
    make_draft(budget, title="A nest for storks")
    page = Client().get("/en/search/", {"q": "STORKS bench"}).content.decode()
    assert "A bench for storks" in page
    assert "A nest for storks" not in Client().get("/en/search/", {"q": "storks"}).content.decode()
