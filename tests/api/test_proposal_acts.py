"""Similar proposals, proposing again, throwing away, merging and sheets of paper through the API."""

import json

import pytest
from django.test import Client

from participation.choices import PhaseKind, ProposalStatus, Role
from participation.models import Proposal, ProposalPhoto, SupportSheet
from tests.api.test_errors import assert_problem
from tests.factories.discussion import make_holder
from tests.factories.participation import locale, make_person
from tests.factories.proposals import make_draft, make_open_budget, make_proposal, next_phase, put_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    locale("en")


def of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(proposal, part: str = "") -> str:
    return f"/api/v1/proposals/{proposal.uuid}/{part}"


def send(client: Client, method: str, address: str, body: object = None):
    return getattr(client, method)(address, "" if body is None else json.dumps(body), content_type="application/json")


def test_similar_ones_are_public_and_of_the_same_budget():
    draft = make_draft(make_open_budget(), title="A bench in the castle park")
    near = put_proposal(draft.budget, title="Two benches for the castle")
    put_proposal(draft.budget, title="A castle bench", status="hidden", hidden_because="No", hidden_from="published")
    put_proposal(make_open_budget(), title="A bench at the castle")
    answer = of(draft.author).get(at(draft, "similar/"))
    assert [one["uuid"] for one in answer.json()] == [str(near.uuid)]
    assert answer["Cache-Control"] == "no-store"
    for client in (Client(), of(make_person()), of(make_holder())):
        assert_problem(client.get(at(draft, "similar/")), 404, "not_found")


def test_a_draft_is_thrown_away_by_its_author_alone():
    draft = make_draft(make_open_budget())
    author = of(draft.author)
    assert author.get(at(draft)).json()["refusals"]["discard"] is None
    assert_problem(send(Client(), "delete", at(draft)), 401, "not_signed_in")
    assert_problem(send(of(make_person()), "delete", at(draft)), 404, "not_found")
    assert_problem(send(author, "delete", at(draft), {"really": True}), 400, "invalid")
    assert Proposal.objects.count() == 1
    assert send(author, "delete", at(draft)).status_code == 204
    assert not Proposal.objects.exists()
    assert not ProposalPhoto.objects.exists()


def test_what_is_handed_in_is_not_thrown_away():
    proposal = make_proposal(make_open_budget())
    author = of(proposal.author)
    assert author.get(at(proposal)).json()["refusals"]["discard"]["code"] == "wrong_status"
    assert_problem(send(author, "delete", at(proposal)), 409, "wrong_status")


def test_last_years_is_proposed_again_once():
    old, new = make_proposal(make_open_budget()), make_open_budget()
    author = of(old.author)
    made = [send(author, "post", at(old, "again/"), {"budget": new.slug}) for _ in range(2)]
    assert {one.status_code for one in made} == {201}
    assert len({one.json()["uuid"] for one in made}) == 1
    draft = new.proposals.get()
    assert (draft.title, draft.status, draft.author) == (old.title, ProposalStatus.DRAFT, old.author)
    assert_problem(send(of(make_person()), "post", at(old, "again/"), {"budget": new.slug}), 404, "not_found")
    for body in ({}, {"budget": "nowhere"}, {"budget": new.slug, "title": "Other"}, {"budget": 5}):
        assert_problem(send(author, "post", at(old, "again/"), body), 400, "invalid")
    draft.delete()
    next_phase(new)
    assert_problem(send(author, "post", at(old, "again/"), {"budget": new.slug}), 409, "proposals_closed")


def test_who_leads_merges_and_takes_it_back():
    budget = make_open_budget()
    one, into = make_proposal(budget), make_proposal(budget)
    manager = of(make_holder(Role.MANAGER))
    for client in (of(make_person()), of(make_holder()), of(make_holder(Role.MANAGER, make_open_budget()))):
        assert_problem(send(client, "put", at(one, "merge/"), {"into": str(into.uuid)}), 403, "role_missing")
        assert_problem(send(client, "delete", at(one, "merge/")), 403, "role_missing")
    assert_problem(send(manager, "delete", at(one, "merge/")), 409, "wrong_status")
    assert_problem(send(manager, "put", at(one, "merge/"), {"into": str(one.uuid)}), 409, "merge_elsewhere")
    assert_problem(send(manager, "put", at(one, "merge/"), {"into": 7}), 400, "invalid")
    assert send(manager, "put", at(one, "merge/"), {"into": str(into.uuid)}).json() == {"merged_into": str(into.uuid)}
    assert Client().get(at(one)).json()["merged_into"] == str(into.uuid)
    assert send(manager, "delete", at(one, "merge/")).json() == {"merged_into": None}
    one.refresh_from_db()
    assert one.status == ProposalStatus.PUBLISHED


def test_sheets_are_entered_by_officers_once_and_taken_out():
    proposal = put_proposal(make_open_budget(PhaseKind.SUPPORTING))
    officer, sheet = of(make_holder(Role.OFFICER)), {"number": "A 7", "signatures": 23}
    for client in (of(make_person()), of(make_holder()), of(make_holder(Role.OFFICER, make_open_budget()))):
        assert_problem(send(client, "post", at(proposal, "sheets/"), sheet), 403, "role_missing")
        assert_problem(client.get(at(proposal, "sheets/")), 403, "role_missing")
    assert send(officer, "post", at(proposal, "sheets/"), sheet).status_code == 201
    assert_problem(send(officer, "post", at(proposal, "sheets/"), sheet), 409, "sheet_known")
    for fault in ({"signatures": 0}, {"signatures": "9"}, {"signatures": 10_001}, {"number": " "}, {"officer": 1}):
        assert_problem(send(officer, "post", at(proposal, "sheets/"), sheet | {"number": "B"} | fault), 400, "invalid")
    [there] = officer.get(at(proposal, "sheets/")).json()
    assert (there["number"], there["signatures"]) == ("A 7", 23)
    proposal.refresh_from_db()
    assert proposal.support_count == 23
    assert [send(officer, "delete", at(proposal, f"sheets/{there['id']}/")).status_code for _ in range(2)] == [204, 404]
    proposal.refresh_from_db()
    assert (proposal.support_count, SupportSheet.objects.count()) == (0, 0)


@pytest.mark.parametrize(("kind", "code"), [(PhaseKind.PROPOSING, "supports_not_open"), (PhaseKind.VOTING, None)])
def test_sheets_count_from_the_first_day_of_supports_on(kind, code):
    proposal = put_proposal(make_open_budget(PhaseKind.SUPPORTING))
    if code:
        proposal.budget.phases.all().delete()
    next_phase(proposal.budget, kind)
    answer = send(of(make_holder(Role.OFFICER)), "post", at(proposal, "sheets/"), {"number": "1", "signatures": 2})
    assert answer.status_code == (409 if code else 201)
    assert answer.json().get("code") == code
