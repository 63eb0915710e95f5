"""One's own account, follows and inbox through the API: strict, private, the same rules as on the site."""

import json
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.actions.decisions import Why, decide
from participation.actions.field import key_proposal
from participation.actions.follows import follow
from participation.actions.notifying import notify_waiting
from participation.choices import DecisionOnWords, Role
from participation.models import CitizenGroup, Follow, GuardianConsent, Notification, Person, PersonalDataExport
from tests.api.test_errors import assert_problem
from tests.factories.discussion import make_comment, make_discussed, make_holder
from tests.factories.participation import locale, make_budget, make_category, make_district, make_person
from tests.factories.proposals import answers, make_draft, make_open_budget, put_proposal

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"
MOST_QUERIES = 8
OWN = ["", "groups/", "data/", "follows/", "inbox/"]


@pytest.fixture(autouse=True)
def english():
    locale("en")


@pytest.fixture
def ada() -> Person:
    return make_person(email="ada@example.org", display_name="Ada")


@pytest.fixture
def client(ada) -> Client:
    return signed_in(ada)


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(client, method: str, path: str = "", body: object = None):
    data = "" if body is None else body if isinstance(body, bytes) else json.dumps(body)
    return getattr(client, method)(ME + path, data, content_type="application/json")


def queries(client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(ME + path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", OWN)
def test_nobody_is_told_to_sign_in(path):
    assert_problem(Client().get(ME + path), 401, "not_signed_in")


@pytest.mark.parametrize("path", OWN)
def test_nothing_of_ones_own_is_kept_and_strangers_are_refused(client, path):
    assert client.get(ME + path)["Cache-Control"] == "no-store"
    assert_problem(client.get(f"{ME}{path}?colour=red"), 400, "unknown_parameter")


def test_the_account_and_its_choices(client, ada):
    shown = client.get(ME).json()
    assert (shown["display_name"], shown["mails"], shown["born"], shown["guardian"]) == ("Ada", "at_once", None, None)
    changed = send(client, "patch", body={"mails": "weekly", "reminders": True, "display_name": "Ada L."}).json()
    assert (changed["mails"], changed["reminders"], changed["display_name"]) == ("weekly", True, "Ada L.")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"is_staff": True}, 400),
        ({"email": "x@example.org"}, 400),
        ({"mails": "hourly"}, 400),
        ({"reminders": "yes"}, 400),
        ({"display_name": 5}, 400),
        ({"display_name": "The mayor", "mails": "none"}, 409),
        ({"language": "xx", "mails": "none"}, 409),
        ([], 400),
    ],
)
def test_what_is_wrong_changes_nothing(client, ada, body, status):
    before = Person.objects.filter(pk=ada.pk).values().get()
    assert send(client, "patch", body=body).status_code == status
    assert Person.objects.filter(pk=ada.pk).values().get() == before


def test_age_and_guardian(client):
    assert_problem(send(client, "put", "born/", {"born": "2014-02-30"}), 400, "invalid")
    assert send(client, "put", "born/", {"born": "2014-01-01"}).json()["born"] == "2014-01-01"
    assert_problem(send(client, "put", "born/", {"born": "1980-01-01"}), 409, "birth_date_given")
    assert_problem(send(client, "put", "guardian/", {"contact": "ada@example.org"}), 409, "guardian_is_you")
    asked = send(client, "put", "guardian/", {"contact": "mother@example.org"}).json()["guardian"]
    assert (asked["contact"], asked["state"]) == ("mother@example.org", "waiting")
    assert GuardianConsent.objects.count() == 1
    for method in ("get", "patch"):
        assert send(client, method, "born/").status_code == 405


def test_signing_out_everywhere(client, ada):
    elsewhere = signed_in(ada)
    assert send(client, "delete", "sessions/").status_code == 204
    for one in (client, elsewhere):
        assert_problem(one.get(ME), 401, "not_signed_in")
    assert_problem(send(Client(), "delete", "sessions/"), 401, "not_signed_in")


def test_a_proposal_on_paper_is_claimed_by_its_code(client, ada):
    budget = make_open_budget()
    words = {"name": "Old Tom", "address": "1 Mill Street", "workshop": ""}
    keyed = {"budget": budget, "key": uuid.uuid4(), "answers": answers(), "at": timezone.now(), **words}
    proposal, code = key_proposal(actor=make_holder(Role.OFFICER), **keyed)
    assert_problem(send(client, "post", "claims/", {"code": "0000"}), 409, "claim_unknown")
    for body in ({}, {"code": 7}, {"code": code, "budget": budget.slug}, {"code": "\x00"}, [code]):
        assert send(client, "post", "claims/", body).status_code in {400, 409}
    assert send(client, "post", "claims/", {"code": code}).json() == {"proposal": str(proposal.uuid)}
    proposal.refresh_from_db()
    assert proposal.author == ada
    for _ in range(4):
        last = send(client, "post", "claims/", {"code": code})
    assert_problem(last, 429, "too_many_requests")


