"""Letters to authors on paper: one per event, printed once, gone when the proposal is claimed."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.actions.decisions import Why, decide
from participation.actions.field import claim_proposal, key_proposal
from participation.actions.merging import merge
from participation.actions.notifying import notify_waiting
from participation.actions.paper_notices import print_letters
from participation.choices import DecisionOnWords, PhaseKind, Role
from participation.models import Budget, Comment, Letter, Proposal
from participation.refusals import ActionRefused, Refusal
from tests.factories.discussion import make_comment, make_holder
from tests.factories.participation import locale, make_person
from tests.factories.proposals import answers, make_open_budget, next_phase, put_proposal
from tests.frontend_templates.test_proposing import signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def budget(home):
    return make_open_budget(slug="green")


@pytest.fixture
def officer():
    return make_holder(Role.OFFICER)


@pytest.fixture
def keyed(budget, officer):
    return key(budget, officer)


def key(budget, officer, **changed):
    words = {"name": "Old Tom", "address": "1 Mill Street", "workshop": "", **changed}
    return key_proposal(actor=officer, budget=budget, key=uuid4(), answers=answers(title="A bench"), at=NOW, **words)


def kinds() -> list[str]:
    for _ in range(2):
        notify_waiting(timezone.now())
    return [letter.kind for letter in Letter.objects.order_by("pk")]


def discussed(proposal):
    next_phase(proposal.budget, PhaseKind.SUPPORTING)
    proposal.refresh_from_db()
    proposal.budget = Budget.objects.get(pk=proposal.budget_id)
    return proposal


def test_each_event_makes_one_letter(keyed):
    proposal, moderator = discussed(keyed[0]), make_holder()
    make_comment(proposal)
    make_comment(proposal, moderator, officially=True)
    decide(actor=moderator, kind=DecisionOnWords.HIDE, subject=proposal, why=Why("Rude."), at=NOW)
    decide(actor=moderator, kind=DecisionOnWords.RESTORE, subject=proposal, at=NOW)
    proposal.refresh_from_db()
    merge(actor=make_holder(Role.MANAGER), proposal=proposal, into=put_proposal(proposal.budget), at=NOW)
    notify_waiting(NOW)
    assert kinds() == ["proposal_commented", "proposal_answered", "own_hidden", "own_restored", "merged"]


def test_what_waited_for_a_moderator_is_told_when_it_is_published(officer, home):
    proposal, _ = key(make_open_budget(slug="green", moderates_first=True), officer)
    assert kinds() == []
    decide(actor=make_holder(), kind=DecisionOnWords.PUBLISH, subject=proposal, at=NOW)
    assert kinds() == ["own_published"]


def test_nobody_without_name_and_address_gets_one(budget, officer):
    proposal = discussed(key(budget, officer, name="", address="")[0])
    make_comment(proposal)
    assert kinds() == []


def test_who_claims_it_gets_notices_and_no_letters(keyed, budget):
    proposal, code = keyed
    discussed(proposal)
    make_comment(proposal)
    assert kinds() == ["proposal_commented"]
    claim_proposal(actor=make_person(), code=code, at=NOW)
    proposal.refresh_from_db()
    make_comment(proposal)
    assert kinds() == []


def test_all_are_printed_by_one_click_each_in_its_language_and_once(keyed, budget, officer):
    proposal = discussed(keyed[0])
    make_comment(proposal, body="Who cleans it?")
    hidden = make_comment(proposal, body="You fool")
    assert len(kinds()) == 2
    Comment.objects.filter(pk=hidden.pk).update(state="hidden")
    client, where = signed_in(officer), "/en/budgets/green/proposals/letters/"
    assert "2 letters wait" in client.get(where).content.decode()
    shown = client.post(where)
    page = client.get(shown["Location"]).content.decode()
    for words in ("Old Tom", "1 Mill Street", "A new comment on “A bench”.", "Who cleans it?", "/proposals/1/"):
        assert words in page
    assert "You fool" not in page
    assert page.count('class="letter') == 1
    assert not Letter.objects.waiting().exists()
    assert client.post(where).status_code == 409
    assert client.get(where).content.decode().count("/letters/") >= 1
    assert client.get(shown["Location"]).status_code == 200


def test_a_letter_in_another_language_says_so_and_runs_its_way(keyed, officer):
    locale("ar")
    Proposal.objects.filter(pk=keyed[0].pk).update(language="ar")
    make_comment(discussed(keyed[0]))
    kinds()
    client = signed_in(officer)
    page = client.get(client.post("/en/budgets/green/proposals/letters/")["Location"]).content.decode()
    assert '<section class="letter stack" lang="ar" dir="rtl">' in page
    assert "/ar/budgets/green/proposals/1/" in page


@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.EDITOR])
def test_only_officers_see_names_and_addresses(keyed, budget, role):
    make_comment(discussed(keyed[0]))
    kinds()
    person = make_holder(role) if role else make_person()
    with pytest.raises(ActionRefused) as caught:
        print_letters(actor=person, budget=budget, at=NOW)
    assert caught.value.refusal is Refusal.ROLE_MISSING
    batch = print_letters(actor=make_holder(Role.OFFICER), budget=budget, at=NOW)
    for path in ("", f"{batch}/"):
        assert signed_in(person).get(f"/en/budgets/green/proposals/letters/{path}").status_code == 403


def test_another_budgets_letters_are_not_there(keyed, budget, officer):
    make_comment(discussed(keyed[0]))
    kinds()
    make_open_budget(slug="other")
    batch = print_letters(actor=officer, budget=budget, at=NOW)
    assert signed_in(officer).get(f"/en/budgets/other/proposals/letters/{batch}/").status_code == 404


def test_a_printing_costs_the_same_whatever_its_length(budget, officer):
    client, counts = signed_in(officer), []
    for number in (2, 9):
        for _ in range(number):
            make_comment(discussed(key(budget, officer)[0]))
        kinds()
        where = f"/en/budgets/green/proposals/letters/{print_letters(actor=officer, budget=budget, at=NOW)}/"
        client.get(where)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(where).content.decode().count('class="letter') == number
        counts.append(len(asked))
    assert counts[0] == counts[1]
