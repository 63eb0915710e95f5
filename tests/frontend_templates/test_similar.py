"""While somebody proposes, they see what others have proposed already: shown, never in the way."""

import re

import pytest
from django.test import Client

from frontend_templates.discussion import traps
from participation.models import ActivityEntry, Budget, Proposal
from participation.models.similar import similar_to
from tests.factories.participation import make_person
from tests.factories.proposals import make_draft, make_open_budget, next_phase, put_proposal

pytestmark = pytest.mark.django_db
BASE = "/en/budgets/green/proposals/"


def like(title: str, *others: str) -> list[str]:
    budget = make_open_budget()
    for other in others:
        put_proposal(budget, title=other)
    draft = make_draft(budget, title=title)
    return [one.title for one in similar_to(draft)]


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
    assert not similar_to(make_draft(budget, title="Trees on the market"))


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


@pytest.fixture
def writing(monkeypatch):
    """Somebody at the first question, beside whom another has proposed something like it."""
    monkeypatch.setattr(traps, "QUICKEST_SECONDS", -1)
    budget, client = make_open_budget(slug="green"), Client()
    put_proposal(budget, title="Shady trees on the market")
    client.force_login(make_person())
    return client


def meanwhile(client: Client, address: str, **said):
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(key|stamp)" value="([^"]+)"', page))
    return client.post(address, {**hidden, "language": "en", "do": "meanwhile", **said})


def test_what_is_typed_is_kept_meanwhile_and_shows_similar_ones(writing):
    answer = meanwhile(writing, f"{BASE}new/", title="Trees for the market")
    draft = Proposal.objects.get(status="draft")
    assert (answer.status_code, draft.title) == (200, "Trees for the market")
    assert answer["Content-Location"] == f"{BASE}own/{draft.uuid}/idea/"
    assert answer["Cache-Control"] == "no-store"
    assert "Shady trees on the market" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    again = meanwhile(writing, answer["Content-Location"], title="Trees", what_and_why="Shade")
    draft.refresh_from_db()
    assert (draft.title, draft.what_and_why) == ("Trees", "Shade")
    assert again["Content-Location"] == answer["Content-Location"]
    assert list(ActivityEntry.objects.values_list("verb", flat=True)) == ["draft"]
    assert "Shady trees on the market" in writing.get(answer["Content-Location"]).content.decode()


@pytest.mark.parametrize("said", [{"website": "x"}, {"stamp": "x"}, {"title": "x" * 151}, {"language": "xx"}])
def test_what_cannot_be_kept_is_not_called_kept(writing, said):
    answer = meanwhile(writing, f"{BASE}new/", **{"title": "Trees", **said})
    assert "Content-Location" not in answer
    assert not Proposal.objects.filter(status="draft").exists()


def test_nothing_is_kept_in_somebody_elses_draft_or_after_the_phase(writing):
    draft = make_draft(Budget.objects.get(), title="Mine")
    foreign = f"{BASE}own/{draft.uuid}/idea/"
    said = {"title": "Yours", "language": "en", "do": "meanwhile"}
    assert writing.post(foreign, said).status_code == 404
    writing.force_login(draft.author)
    next_phase(draft.budget)
    assert writing.post(foreign, said).status_code == 409
    draft.refresh_from_db()
    assert draft.title == "Mine"
