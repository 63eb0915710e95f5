"""Supports on paper: counted sheet by sheet, none twice, by officers alone."""

import pytest
from django.test import Client
from django.utils import timezone

from participation.actions.supports import support
from participation.choices import PhaseKind, Role
from participation.models import RoleAssignment, SupportSheet
from tests.factories.participation import make_person
from tests.factories.proposals import make_open_budget, put_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(db):
    return put_proposal(make_open_budget(PhaseKind.SUPPORTING), public_number=1)


def of(role: Role | None, budget=None) -> Client:
    person, client = make_person(), Client()
    if role:
        RoleAssignment.objects.create(person=person, role=role, budget=budget)
    client.force_login(person)
    return client


def address(proposal) -> str:
    return f"/en/budgets/{proposal.budget.slug}/proposals/1/sheets/"


def supports(proposal) -> int:
    proposal.refresh_from_db()
    return proposal.support_count


def test_a_sheet_counts_beside_supports_on_the_site_and_can_be_taken_out(proposal):
    support(actor=make_person(), proposal=proposal, at=timezone.now())
    officer = of(Role.OFFICER)
    officer.post(address(proposal), {"number": "A 7", "signatures": "23"})
    assert supports(proposal) == 24
    said = officer.post(address(proposal), {"number": "A 7", "signatures": "5"}).content.decode()
    assert "A sheet with this number was entered before." in said
    assert supports(proposal) == 24
    sheet = SupportSheet.objects.get()
    assert [officer.post(address(proposal), {"remove": str(sheet.pk)}).status_code for _ in range(2)] == [302, 404]
    assert supports(proposal) == 1


def test_those_find_the_way_who_may_enter_sheets(proposal):
    page = address(proposal).removesuffix("sheets/")
    roles = (None, Role.MODERATOR, Role.OFFICER, Role.MANAGER)
    assert [address(proposal) in of(role).get(page).content.decode() for role in roles] == [False, False, True, True]


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.AUDITOR])
def test_nobody_else_enters_sheets(proposal, role):
    client = of(role)
    assert client.get(address(proposal)).status_code == 403
    client.post(address(proposal), {"number": "1", "signatures": "9"})
    assert supports(proposal) == 0


def test_an_officer_of_another_budget_enters_nothing(proposal):
    assert of(Role.OFFICER, make_open_budget()).get(address(proposal)).status_code == 403


@pytest.mark.parametrize("signatures", ["0", "-3", "many", "1.5", "10001", "9" * 30])
def test_a_number_that_is_none_changes_nothing(proposal, signatures):
    assert of(Role.OFFICER).post(address(proposal), {"number": "1", "signatures": signatures}).status_code == 200
    assert supports(proposal) == 0


def test_before_supports_are_taken_no_sheet_counts(db):
    early = put_proposal(make_open_budget(PhaseKind.INFORMING), public_number=1)
    assert of(Role.OFFICER).post(address(early), {"number": "1", "signatures": "3"}).status_code == 409
    assert supports(early) == 0
