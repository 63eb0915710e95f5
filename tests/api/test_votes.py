"""Voting through the API: the same rules and the same cast as on the site."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from participation.ballot_box.roll import new_person_ref
from participation.choices import Proof
from participation.models import Ballot, BallotBox, RollEntry
from tests.factories.participation import make_person
from tests.factories.votes import end_vote, make_draft_box, make_open_box


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.BALLOT_KEY_DIR, settings.BUNDLE_DIR = str(tmp_path / "keys"), str(tmp_path / "bundles")


@pytest.fixture
def box(db):
    return make_open_box()


@pytest.fixture
def voter(box):
    person = make_person()
    RollEntry.objects.create(
        box=box, person_ref=new_person_ref(), envelopes=["all"], proof=Proof.ACCOUNT, account=person
    )
    return person


@pytest.fixture
def signed_in(voter):
    client = Client()
    client.force_login(voter)
    return client


def address(box) -> str:
    return f"/api/v1/ballot-boxes/{box.uuid}/ballot/"


def post(client, box, body: object, **more):
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    return client.post(address(box), data, **{"content_type": "application/json", **more})


def ballot(*numbers, **more) -> dict:
    return {"envelopes": {"all": {"projects": list(numbers)}}, **more}


def test_a_ballot_is_cast_looked_at_and_changed(signed_in, box):
    first = post(signed_in, box, ballot(2, 1))
    assert first.status_code == 201
    assert first["Cache-Control"] == "no-store"
    receipt = first.json()["receipt"]
    assert signed_in.get(address(box)).json() == {
        "receipt": receipt,
        "code": first.json()["code"],
        "envelopes": {"all": {"projects": [1, 2]}},
    }
    assert post(signed_in, box, ballot(1, 2)).json()["receipt"] == receipt
    stale = post(signed_in, box, ballot(3))
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    assert post(signed_in, box, ballot(3, replaces=receipt)).status_code == 201
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "bad_request"),
        (b"[" * 10_000, 400, "bad_request"),
        (b'{"envelopes":{"all":{"projects":[1.0]}}}', 400, "bad_request"),
        (b'{"envelopes":{"all":{"projects":[NaN]}}}', 400, "bad_request"),
        (b'{"envelopes":{"all":{"projects":[1e3]}}}', 400, "bad_request"),
        (b'{"envelopes":{"all":{"projects":[9223372036854775808]}}}', 400, "bad_request"),
        (b'{"envelopes":{"all":{"projects":[1],"projects":[2]}}}', 400, "bad_request"),
        (b'{"envelopes":{"all":{"projects":[1]}},"x":"\\ud800"}', 400, "bad_request"),
        (b"\xff\xfe", 400, "bad_request"),
        (b" " * 70_000, 400, "bad_request"),
        (b"", 400, "not_a_ballot"),
        (b"[]", 400, "not_a_ballot"),
        (b'"1"', 400, "not_a_ballot"),
        (b"null", 400, "not_a_ballot"),
        (ballot(1, 1), 400, "project_twice"),
        (ballot(99), 400, "unknown_project"),
        (ballot(), 400, "empty"),
        (ballot(1, 2, 3, 4), 400, "over_budget"),
        (ballot(1, state="published"), 400, "unknown_field"),
        (ballot(1, replaces="zz"), 400, "not_a_ballot"),
        (ballot(1, replaces="g" * 64), 400, "not_a_ballot"),
        (ballot(1, replaces=7), 400, "not_a_ballot"),
    ],
)
def test_what_is_no_ballot_changes_nothing_and_says_why(signed_in, box, body, status, code):
    answer = post(signed_in, box, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"].startswith("application/problem+json")
    assert not Ballot.objects.exists()


def test_another_content_type_is_refused(signed_in, box):
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert post(signed_in, box, "x=1", content_type=content_type).status_code == 415


def test_nobody_votes_without_signing_in_or_from_another_site(box, voter):
    assert post(Client(), box, ballot(1)).status_code in (401, 403)
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(voter)
    assert post(guarded, box, ballot(1)).status_code == 403
    assert not Ballot.objects.exists()


def test_who_is_not_on_the_roll_is_told_so(box):
    client = Client()
    client.force_login(make_person())
    assert post(client, box, ballot(1)).json()["code"] == "not_on_roll"
    assert client.get(address(box)).json()["code"] == "not_on_roll"


def test_after_closing_and_without_the_key(signed_in, box, settings, tmp_path):
    settings.BALLOT_KEY_DIR = str(tmp_path / "elsewhere")
    assert post(signed_in, box, ballot(1)).status_code == 503
    settings.BALLOT_KEY_DIR = str(tmp_path / "keys")
    end_vote(box)
    assert post(signed_in, box, ballot(1)).json()["code"] == "vote_closed"
    assert signed_in.get(address(box)).json()["code"] == "vote_closed"
    assert not Ballot.objects.exists()


def test_a_draft_box_or_one_of_a_draft_budget_is_not_there(db, signed_in):
    hidden = make_open_box()
    hidden.budget.status = "draft"
    hidden.budget.save()
    for box in (make_draft_box(), hidden):
        assert post(signed_in, box, ballot(1)).status_code == 404


def test_boxes_are_listed_with_why_they_do_not_open(client, box, django_assert_num_queries):
    with django_assert_num_queries(5):
        [shown] = client.get(f"/api/v1/ballot-boxes/?budget={box.budget.slug}").json()["results"]
    assert shown["refusals"] == {"vote": None}
    assert shown["rules_sha256"] == box.rules_sha256
    BallotBox.objects.filter(pk=box.pk).update(opens_at=timezone.now() + timedelta(hours=1))
    shown = client.get(f"/api/v1/ballot-boxes/{box.uuid}/").json()
    assert shown["refusals"]["vote"]["code"] == "vote_not_open"


def test_casting_saves_no_session(signed_in, box, settings):
    key = signed_in.cookies["sessionid"].value
    path = next(path for path in Path(settings.SESSION_FILE_PATH).iterdir() if path.name.endswith(key))
    before = (path.stat().st_mtime_ns, path.read_bytes())
    assert post(signed_in, box, ballot(1)).status_code == 201
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before
