"""The discussion on the site: who sees and writes what, traps for machines, bad input, and what a page costs."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frontend_templates.discussion import traps
from participation.choices import PhaseKind, Role
from participation.models import Budget, Comment, Flag, Proposal
from site_config.anonymous_reads import shelf
from tests.factories.discussion import make_comment, make_discussed, make_holder, put_comment
from tests.factories.participation import make_person
from tests.factories.proposals import make_open_budget, next_phase, put_proposal
from tests.frontend_templates.pages import FORM, INLINE_HANDLER, INLINE_SCRIPT, read
from tests.frontend_templates.test_proposing import signed_in

BASE = "/en/budgets/green/proposals/1/"
LIST = f"{BASE}comments/"
EVIL = "<script>alert(1)</script>"
MOST_QUERIES, FEW, MANY = 12, 3, 30


@pytest.fixture
def proposal(home):
    return make_discussed(make_open_budget(PhaseKind.SUPPORTING, slug="green"), public_number=1, title="Trees")


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A form may be sent at once, but in the test that it may not."""
    monkeypatch.setattr(traps, "QUICKEST_SECONDS", -1)


@pytest.fixture
def ben():
    return make_person(display_name="Ben")


@pytest.fixture
def client(ben) -> Client:
    return signed_in(ben)


def hidden_in(response) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="(key|stamp)" value="([^"]+)"', response.content.decode())
    assert len(found) in {1, 2}
    return dict(found)


def send(client: Client, path: str = "comments/new/", **said):
    given = hidden_in(client.get(BASE + path))
    return client.post(BASE + path, {"body": "Good idea", "language": "en", **given, **said})


def test_a_comment_a_reply_and_what_everybody_reads(proposal, client, visitor):
    address = send(client)["Location"]
    comment = Comment.objects.get()
    assert address == f"{LIST}{comment.uuid}/#comment-{comment.uuid}"
    send(client, f"comments/{comment.uuid}/reply/", body="I agree")
    for path in ("", "comments/", f"comments/{comment.uuid}/", "comments/feed.rss"):
        response = visitor.get(BASE + path)
        html = response.content.decode()
        assert all(words in html for words in ("Good idea", "Ben")), path
        assert "I agree" in html
        assert "s-maxage" in response["Cache-Control"]
        assert not response.cookies
        assert not FORM.search(html)


def test_a_form_sent_twice_makes_one_comment(proposal, client):
    given = hidden_in(client.get(f"{LIST}new/"))
    for _ in range(2):
        assert client.post(f"{LIST}new/", {"body": "Yes", "language": "en", **given}).status_code == 302
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "comments/new/",
        "comments/{}/reply/",
        "comments/{}/useful/",
        "comments/{}/report/",
        "comments/{}/change/",
        "report/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_writing_takes_an_account(proposal, visitor, path, method):
    address = BASE + path.format(put_comment(proposal).uuid)
    response = getattr(visitor, method)(address)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={address}")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "said",
    [
        {"body": ""},
        {"body": " \n"},
        {"body": "a\0b"},
        {"body": "x" * 3_001},
        {"body": "x" * 100_000},
        {"language": "xx"},
        {"language": ""},
        {"stamp": ""},
        {"stamp": "1:forged:stamp"},
    ],
)
def test_what_is_wrong_is_said_in_the_form_and_changes_nothing(proposal, client, said):
    response = send(client, **said)
    assert "Please check the following" in read(response).text
    assert response["Cache-Control"] == "no-store"
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"body": "http://a https://b www.c www.d"}, "too many links"),
        ({"website": "http://buy.example"}, "a machine"),
    ],
)
def test_link_bombs_and_machines_are_refused(proposal, client, said, words):
    response = send(client, **said)
    assert response.status_code == 409
    assert words in response.content.decode()
    assert not Comment.objects.exists()


