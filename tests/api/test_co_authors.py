"""Co-authors through the API: invited, answering, leaving; what is somebody else's is not there."""

import json

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from frontend_templates.notices.inviting import send_invitations
from participation.models import CoAuthor, Invitation
from site_config.anonymous_reads import shelf
from tests.factories.participation import locale, make_person
from tests.factories.proposals import make_draft, make_open_budget

pytestmark = pytest.mark.django_db
BASE = "/api/v1/"


@pytest.fixture(autouse=True)
def english():
    locale("en")


@pytest.fixture
def draft():
    return make_draft(make_open_budget())


@pytest.fixture
def ben():
    return make_person(display_name="Ben")


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(client, method: str, path: str, body: object = None):
    shelf.clear()
    extra = {"data": "" if body is None else json.dumps(body), "content_type": "application/json"}
    return getattr(client, method)(f"{BASE}{path}", **({} if method == "get" else extra))


def test_the_whole_way_by_name(draft, ben):
    author, other = client_of(draft.author), client_of(ben)
    asked = send(author, "post", f"proposals/{draft.uuid}/invitations/", {"whom": "Ben"})
    assert (asked.status_code, asked.json()["whom"], asked["Cache-Control"]) == (201, "Ben", "no-store")
    assert send(other, "get", f"proposals/{draft.uuid}/").status_code == 404
    [mine] = send(other, "get", "invitations/").json()
    assert (mine["title"], mine["inviter"]) == (draft.title, "Ada")
    for _ in range(2):
        answer = send(other, "put", f"invitations/{mine['uuid']}/answer/", {"accepted": True})
        assert (answer.status_code, answer.json()["accepted"]) == (200, True)
    shown = send(other, "get", f"proposals/{draft.uuid}/").json()
    assert shown["co_authors"] == ["Ben"]
    codes = {verb: one and one["code"] for verb, one in shown["refusals"].items()}
    assert codes == {
        "edit": None,
        "leave": None,
        "invite": "not_yours",
        "submit": "not_yours",
        "withdraw": "not_yours",
        "support": "wrong_status",
        "discard": "not_yours",
        "comment": "wrong_status",
        "flag": "not_yours",
    }
    assert send(other, "patch", f"proposals/{draft.uuid}/", {"title": "Better"}).json()["title"] == "Better"
    assert [one["title"] for one in other.get(f"{BASE}proposals/?mine=true").json()["results"]] == ["Better"]
    assert send(other, "post", f"proposals/{draft.uuid}/submit/").status_code == 404
    assert send(other, "delete", f"proposals/{draft.uuid}/co-authorship/").status_code == 204
    assert send(other, "get", f"proposals/{draft.uuid}/").status_code == 404


def test_the_whole_way_by_mail(draft, ben):
    author, other = client_of(draft.author), client_of(ben)
    send(author, "post", f"proposals/{draft.uuid}/invitations/", {"whom": "ben@example.org"})
    send_invitations(timezone.now())
    code = mail.outbox[0].body.split("#", 1)[1].split()[0]
    mine = send(other, "post", "invitations/", {"code": code}).json()
    assert send(client_of(make_person()), "post", "invitations/", {"code": code}).json()["code"] == "invitation_unknown"
    assert send(other, "put", f"invitations/{mine['uuid']}/answer/", {"accepted": False}).json()["accepted"] is False
    assert not CoAuthor.objects.exists()


def test_what_is_somebody_elses_is_not_there(draft, ben):
    author, other = client_of(draft.author), client_of(ben)
    asked = send(author, "post", f"proposals/{draft.uuid}/invitations/", {"whom": "c@example.org"}).json()
    where = f"proposals/{draft.uuid}/invitations/"
    for method, path, sent in (
        *(("get", where, None), ("post", where, {"whom": "Ben"}), ("delete", f"{where}{asked['uuid']}/", None)),
        ("put", f"invitations/{asked['uuid']}/answer/", {"accepted": True}),
        ("delete", f"proposals/{draft.uuid}/co-authorship/", None),
    ):
        assert send(other, method, path, sent).status_code == 404, path
        assert send(Client(), method, path, sent).status_code in {401, 403}, path
    assert Invitation.objects.count() == 1
    assert send(author, "get", where).json()[0]["whom"] == "c@example.org"
    assert send(author, "delete", f"{where}{asked['uuid']}/").status_code == 204
    assert send(author, "get", where).json() == []


@pytest.mark.parametrize(
    "body",
    [{}, {"whom": 3}, {"whom": ""}, {"whom": "a@"}, {"whom": "x" * 255}, {"whom": "Ben", "role": "author"}, [], "Ben"],
)
def test_bad_input_changes_nothing(draft, ben, body):
    answer = send(client_of(draft.author), "post", f"proposals/{draft.uuid}/invitations/", body)
    assert answer.status_code == 400
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("body", [{}, {"accepted": "yes"}, {"accepted": None}, {"accepted": 1}])
def test_an_answer_is_yes_or_no(draft, ben, body):
    asked = send(client_of(draft.author), "post", f"proposals/{draft.uuid}/invitations/", {"whom": "Ben"}).json()
    assert send(client_of(ben), "put", f"invitations/{asked['uuid']}/answer/", body).status_code == 400
    assert not CoAuthor.objects.exists()
