"""Versions and photos of a proposal through the API."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.actions.proposals import edit
from participation.models import Budget, ProposalPhoto
from tests.api.test_errors import assert_problem
from tests.factories.discussion import make_holder
from tests.factories.participation import locale, make_person
from tests.factories.proposals import image_bytes, make_draft, make_open_budget, make_proposal

pytestmark = pytest.mark.django_db
MOST_QUERIES = 8


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    locale("en")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(proposal, part: str) -> str:
    return f"/api/v1/proposals/{proposal.uuid}/{part}/"


def photo(**changed) -> dict:
    file = SimpleUploadedFile("me.jpg", image_bytes(), "image/jpeg")
    return {"photo": file, "alt": "A tree", "may_publish": "true", **changed}


def test_versions_are_public_where_the_budget_says_so():
    proposal = make_proposal(make_open_budget(), title="First")
    edit(actor=proposal.author, proposal=proposal, answers={"title": "Second"}, at=timezone.now())
    rows = Client().get(at(proposal, "versions")).json()["results"]
    assert [(row["number"], row["title"]) for row in rows] == [(2, "Second"), (1, "First")]
    Budget.objects.update(shows_versions=False)
    everybody, author, moderator = Client(), signed_in(proposal.author), signed_in(make_holder())
    assert everybody.get(f"{at(proposal, 'versions')}?page_size=5").json()["results"] == []
    for client in (author, moderator):
        answer = client.get(at(proposal, "versions"))
        assert (len(answer.json()["results"]), answer["Cache-Control"]) == (2, "no-store")


def test_versions_of_somebody_elses_draft_are_not_there():
    draft = make_draft(make_open_budget())
    for client in (Client(), signed_in(make_person()), signed_in(make_holder())):
        assert_problem(client.get(at(draft, "versions")), 404, "not_found")
    assert signed_in(draft.author).get(at(draft, "versions")).json()["results"] == []


def test_versions_cost_the_same_for_any_number():
    proposal = make_proposal(make_open_budget())

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(f"{at(proposal, 'versions')}?page_size={len(captured) + 20 + len(seen)}").json()
        return len(captured)

    seen: list[int] = []
    seen.append(queries())
    for number in range(4):
        edit(actor=proposal.author, proposal=proposal, answers={"title": f"No {number}"}, at=timezone.now())
    assert queries() == seen[0] <= MOST_QUERIES


def test_a_photo_comes_and_goes():
    draft = make_draft(make_open_budget())
    author = signed_in(draft.author)
    made = author.post(at(draft, "photos"), photo())
    assert (made.status_code, made.json()["alt"], made["Cache-Control"]) == (201, "A tree", "no-store")
    assert author.get(made.json()["small"]).status_code == 200
    assert Client().get(made.json()["small"]).status_code == 404
    one = f"{at(draft, 'photos')}{made.json()['uuid']}/"
    assert_problem(signed_in(make_person()).delete(one), 404, "not_found")
    assert_problem(Client().delete(one), 401, "not_signed_in")
    assert author.delete(one).status_code == 204
    assert_problem(author.delete(one), 404, "not_found")
    assert not ProposalPhoto.objects.exists()


def test_nobody_else_adds_one():
    proposal = make_proposal(make_open_budget())
    assert_problem(Client().post(at(proposal, "photos"), photo()), 401, "not_signed_in")
    assert_problem(signed_in(make_person()).post(at(proposal, "photos"), photo()), 404, "not_found")
    assert_problem(
        signed_in(make_person()).post(at(make_draft(make_open_budget()), "photos"), photo()), 404, "not_found"
    )
    assert not ProposalPhoto.objects.exists()


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"may_publish": "false"}, 409, "rights_missing"),
        ({"may_publish": "yes"}, 400, "invalid"),
        ({"alt": ""}, 400, "invalid"),
        ({"alt": ["A", "B"]}, 400, "invalid"),
        ({"photo": "text"}, 400, "invalid"),
        ({"status": "published"}, 400, "invalid"),
        ({"alt": SimpleUploadedFile("a.txt", b"A")}, 400, "invalid"),
        ({"photo": SimpleUploadedFile("a.svg", b"<svg xmlns='x'/>")}, 409, "photo_unreadable"),
        ({"photo": SimpleUploadedFile("a.jpg", b"")}, 400, "invalid"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(changed, status, code):
    draft = make_draft(make_open_budget())
    assert_problem(signed_in(draft.author).post(at(draft, "photos"), photo(**changed)), status, code)
    assert not ProposalPhoto.objects.exists()


def test_two_files_under_one_name_are_refused():
    draft = make_draft(make_open_budget())
    files = [SimpleUploadedFile(f"{name}.jpg", image_bytes(), "image/jpeg") for name in "ab"]
    assert_problem(signed_in(draft.author).post(at(draft, "photos"), photo(photo=files)), 400, "invalid")


def test_json_is_no_form():
    draft = make_draft(make_open_budget())
    answer = signed_in(draft.author).post(at(draft, "photos"), json.dumps({"alt": "x"}), "application/json")
    assert_problem(answer, 415, "unsupported_media_type")


def test_what_a_photo_shows_is_said_anew():
    proposal = make_proposal(make_open_budget())
    author = signed_in(proposal.author)
    one = f"{at(proposal, 'photos')}{author.post(at(proposal, 'photos'), photo()).json()['uuid']}/"

    def patch(client, body):
        return client.patch(one, json.dumps(body), "application/json")

    assert patch(author, {"alt": "An oak"}).json()["alt"] == "An oak"
    assert proposal.versions.last().files[0]["words"] == "An oak"
    for body in ({}, {"alt": 5}, {"alt": " "}, {"alt": "x" * 201}, {"alt": "An elm", "may_publish": "false"}):
        assert_problem(patch(author, body), 400, "invalid")
    assert_problem(patch(Client(), {"alt": "Mine"}), 401, "not_signed_in")
    assert_problem(patch(signed_in(make_person()), {"alt": "Mine"}), 404, "not_found")
    assert ProposalPhoto.objects.get().alt == "An oak"