def test_a_form_sent_too_fast_keeps_what_was_written_and_can_be_sent_again(proposal, client, monkeypatch):
    given = hidden_in(client.get(f"{LIST}new/"))
    monkeypatch.setattr(traps, "QUICKEST_SECONDS", 1_000)
    again = client.post(f"{LIST}new/", {"body": "Quick words", "language": "en", **given})
    assert "very fast" in read(again).text
    assert "Quick words" in again.content.decode()
    monkeypatch.setattr(traps, "QUICKEST_SECONDS", -1)
    assert client.post(f"{LIST}new/", {"body": "x", "language": "en", **hidden_in(again)}).status_code == 302


def test_a_form_that_was_open_for_long_gets_a_fresh_stamp(proposal, client, monkeypatch):
    monkeypatch.setattr(traps, "SLOWEST_SECONDS", -1)
    old = send(client, body="Slow words")
    assert "open for very long" in read(old).text
    monkeypatch.setattr(traps, "SLOWEST_SECONDS", 1_000)
    assert client.post(f"{LIST}new/", {"body": "x", "language": "en", **hidden_in(old)}).status_code == 302


def test_somebody_elses_stamp_is_none(proposal, client):
    other = hidden_in(signed_in(make_person()).get(f"{LIST}new/"))
    assert "Please check" in read(send(client, stamp=other["stamp"])).text


def test_stray_fields_are_passed_over(proposal, client, ben):
    send(client, state="hidden", is_official="on", officially="on", up_count="9", author="1", depth="2")
    comment = Comment.objects.get()
    assert (comment.state, comment.is_official, comment.up_count, comment.author) == ("published", False, 0, ben)


def test_script_is_shown_as_text(proposal, ben):
    Proposal.objects.update(title=EVIL)
    ben.display_name = EVIL
    ben.save()
    comment = make_comment(proposal, ben, body=EVIL)
    boss = signed_in(make_holder())
    for path in (
        "",
        "comments/",
        f"comments/{comment.uuid}/",
        f"comments/{comment.uuid}/reply/",
        f"comments/{comment.uuid}/useful/",
        f"comments/{comment.uuid}/report/",
        "comments/feed.rss",
    ):
        html = boss.get(BASE + path).content.decode()
        assert EVIL not in html, path
        assert "&lt;script&gt;" in html, path


@pytest.mark.parametrize("state", ["waiting", "hidden"])
def test_what_waits_or_is_hidden_is_its_authors_alone(proposal, ben, client, state):
    comment = put_comment(proposal, body="Secret words", author=ben, state=state)
    put_comment(proposal, body="Secret reply", parent=comment)
    others = [Client(), signed_in(make_person()), signed_in(make_holder())]
    for other in others:
        for path in ("", "comments/", "comments/?order=useful", "comments/?order=random&seed=3", "comments/feed.rss"):
            assert "Secret" not in other.get(BASE + path).content.decode()
        assert other.get(f"{LIST}{comment.uuid}/").status_code == 404
    for path in ("reply", "useful", "report", "change"):
        assert others[1].get(f"{LIST}{comment.uuid}/{path}/").status_code == 404
        assert others[1].post(f"{LIST}{comment.uuid}/{path}/", {"do": "up", "body": "x"}).status_code == 404
    own = read(client.get(LIST)).text
    assert "Secret words" in own
    assert "Secret reply" not in own


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "hidden", "hidden_from": "published", "hidden_because": "x"},
        {"status": "submitted", "published_at": None},
    ],
)
def test_nothing_is_discussed_where_the_proposal_is_not_public(proposal, client, fields):
    comment = put_comment(proposal)
    Proposal.objects.update(**fields)
    paths = ("comments/", "comments/new/", "comments/feed.rss", "report/", f"comments/{comment.uuid}/")
    more = tuple(f"comments/{comment.uuid}/{one}/" for one in ("reply", "useful", "report", "change"))
    for one in (client, signed_in(proposal.author), signed_in(make_holder())):
        assert {one.get(BASE + path).status_code for path in (*paths, *more)} == {404}


def test_a_comment_is_not_found_under_another_proposal(proposal, client):
    put_proposal(proposal.budget, public_number=2)
    comment = put_comment(proposal)
    assert client.get(f"/en/budgets/green/proposals/2/comments/{comment.uuid}/").status_code == 404
    assert client.get(f"{LIST}{uuid.uuid4()}/").status_code == 404


