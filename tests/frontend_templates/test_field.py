"""Proposals on paper: keyed by an officer, with a letter, claimed later by whoever has the code."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from participation.actions.field import claim_proposal, key_proposal
from participation.choices import PhaseKind, ProposalStatus, Role
from participation.models import FieldEntry, Proposal, RoleAssignment
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import locale, make_person
from tests.factories.proposals import answers, make_open_budget, next_phase

pytestmark = pytest.mark.django_db
PAPER = {
    "key": "11111111-2222-4333-8444-555555555555",
    "workshop": "Mill school, May",
    "title": "A bench at the mill",
    "what_and_why": "To rest.",
    "language": "en",
    "address": "Mill lane",
    "cost": "unknown",
    "name": "Ann Otter",
    "postal": "Mill lane 3",
}
WORDS = {"name": "Ann Otter", "address": "Mill lane 3", "workshop": "Mill school"}


@pytest.fixture(autouse=True)
def no_guesses_before():
    cache.clear()


@pytest.fixture
def budget(db):
    return make_open_budget()


def person_with(role: Role | None, budget=None):
    person = make_person()
    if role:
        RoleAssignment.objects.create(person=person, role=role, budget=budget)
    return person


def of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(budget, rest: str) -> str:
    return f"/en/budgets/{budget.slug}/proposals/{rest}/"


def code_on(page: str) -> str:
    return re.search(r'<code class="receipt letter-code">([^<]+)</code>', page)[1]


def test_an_officer_keys_a_paper_and_its_author_claims_it_on_the_site(budget):
    officer, author = of(person_with(Role.OFFICER)), make_person(display_name="Ann")
    letter = officer.post(address(budget, "keying"), PAPER).content.decode()
    proposal = Proposal.objects.get()
    assert (proposal.status, proposal.author, proposal.public_number) == (ProposalStatus.PUBLISHED, None, 1)
    assert "Ann Otter" in letter
    public = Client().get(address(budget, "1")).content.decode()
    assert "A bench at the mill" in public
    assert "Otter" not in public
    assert "A citizen" in public
    of(author).post(address(budget, "claim"), {"code": code_on(letter).lower()})
    proposal.refresh_from_db()
    assert proposal.author == author
    entry = FieldEntry.objects.get()
    assert (entry.name, entry.address, entry.code_hash, entry.workshop) == ("", "", None, "Mill school, May")


def test_a_paper_that_is_sent_twice_is_one_proposal_with_a_new_code(budget):
    officer = person_with(Role.OFFICER)
    pages = [of(officer).post(address(budget, "keying"), PAPER).content.decode() for _ in range(2)]
    first, second = map(code_on, pages)
    assert ("This paper was keyed already" in pages[0], "This paper was keyed already" in pages[1]) == (False, True)
    assert Proposal.objects.count() == 1
    with pytest.raises(ActionRefused):
        claim_proposal(actor=make_person(), code=first, at=timezone.now())
    claim_proposal(actor=make_person(), code=second, at=timezone.now())
    assert "This was done already." in of(officer).post(address(budget, "keying"), PAPER).content.decode()


def test_the_letter_is_in_the_language_of_the_paper_and_says_where_the_code_is_typed(budget, settings):
    for code in ("en", "fr"):
        locale(code)
    officer = of(person_with(Role.OFFICER))
    page = officer.post(address(budget, "keying"), PAPER | {"language": "fr"}).content.decode()
    letter = page[page.index('<section class="letter') : page.index("</section>")]
    with override("fr"):
        assert gettext("Your proposal is handed in") in letter
    assert "Your proposal" not in letter
    assert 'lang="fr"' in letter
    assert f"{settings.SITE_ADDRESS}/fr/budgets/{budget.slug}/proposals/claim/" in letter
    assert "Key the next one" in page


def test_nobody_gets_the_code_of_a_paper_that_another_keyed(budget):
    of(person_with(Role.OFFICER)).post(address(budget, "keying"), PAPER)
    page = of(person_with(Role.OFFICER)).post(address(budget, "keying"), PAPER).content.decode()
    assert "This was done already." in page
    assert "letter-code" not in page


def test_each_form_has_a_key_of_its_own_and_keeps_it(budget):
    officer = of(person_with(Role.OFFICER))
    keys = [
        re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]
        for page in (
            officer.get(address(budget, "keying")),
            officer.get(address(budget, "keying")),
            officer.post(address(budget, "keying"), PAPER | {"title": ""}),
        )
    ]
    assert len(set(keys)) == 3
    assert keys[2] == PAPER["key"]


def test_a_code_claims_once_and_wrong_ones_are_limited(budget):
    _, code = key_proposal(
        actor=person_with(Role.OFFICER), budget=budget, key=uuid4(), answers=answers(), at=timezone.now(), **WORDS
    )
    first, second = make_person(), make_person()
    claim_proposal(actor=first, code=code, at=timezone.now())
    with pytest.raises(ActionRefused) as refused:
        claim_proposal(actor=second, code=code, at=timezone.now())
    assert refused.value.refusal is Refusal.CLAIM_UNKNOWN
    client = of(second)
    said = [client.post(address(budget, "claim"), {"code": "0000-0000-0000-0000"}).content.decode() for _ in range(11)]
    assert str(Refusal.CLAIM_UNKNOWN.label) in said[0]
    assert "Too many codes were tried from here." in said[10]
    assert Proposal.objects.get().author == first


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.TRANSLATOR, Role.AUDITOR])
def test_nobody_else_keys(budget, role):
    assert of(person_with(role)).post(address(budget, "keying"), PAPER).status_code == 403
    assert not Proposal.objects.exists()


def test_an_officer_of_another_budget_keys_nothing(budget):
    other = of(person_with(Role.OFFICER, make_open_budget()))
    assert other.post(address(budget, "keying"), PAPER).status_code == 403


def test_a_stack_is_keyed_after_the_phase_too_but_not_before_it(budget):
    officer = person_with(Role.OFFICER)
    later = next_phase(budget, PhaseKind.SUPPORTING)
    key_proposal(actor=officer, budget=later, key=uuid4(), answers=answers(), at=timezone.now(), **WORDS)
    early = make_open_budget(PhaseKind.INFORMING)
    with pytest.raises(ActionRefused) as refused:
        key_proposal(actor=officer, budget=early, key=uuid4(), answers=answers(), at=timezone.now(), **WORDS)
    assert refused.value.refusal is Refusal.PROPOSALS_NOT_OPEN


def test_an_incomplete_paper_changes_nothing(budget):
    officer = person_with(Role.OFFICER)
    with pytest.raises(ActionRefused) as refused:
        key_proposal(actor=officer, budget=budget, key=uuid4(), answers=answers(title=""), at=timezone.now(), **WORDS)
    assert refused.value.refusal is Refusal.INCOMPLETE
    assert (
        "This field is required." in of(officer).post(address(budget, "keying"), PAPER | {"title": ""}).content.decode()
    )
    assert not Proposal.objects.exists()


def test_the_form_to_print_asks_what_the_site_asks(budget):
    page = Client().get(address(budget, "form")).content.decode()
    for question in ("Title", "What and why", "Who benefits", "What might it cost?"):
        assert question in page
    assert "answer-lines-6" in page
    assert f"Hand it in by {date_format(budget.phases.get().last_day)}." in page.replace("\xa0", " ")
