"""Comments, votes and reports through the API: the same rules, strict input, stable codes, few queries."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.choices import PhaseKind
from participation.models import Budget, Comment, CommentVote, Flag, Proposal
from site_config.anonymous_reads import shelf
from tests.factories.discussion import make_comment, make_discussed, make_holder, put_comment
from tests.factories.participation import make_person
from tests.factories.proposals import next_phase

MOST_QUERIES = 8


@pytest.fixture
def proposal(db):
    return make_discussed()


@pytest.fixture
def ben():
    return make_person(display_name="Ben")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def comments(proposal) -> str:
    return f"/api/v1/proposals/{proposal.uuid}/comments/"


def one(comment, what: str = "") -> str:
    return f"/api/v1/comments/{comment.uuid}/{what}"


def send(client, address: str, body: object, method: str = "post"):
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    return getattr(client, method)(address, data, content_type="application/json")


def words(**changed) -> dict:
    return {"key": str(uuid.uuid4()), "body": "Yes", **changed}


def code(response) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_a_comment_and_a_reply(proposal, ben):
    client, said = signed_in(ben), words(language="en")
    first = send(client, comments(proposal), said)
    assert (first.status_code, first["Cache-Control"]) == (201, "no-store")
    assert first.json()["author"] == "Ben"
    assert send(client, comments(proposal), said).json() == first.json()
    reply = send(client, comments(proposal), words(parent=first.json()["uuid"])).json()
    assert reply["parent"] == reply["thread"] == first.json()["uuid"]
    listed = Client().get(comments(proposal)).json()
    assert [row["depth"] for row in listed["results"]] == [1, 0]
    thread = Client().get(f"{comments(proposal)}?thread={reply['thread']}&order=useful").json()
    assert [row["uuid"] for row in thread["results"]] == [reply["uuid"]]
    assert "email" not in json.dumps(listed)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"words"',
        b'{"body": "a", "body": "b"}',
        b'{"body": 1.5}',
        {},
        {"body": "Yes"},
        words(body=""),
        words(body=None),
        words(body=7),
        words(body=["Yes"]),
        words(body="a\0b"),
        words(body="x" * 3_001),
        words(body="x" * 100_000),
        words(key="x"),
        words(language="xx"),
        words(parent="x"),
        words(officially="perhaps"),
        words(officially="true"),
        words(key=5),
        words(parent=5),
        words(group=5),
        words(state="published"),
        words(author=1),
        words(up_count=9),
    ],
)
def test_strange_input_is_400_and_changes_nothing(proposal, ben, body):
    response = send(signed_in(ben), comments(proposal), body)
    assert code(response)[0] == 400
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "query", ["?order=best", "?seed=16", "?seed=x", "?thread=x", "?page=0", "?nothing=1", "?order=useful&order=newest"]
)
def test_strange_questions_are_400(proposal, query):
    assert code(Client().get(comments(proposal) + query))[0] == 400


@pytest.mark.parametrize(
    "body",
    [{}, {"value": 2}, {"value": "x"}, {"value": "1"}, {"value": True}, {"value": 1, "person": 3}, {"value": None}],
)
def test_strange_votes_are_400(proposal, ben, body):
    assert code(send(signed_in(ben), one(put_comment(proposal), "vote/"), body, "put"))[0] == 400
    assert not CommentVote.objects.exists()


@pytest.mark.parametrize("body", [{}, {"reason": "x"}, {"reason": "spam", "note": "\0"}, {"reason": "spam", "x": 1}])
def test_strange_reports_are_400(proposal, ben, body):
    assert code(send(signed_in(ben), one(put_comment(proposal), "flags/"), body))[0] == 400
    assert not Flag.objects.exists()


def test_without_an_account_nothing_is_written(proposal):
    comment = put_comment(proposal)
    asked = (
        (comments(proposal), words(), "post"),
        (one(comment), {"body": "x"}, "patch"),
        (one(comment, "vote/"), {"value": 1}, "put"),
        (one(comment, "flags/"), {"reason": "spam"}, "post"),
        (f"/api/v1/proposals/{proposal.uuid}/flags/", {"reason": "spam"}, "post"),
    )
    for address, body, method in asked:
        assert code(send(Client(), address, body, method)) in {(401, "not_signed_in"), (403, "forbidden")}
    assert Comment.objects.count() == 1


def test_a_request_from_elsewhere_is_refused(proposal, ben):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ben)
    assert code(send(client, comments(proposal), words()))[0] == 403
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("kind", "expected"), [(PhaseKind.VOTING, "comments_closed"), (PhaseKind.COUNTING, "comments_closed")]
)
def test_the_wrong_phase(proposal, ben, kind, expected):
    comment = put_comment(proposal)
    next_phase(proposal.budget, kind)
    assert code(send(signed_in(ben), comments(proposal), words())) == (409, expected)
    assert code(send(signed_in(ben), one(comment, "vote/"), {"value": 1}, "put")) == (409, expected)


def test_refusals_have_their_codes(proposal, ben):
    client = signed_in(ben)
    own = make_comment(proposal, ben)
    deep = put_comment(proposal, parent=put_comment(proposal, parent=own))
    other = put_comment(proposal, author=make_person())
    assert code(send(client, one(own, "vote/"), {"value": 1}, "put")) == (409, "own_words")
    assert code(send(client, one(own, "flags/"), {"reason": "spam"})) == (409, "own_words")
    assert code(send(client, comments(proposal), words(parent=str(deep.uuid)))) == (409, "too_deep")
    assert code(send(client, comments(proposal), words(officially=True))) == (403, "role_missing")
    assert code(send(client, comments(proposal), words(body="www.a " * 4))) == (409, "too_many_links")
    assert send(client, one(other, "flags/"), {"reason": "spam"}).status_code == 201
    assert code(send(client, one(other, "flags/"), {"reason": "spam"})) == (409, "flagged_already")
    Comment.objects.filter(pk=own.pk).update(posted_at=timezone.now() - timedelta(minutes=15))
    assert code(send(client, one(own), {"body": "Late"}, "patch")) == (409, "edit_time_over")
    assert code(send(client, one(other), {"body": "Mine"}, "patch")) == (404, "not_found")
    assert code(send(signed_in(make_person()), comments(proposal), words(key=str(own.uuid)))) == (404, "not_found")
    Budget.objects.update(takes_comments=False)
    assert code(send(client, comments(proposal), words())) == (409, "comments_off")
    Budget.objects.update(takes_comments=True)
    ben.blocked_until = timezone.now() + timedelta(days=1)
    ben.save()
    assert code(send(client, comments(proposal), words())) == (409, "blocked")


def test_votes(proposal, ben):
    comment, client = put_comment(proposal), signed_in(ben)
    for value, numbers in ((1, (1, 0)), (1, (1, 0)), (-1, (0, 1)), (0, (0, 0))):
        said = send(client, one(comment, "vote/"), {"value": value}, "put").json()
        assert (said["value"], said["up_count"], said["down_count"]) == (value, *numbers)


def test_a_comment_is_changed(proposal, ben):
    comment = make_comment(proposal, ben)
    assert send(signed_in(ben), one(comment), {"body": "Other"}, "patch").json()["body"] == "Other"


@pytest.mark.parametrize("state", ["waiting", "hidden"])
def test_what_waits_or_is_hidden_is_its_authors_alone(proposal, ben, state):
    comment = put_comment(proposal, author=ben, state=state, body="Secret")
    for client in (Client(), signed_in(make_person()), signed_in(make_holder())):
        assert "Secret" not in client.get(comments(proposal)).content.decode()
        assert code(client.get(one(comment))) == (404, "not_found")
    other = signed_in(make_person())
    assert code(send(other, one(comment, "vote/"), {"value": 1}, "put"))[0] == 404
    assert code(send(other, one(comment, "flags/"), {"reason": "spam"}))[0] == 404
    assert code(send(other, comments(proposal), words(parent=str(comment.uuid))))[0] == 404
    assert signed_in(ben).get(one(comment)).json()["state"] == state


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_there_is_nothing_where_the_proposal_is_not_public(proposal, ben, status):
    comment = put_comment(proposal)
    hidden = {"status": "hidden", "hidden_from": "published", "hidden_because": "x"}
    draft = {"status": "draft", "public_number": None, "submitted_at": None, "published_at": None}
    Proposal.objects.update(**(hidden if status == "hidden" else draft))
    for client in (signed_in(ben), signed_in(proposal.author)):
        for address in (comments(proposal), one(comment)):
            assert code(client.get(address))[0] == 404
        assert code(send(client, comments(proposal), words()))[0] == 404
        assert code(send(client, one(comment, "vote/"), {"value": 1}, "put"))[0] == 404
        assert code(send(client, f"/api/v1/proposals/{proposal.uuid}/flags/", {"reason": "spam"}))[0] == 404


def test_a_list_costs_the_same_whatever_there_is(proposal, ben):
    for client in (Client(), signed_in(ben)):
        counts = []
        for rows in (2, 18):
            for _ in range(rows):
                put_comment(proposal, author=make_person(), parent=put_comment(proposal))
            shelf.clear()
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"{comments(proposal)}?page_size=100").status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1] <= MOST_QUERIES


def refusals(client: Client, address: str) -> dict[str, str | None]:
    said = client.get(address).json()["refusals"]
    return {verb: refusal and refusal["code"] for verb, refusal in said.items()}


def test_each_says_why_a_thing_cannot_be_done(proposal, ben):
    comment = make_comment(proposal, ben)
    author, other = signed_in(ben), signed_in(make_person())
    nobody = dict.fromkeys(("reply", "edit", "vote", "flag"), "not_signed_in")
    assert refusals(Client(), one(comment)) == nobody
    assert refusals(author, one(comment)) == {"reply": None, "edit": None, "vote": "own_words", "flag": "own_words"}
    assert refusals(other, one(comment)) == {"reply": None, "edit": "not_yours", "vote": None, "flag": None}
    [row] = other.get(comments(proposal)).json()["results"]
    assert row == other.get(one(comment)).json()
    about = refusals(other, f"/api/v1/proposals/{proposal.uuid}/")
    assert (about["comment"], about["flag"]) == (None, None)
    next_phase(proposal.budget, PhaseKind.VOTING)
    closed = dict.fromkeys(("reply", "edit", "vote"), "comments_closed")
    assert refusals(author, one(comment)) == closed | {"flag": "own_words"}
    assert refusals(other, f"/api/v1/proposals/{proposal.uuid}/")["comment"] == "comments_closed"
    Budget.objects.update(takes_comments=False)
    assert refusals(author, one(comment))["reply"] == "comments_off"