def test_groups(client):
    body = {"kind": "class", "name": "5b", "is_adult": True}
    made = send(client, "post", "groups/", body)
    assert made.status_code == 201
    assert_problem(send(client, "post", "groups/", body), 409, "group_name_taken")
    assert_problem(send(client, "post", "groups/", {**body, "contact": 1}), 400, "invalid")
    assert client.get(f"{ME}groups/").json() == [made.json()]
    own = f"groups/{made.json()['uuid']}/"
    assert_problem(send(signed_in(make_person()), "delete", own), 404, "not_found")
    assert send(client, "delete", own).status_code == 204
    assert not CitizenGroup.objects.exists()


def test_a_comment_and_a_proposal_in_the_name_of_a_group(client):
    group = send(client, "post", "groups/", {"kind": "class", "name": "5b", "is_adult": True}).json()
    budget = make_open_budget(slug="green")
    made = client.post(
        "/api/v1/proposals/", {"budget": "green", "title": "Trees", "group": group["uuid"]}, "application/json"
    )
    assert (made.json()["author"], made.json()["group"]) == ("5b (School class)", group)
    stranger = signed_in(make_person())
    taken = {"budget": "green", "title": "Trees", "group": group["uuid"]}
    assert_problem(stranger.post("/api/v1/proposals/", taken, "application/json"), 404, "not_found")
    at = f"/api/v1/proposals/{make_discussed().uuid}/comments/"
    said = {"key": str(uuid.uuid4()), "body": "Yes", "group": group["uuid"]}
    assert_problem(stranger.post(at, said, "application/json"), 404, "not_found")
    assert client.post(at, said, "application/json").json()["group"] == group
    assert budget.proposals.count() == 1


def test_follow_and_stop(client):
    budget, proposal = make_budget(slug="green"), make_discussed()
    paths = [
        f"follows/budget/{budget.slug}/",
        f"follows/proposal/{proposal.uuid}/",
        f"follows/district/{make_district('North').uuid}/",
        f"follows/category/{make_category().slug}/",
    ]
    for path in paths * 2:
        assert send(client, "put", path).json() == {"followed": True}
    listed = client.get(f"{ME}follows/").json()
    assert [f"follows/{one['noun']}/{one['key']}/" for one in listed["results"]] == paths[::-1]
    for path in paths * 2:
        assert send(client, "delete", path).json() == {"followed": False}
    assert not Follow.objects.exists()


def test_what_is_not_there_cannot_be_followed(client):
    hidden, draft = make_budget(status="draft"), make_draft(make_open_budget())
    wrong = [f"budget/{hidden.slug}", f"proposal/{draft.uuid}", "proposal/x", "person/1", "budget/%00", "district/x"]
    for path in wrong:
        assert_problem(send(client, "put", f"follows/{path}/"), 404, "not_found")
    assert not Follow.objects.exists()


def told_of(person, times: int) -> None:
    budget = make_open_budget()
    follow(actor=person, subject=budget, at=timezone.now())
    proposal = put_proposal(budget, author=person)
    for _ in range(times):
        make_comment(make_discussed(author=person))
    notify_waiting(timezone.now())
    assert proposal.author == person


def test_the_inbox_is_read_and_marked(client, ada):
    told_of(ada, 2)
    rows = client.get(f"{ME}inbox/?unread=true").json()["results"]
    assert [row["kind"] for row in rows] == ["proposal_commented"] * 2
    assert all(row["proposal"] and row["comment"] for row in rows)
    body = {"read": True, "notices": [rows[0]["uuid"]]}
    stranger = signed_in(make_person())
    assert send(stranger, "patch", "inbox/", body).json() == {"changed": 0}
    assert [send(client, "patch", "inbox/", body).json()["changed"] for _ in range(2)] == [1, 0]
    assert len(client.get(f"{ME}inbox/?unread=true").json()["results"]) == 1
    assert send(client, "patch", "inbox/", {"read": True}).json() == {"changed": 1}
    assert send(client, "patch", "inbox/", {"read": False}).json() == {"changed": 2}
    assert stranger.get(f"{ME}inbox/").json()["results"] == []
    assert_problem(client.get(f"{ME}inbox/?unread=1"), 400, "invalid_choice")
    for wrong in ({"notices": []}, {"read": 1}, {"read": True, "notices": "x"}, {"read": True, "person": 1}):
        assert_problem(send(client, "patch", "inbox/", wrong), 400, "invalid")


