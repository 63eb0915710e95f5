"""Regulations: their page, accepting them, and that nothing is handed in before."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from participation.actions.proposals import submit
from participation.choices import ProposalStatus
from participation.models import RegulationsAcceptance
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import make_person, make_regulations
from tests.factories.proposals import make_draft, make_open_budget

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def budget(db):
    return make_open_budget()


def of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_version_in_force_is_shown_with_the_earlier_ones_and_none_to_come(budget):
    make_regulations(budget, version=1, valid_from=TODAY - timedelta(days=9))
    make_regulations(budget, version=2, valid_from=TODAY)
    make_regulations(budget, version=3, valid_from=TODAY + timedelta(days=2))
    address = f"/en/budgets/{budget.slug}/regulations/"
    page = Client().get(address).content.decode()
    assert "Version 2" in page
    assert "Version 3" not in page
    assert "A later version is in force." in Client().get(f"{address}1/").content.decode()
    assert Client().get(f"{address}3/").status_code == 404


def test_without_regulations_there_is_no_page(budget):
    assert Client().get(f"/en/budgets/{budget.slug}/regulations/").status_code == 404
    assert of(make_person()).get(f"/en/budgets/{budget.slug}/regulations/accept/").status_code == 404


def test_a_proposal_is_handed_in_after_accepting_on_the_site(budget):
    current, person = make_regulations(budget), make_person()
    draft = make_draft(budget, person)
    client, base = of(person), f"/en/budgets/{budget.slug}"
    check = client.get(f"{base}/proposals/own/{draft.uuid}/check/")
    assert "Read and accept them" in check.content.decode()
    with pytest.raises(ActionRefused) as refused:
        submit(actor=person, proposal=draft, at=timezone.now())
    assert refused.value.refusal is Refusal.REGULATIONS_NOT_ACCEPTED
    for _ in range(2):
        client.post(f"{base}/regulations/accept/")
    acceptance = RegulationsAcceptance.objects.get()
    assert (acceptance.person, acceptance.regulations) == (person, current)
    submit(actor=person, proposal=draft, at=timezone.now())
    draft.refresh_from_db()
    assert draft.status == ProposalStatus.PUBLISHED


def test_another_version_asks_again(budget):
    person = make_person()
    make_regulations(budget, version=1, valid_from=TODAY - timedelta(days=9))
    of(person).post(f"/en/budgets/{budget.slug}/regulations/accept/")
    make_regulations(budget, version=2, valid_from=TODAY)
    with pytest.raises(ActionRefused):
        submit(actor=person, proposal=make_draft(budget, person), at=timezone.now())


def test_nobody_accepts_without_signing_in(budget):
    make_regulations(budget)
    assert Client().post(f"/en/budgets/{budget.slug}/regulations/accept/").status_code == 302
    assert not RegulationsAcceptance.objects.exists()


def test_the_api_lists_and_accepts(budget):
    old = make_regulations(budget, version=1, valid_from=TODAY - timedelta(days=9))
    current = make_regulations(budget, version=2, valid_from=TODAY)
    to_come = make_regulations(budget, version=3, valid_from=TODAY + timedelta(days=2))
    listed = Client().get("/api/v1/regulations/", {"budget": budget.slug}).json()["results"]
    assert [one["version"] for one in listed] == [2, 1]
    client = of(make_person())
    for _ in range(2):
        assert client.put(f"/api/v1/regulations/{current.uuid}/acceptance/").status_code == 204
    assert RegulationsAcceptance.objects.count() == 1
    for other in (old, to_come):
        answer = client.put(f"/api/v1/regulations/{other.uuid}/acceptance/")
        assert (answer.status_code, answer.json()["code"]) == (409, "regulations_not_current")
    assert Client().put(f"/api/v1/regulations/{current.uuid}/acceptance/").status_code in (401, 403)