def test_after_the_phase_the_page_says_so(proposal, client, visitor):
    comment = put_comment(proposal)
    next_phase(proposal.budget, PhaseKind.VOTING)
    page = read(visitor.get(LIST))
    assert "Comments are not taken any more." in page.text
    assert "Write a comment" not in page.text
    assert client.get(f"{LIST}new/").status_code == 409
    assert client.post(f"{LIST}{comment.uuid}/useful/", {"do": "up"}).status_code == 409
    assert not Comment.objects.exclude(pk=comment.pk).exists()


def test_the_blocked_are_told(proposal, client, ben):
    ben.blocked_until = timezone.now() + timedelta(days=1)
    ben.save()
    for path in ("comments/new/", "report/"):
        response = client.get(BASE + path)
        assert response.status_code == 409
        assert "you cannot write for a time" in response.content.decode()


def test_votes_in_words(proposal, client, ben):
    address = f"{LIST}{put_comment(proposal).uuid}/useful/"
    for do, words in (
        ("up", "You find it useful."),
        ("up", "You find it useful."),
        ("down", "You do not"),
        ("nonsense", "You do not"),
        ("none", "You have not said yet."),
    ):
        assert words in read(client.post(address, {"do": do}, follow=True)).text
    own = f"{LIST}{make_comment(proposal, ben).uuid}/useful/"
    assert "This is your own." in read(client.get(own)).text
    assert client.post(own, {"do": "up"}).status_code == 409


def test_a_comment_is_changed_by_its_author(proposal, client, ben):
    comment = make_comment(proposal, ben, body="Old words")
    path = f"comments/{comment.uuid}/change/"
    assert "Old words" in client.get(BASE + path).content.decode()
    send(client, path, body="New words")
    assert Comment.objects.get().body == "New words"
    assert signed_in(make_person()).get(BASE + path).status_code == 404
    Comment.objects.update(posted_at=timezone.now() - timedelta(minutes=15))
    assert client.get(BASE + path).status_code == 409


def test_the_administration_answers(proposal):
    send(signed_in(make_holder(Role.VALUATOR)), officially="on")
    assert Comment.objects.get().is_official
    assert "Official answer" in read(Client().get(LIST)).text


def test_first_comments_wait(proposal, client):
    Budget.objects.update(first_comments_wait=True)
    address = send(client)["Location"]
    assert "A moderator looks at your comment first." in read(client.get(address)).text


@pytest.mark.parametrize("path", ["report/", "comments/{}/report/"])
def test_reports_once_and_not_of_ones_own(proposal, client, ben, path):
    comment = put_comment(proposal, author=make_person())
    address = path.format(comment.uuid)
    response = send(client, address, reason="spam", note=EVIL)
    assert response["Location"] == LIST
    assert "Thank you." in read(client.get(LIST)).text
    assert (Flag.objects.get().reason, Flag.objects.get().person) == ("spam", ben)
    given = hidden_in(client.get(BASE + address))
    again = client.post(BASE + address, {"reason": "insult", **given})
    assert again.status_code == 409
    assert "reported this already" in again.content.decode()
    assert Flag.objects.count() == 1
    author = signed_in(comment.author if "{}" in path else proposal.author)
    assert author.get(BASE + address).status_code == 409


@pytest.mark.parametrize(
    "said",
    [
        {"reason": ""},
        {"reason": "because"},
        {"reason": "spam", "note": "x" * 100_000},
        {"reason": "spam", "note": "\0"},
    ],
)
def test_bad_reports_change_nothing(proposal, client, said):
    assert "Please check the following" in read(send(client, "report/", **said)).text
    assert not Flag.objects.exists()


def fill(proposal, rows: int) -> None:
    for _ in range(rows):
        root = put_comment(proposal, author=make_person())
        for _ in range(min(rows, 8)):
            reply = put_comment(proposal, parent=root, author=make_person())
        put_comment(proposal, parent=reply, author=make_person())