def test_a_decision_is_answered_once(client, ada):
    comment = make_comment(make_discussed(), ada)
    why = Why("Insults")
    decide(actor=make_holder(), kind=DecisionOnWords.HIDE, subject=comment, why=why, at=timezone.now())
    notify_waiting(timezone.now())
    [row] = client.get(f"{ME}inbox/").json()["results"]
    assert (row["decision"]["reason"], row["decision"]["refusals"]["answer"]) == ("Insults", None)
    at = f"inbox/{row['uuid']}/answer/"
    assert_problem(send(signed_in(make_person()), "post", at, {"words": "No"}), 404, "not_found")
    assert send(client, "post", at, {"words": "I am sorry."}).json()["answer"] == "I am sorry."
    assert_problem(send(client, "post", at, {"words": "Really."}), 409, "answered_already")


def test_what_is_not_public_any_more_is_not_named(client, ada):
    proposal = make_discussed()
    follow(actor=ada, subject=proposal, at=timezone.now())
    make_comment(proposal)
    notify_waiting(timezone.now())
    decide(actor=make_holder(), kind=DecisionOnWords.HIDE, subject=proposal, why=Why("Insults"), at=timezone.now())
    [row] = client.get(f"{ME}inbox/").json()["results"]
    assert (row["proposal"], row["comment"]) == (None, None)
    [followed] = client.get(f"{ME}follows/").json()["results"]
    assert followed["name"] == ""


@pytest.mark.parametrize("path", ["follows/", "inbox/"])
def test_lists_cost_the_same_for_any_number_of_rows(client, ada, path):
    def grow(times):
        told_of(ada, times)
        for _ in range(times):
            for subject in (make_category(), make_district(), make_discussed()):
                follow(actor=ada, subject=subject, at=timezone.now())
            comment = make_comment(make_discussed(), ada)
            decide(actor=make_holder(), kind=DecisionOnWords.WARN, subject=comment, why=Why("Mind"), at=timezone.now())
        notify_waiting(timezone.now())

    grow(1)
    few = queries(client, path)
    grow(4)
    assert queries(client, path) == few <= MOST_QUERIES
    assert Notification.objects.filter(person=ada).count() > 5


@pytest.mark.parametrize("path", ["data/", "data/00000000-0000-4000-8000-000000000000/"])
def test_ones_data_are_nobody_elses(client, path):
    assert_problem(Client().get(ME + path), 401, "not_signed_in")
    assert_problem(client.get(f"{ME}{path}?colour=red"), 400, "unknown_parameter")
    assert_problem(client.delete(ME + path), 405, "method_not_allowed")


def test_data_are_asked_for_once_an_hour(client, ada):
    asked = send(client, "post", "data/")
    assert (asked.status_code, asked["Cache-Control"]) == (202, "no-store")
    assert_problem(send(client, "post", "data/"), 409, "export_waits")
    PersonalDataExport.objects.update(made_at=timezone.now())
    assert_problem(send(client, "post", "data/"), 409, "export_recent")
    assert [row["uuid"] for row in client.get(f"{ME}data/").json()["results"]] == [asked.json()["uuid"]]
    # Said to be made, and the file is not there.
    assert_problem(
        client.get(f"{ME}data/{asked.json()['uuid']}/", headers={"Accept": "application/zip"}), 404, "not_found"
    )


def test_an_account_is_erased_by_a_browser_that_shows_again_whose_it_is(client, ada):
    assert_problem(send(client, "delete"), 403, "sign_in_again")
    again = {"password": "a long enough password"}
    assert client.post("/_allauth/browser/v1/auth/reauthenticate", again, "application/json").status_code == 200
    assert send(client, "delete").status_code == 204
    assert_problem(client.get(ME), 401, "not_signed_in")
    assert Person.objects.get(pk=ada.pk).erased_at


def test_who_holds_a_role_is_not_erased():
    client = signed_in(make_holder(email="moderator@example.org"))
    again = {"password": "a long enough password"}
    client.post("/_allauth/browser/v1/auth/reauthenticate", again, "application/json")
    assert_problem(send(client, "delete"), 409, "holds_a_role")
    assert Person.objects.get().erased_at is None
