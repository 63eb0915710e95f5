"""Moderating through the API: who may, what each decision does, and what is not there for a moderator elsewhere."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.actions.flags import flag
from participation.choices import FlagReason, Role
from participation.models import CannedReason, CannedReasonText, Comment, ModerationDecision
from tests.api.test_errors import assert_problem
from tests.factories.discussion import make_comment, make_discussed, make_holder, put_comment
from tests.factories.participation import locale, make_person
from tests.factories.proposals import make_draft, make_open_budget

pytestmark = pytest.mark.django_db
BASE = "/api/v1/"
QUEUE, DECISIONS = "moderation/queue/", "moderation/decisions/"
MOST_QUERIES = 8


@pytest.fixture(autouse=True)
def english():
    locale("en")


@pytest.fixture
def proposal():
    return make_discussed()


@pytest.fixture
def comment(proposal) -> Comment:
    return make_comment(proposal)


@pytest.fixture
def moderator() -> Client:
    return signed_in(make_holder())


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(client, path: str, body: object = None):
    return client.post(BASE + path, "" if body is None else json.dumps(body), content_type="application/json")


def decisions(subject) -> str:
    return f"{'comments' if isinstance(subject, Comment) else 'proposals'}/{subject.uuid}/decisions/"


def reported(subject) -> None:
    flag(actor=make_person(), subject=subject, reason=FlagReason.SPAM, note="Look", at=timezone.now())


@pytest.mark.parametrize("path", [QUEUE, DECISIONS, "moderation/reasons/"])
def test_it_takes_the_role(path):
    assert_problem(Client().get(BASE + path), 401, "not_signed_in")
    for person in (make_person(), make_holder(Role.EDITOR), make_holder(Role.OFFICER)):
        assert_problem(signed_in(person).get(BASE + path), 403, "role_missing")
    for role in (Role.MODERATOR, Role.MANAGER, Role.ADMINISTRATOR):
        answer = signed_in(make_holder(role)).get(BASE + path)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


def test_the_queue_has_what_waits_or_was_reported(moderator, proposal, comment):
    waiting = put_comment(proposal, state="waiting")
    assert [row["uuid"] for row in moderator.get(BASE + QUEUE).json()["results"]] == [str(waiting.uuid)]
    reported(comment)
    rows = moderator.get(BASE + QUEUE).json()["results"]
    assert [row["uuid"] for row in rows] == [str(comment.uuid), str(waiting.uuid)]
    assert [(one["reason"], one["note"]) for one in rows[0]["flags"]] == [("spam", "Look")]
    assert moderator.get(f"{BASE}{QUEUE}?budget=nothing").json()["results"] == []
    assert moderator.get(f"{BASE}{QUEUE}?kind=proposal").json()["results"] == []
    reported(proposal)
    [row] = moderator.get(f"{BASE}{QUEUE}?kind=proposal").json()["results"]
    assert (row["uuid"], row["state"]) == (str(proposal.uuid), "published")
    assert "person" not in json.dumps(rows)
    for wrong in ("kind=person", "show=all", "colour=red"):
        assert moderator.get(f"{BASE}{QUEUE}?{wrong}").status_code == 400


@pytest.mark.parametrize("noun", ["comment", "proposal"])
def test_hide_with_a_reason_restore_and_undo(moderator, noun, request):
    subject = request.getfixturevalue(noun)
    state = {"comment": "state", "proposal": "status"}[noun]
    assert_problem(send(moderator, decisions(subject), {"do": "hide"}), 409, "reason_missing")
    made = send(moderator, decisions(subject), {"do": "hide", "words": "Insults somebody"})
    assert (made.status_code, made.json()["kind"], made.json()[noun]) == (201, "hide", str(subject.uuid))
    subject.refresh_from_db()
    assert getattr(subject, state) == "hidden"
    assert [row["uuid"] for row in moderator.get(f"{BASE}{QUEUE}?kind={noun}&show=hidden").json()["results"]] == [
        str(subject.uuid)
    ]
    undone = send(moderator, f"{DECISIONS}{made.json()['uuid']}/undo/")
    assert undone.json()["undone_at"]
    subject.refresh_from_db()
    assert getattr(subject, state) == "published"
    send(moderator, decisions(subject), {"do": "hide", "words": "Again"})
    assert send(moderator, decisions(subject), {"do": "restore"}).status_code == 201
    assert_problem(send(moderator, decisions(subject), {"do": "restore"}), 409, "wrong_status")


def test_warn_and_block_with_a_canned_reason_and_a_term(moderator, comment):
    reason = CannedReason.objects.create(slug="rude")
    CannedReasonText.objects.create(identity=reason, locale=locale(), words="Be polite.")
    assert moderator.get(f"{BASE}moderation/reasons/").json() == [{"slug": "rude", "words": "Be polite."}]
    assert send(moderator, decisions(comment), {"do": "warn", "canned": "rude"}).json()["canned"] == "rude"
    assert_problem(send(moderator, decisions(comment), {"do": "block", "canned": "rude"}), 409, "term_missing")
    made = send(moderator, decisions(comment), {"do": "block", "canned": "rude", "days": 7})
    assert made.status_code == 201
    comment.author.refresh_from_db()
    assert comment.author.blocked_until - timezone.now() > timedelta(days=6)
    listed = moderator.get(BASE + DECISIONS).json()["results"]
    assert [row["kind"] for row in listed] == ["block", "warn"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"do": "burn"},
        {"do": "hide", "words": 5},
        {"do": "hide", "canned": "none"},
        {"do": "block", "words": "x", "days": 0},
        {"do": "block", "words": "x", "days": 366},
        {"do": "block", "words": "x", "days": True},
        {"do": "hide", "words": "x", "actor": 1},
        {"do": "hide", "words": "x" * 2_001},
    ],
)
def test_what_cannot_be_read_changes_nothing(moderator, comment, body):
    assert_problem(send(moderator, decisions(comment), body), 400, "invalid")
    assert not ModerationDecision.objects.exists()


def test_a_role_in_one_budget_opens_that_budget_alone(comment):
    other = make_comment(make_discussed())
    client = signed_in(make_holder(budget=comment.budget))
    for one in (comment, other):
        reported(one)
    assert [row["uuid"] for row in client.get(BASE + QUEUE).json()["results"]] == [str(comment.uuid)]
    assert_problem(send(client, decisions(other), {"do": "hide", "words": "x"}), 404, "not_found")
    assert send(client, decisions(comment), {"do": "hide", "words": "x"}).status_code == 201
    assert_problem(send(client, decisions(comment), {"do": "block", "words": "x", "days": 1}), 403, "role_missing")
    boss = signed_in(make_holder())
    made = send(boss, decisions(other), {"do": "hide", "words": "x"}).json()
    assert_problem(send(client, f"{DECISIONS}{made['uuid']}/undo/"), 404, "not_found")
    assert len(client.get(BASE + DECISIONS).json()["results"]) == 1


def test_drafts_are_nobody_elses_even_for_moderators(moderator):
    draft = make_draft(make_open_budget())
    assert_problem(send(moderator, decisions(draft), {"do": "hide", "words": "x"}), 404, "not_found")


@pytest.mark.parametrize("path", [QUEUE, f"{QUEUE}?kind=proposal", DECISIONS])
def test_lists_cost_the_same_for_any_number_of_rows(moderator, path):
    def grow(times):
        for _ in range(times):
            one = make_comment(make_discussed())
            for subject in (one, one.proposal):
                reported(subject)
            send(moderator, decisions(make_comment(make_discussed())), {"do": "warn", "words": "Mind"})

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert moderator.get(BASE + path).json()["results"]
        return len(captured)

    grow(1)
    few = queries()
    grow(4)
    assert queries() == few <= MOST_QUERIES


def asked_of(subject, do: str = "hide", **more) -> dict:
    kind = "comment" if isinstance(subject, Comment) else "proposal"
    return {"kind": kind, "uuid": str(subject.uuid), "do": do, "words": "Off topic.", **more}


def test_a_list_of_decisions_is_made_as_a_whole(moderator, proposal, comment):
    body = {"decisions": [asked_of(comment), asked_of(proposal, "dismiss", words=""), asked_of(put_comment(proposal))]}
    reported(proposal)
    answer = send(moderator, DECISIONS, body)
    assert answer.status_code == 201
    made = answer.json()["decisions"]
    assert [(row["kind"], row["comment"] or row["proposal"]) for row in made] == [
        (row["do"], row["uuid"]) for row in body["decisions"]
    ]
    assert ModerationDecision.objects.values("batch").distinct().count() == 1
    assert set(Comment.objects.values_list("state", flat=True)) == {"hidden"}


def test_one_that_is_refused_undoes_the_whole_list(moderator, proposal, comment):
    hidden = put_comment(proposal, state="hidden")
    answer = send(moderator, DECISIONS, {"decisions": [asked_of(comment), asked_of(hidden)]})
    body = assert_problem(answer, 409, answer.json()["code"])
    assert [fault["pointer"] for fault in body["errors"]] == ["/decisions/1"]
    comment.refresh_from_db()
    assert (comment.state, ModerationDecision.objects.count()) == ("published", 0)


def test_a_list_names_nothing_of_another_budget(proposal, comment):
    elsewhere = signed_in(make_holder(budget=proposal.budget))
    other = make_comment(make_discussed())
    assert_problem(send(elsewhere, DECISIONS, {"decisions": [asked_of(comment), asked_of(other)]}), 404, "not_found")
    draft = make_draft(make_open_budget())
    assert_problem(send(elsewhere, DECISIONS, {"decisions": [asked_of(draft)]}), 404, "not_found")
    assert not ModerationDecision.objects.exists()


@pytest.mark.parametrize(
    "changed", [{"do": "x"}, {"kind": "person"}, {"uuid": "1"}, {"status": "hidden"}, {"days": True}]
)
def test_a_list_is_read_strictly(moderator, comment, changed):
    assert_problem(send(moderator, DECISIONS, {"decisions": [asked_of(comment) | changed]}), 400, "invalid")
    assert not ModerationDecision.objects.exists()


def test_a_list_is_neither_empty_nor_long_nor_twice_about_one(moderator, comment):
    for rows in ([], [asked_of(comment)] * 2, [asked_of(comment)] * 51):
        assert_problem(send(moderator, DECISIONS, {"decisions": rows}), 400, "invalid")
    assert_problem(send(moderator, DECISIONS, [asked_of(comment)]), 400, "invalid")
    assert not ModerationDecision.objects.exists()