@pytest.mark.parametrize(
    "path", ["", "comments/", "comments/?order=useful", "comments/?order=random&seed=7", "thread", "comments/feed.rss"]
)
@pytest.mark.parametrize("who", ["visitor", "client"])
def test_the_number_of_comments_does_not_matter(proposal, request, path, who):
    asks, counts = request.getfixturevalue(who), []
    for rows in (FEW, MANY):
        fill(proposal, rows)
        root = Comment.objects.roots().last()
        address = f"{LIST}{root.uuid}/" if path == "thread" else BASE + path
        asks.get(address)
        shelf.clear()
        with CaptureQueriesContext(connection) as asked:
            assert asks.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= (MOST_QUERIES if path else 13), counts


def test_long_threads_and_lists_are_cut_and_paged(proposal, visitor):
    fill(proposal, 25)
    page = read(visitor.get(LIST))
    assert "Page 1 of 2" in page.text
    assert page.text.count("4 more replies") == 20
    assert "Page 2 of 2" in read(visitor.get(f"{LIST}?page=2")).text


def test_orders(proposal, visitor):
    for number, score in enumerate((1, 3, 2)):
        put_comment(
            proposal,
            body=f"Word{score}",
            up_count=score,
            score=score,
            posted_at=timezone.now() - timedelta(hours=number),
            shuffle=score / 4,
        )

    def order(query: str) -> list[str]:
        return re.findall(r"Word(\d)", read(visitor.get(LIST + query)).text)

    assert order("") == order("?order=nonsense&seed=-1&page=x") == ["1", "3", "2"]
    assert order("?order=useful") == ["3", "2", "1"]
    assert order("?order=random&seed=0") == ["1", "2", "3"]
    assert order("?order=random&seed=8") == ["2", "3", "1"]


def test_pages_keep_to_the_rules_of_all_pages(proposal, client, ben):
    comment = put_comment(proposal, author=make_person())
    own = make_comment(proposal, ben)
    own_path = f"comments/{own.uuid}/change/"
    paths = ("comments/", f"comments/{comment.uuid}/", "comments/new/", "report/", own_path)
    more = tuple(f"comments/{comment.uuid}/{one}/" for one in ("reply", "useful", "report"))
    for path in (*paths, *more):
        response = client.get(BASE + path)
        html, page = response.content.decode(), read(response)
        assert not INLINE_SCRIPT.search(html)
        assert not INLINE_HANDLER.search(html)
        assert "style=" not in html
        assert len(page.ids) == len(set(page.ids)), path
        assert page.headings.count(1) == 1
        labelled = {label.get("for") for label in page.all("label")}
        fields = [
            one for tag in ("input", "select", "textarea") for one in page.all(tag) if one.get("type") != "hidden"
        ]
        assert {one.get("id") for one in fields} <= labelled, path


def test_a_moderator_of_one_budget_decides_on_the_site(proposal, client):
    waits = put_comment(proposal, body="It waits", state="waiting", author=make_person())
    reported = put_comment(proposal, body="It is reported", author=make_person())
    Flag.objects.create(comment=reported, person=make_person(), reason="spam", note=EVIL, at=timezone.now())
    moderator = signed_in(make_holder(budget=proposal.budget))
    waiting = "/en/budgets/green/proposals/waiting/"
    shown = read(moderator.get(waiting)).text
    assert "It waits" in shown
    assert "It is reported" in shown
    address = f"{LIST}{reported.uuid}/moderate/"
    assert EVIL not in moderator.get(address).content.decode()
    for bad in ({}, {"do": "block", "words": "x"}, {"do": "hide", "words": "\0"}, {"do": "hide", "canned": "x"}):
        assert "Please check" in read(moderator.post(address, bad)).text
    assert "Say why" in moderator.post(address, {"do": "hide"}).content.decode()
    assert moderator.post(address, {"do": "hide", "words": "Spam."})["Location"] == waiting
    moderator.post(f"{LIST}{waits.uuid}/moderate/", {"do": "publish"})
    assert dict(Comment.objects.values_list("pk", "state")) == {waits.pk: "published", reported.pk: "hidden"}
    for other in (client, signed_in(make_holder(Role.VALUATOR))):
        assert other.get(address).status_code == 403
        assert other.post(address, {"do": "restore"}).status_code == 403
    assert Client().get(address).status_code == 302
