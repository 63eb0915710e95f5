"""Inbox, following, mails: in whose language, once, and the way out without signing in."""

import re
from datetime import timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frontend_templates.notices import sending
from frontend_templates.notices.sending import send_at_once, send_weekly
from frontend_templates.notices.unsubscribing import unsubscribe_address
from participation.actions.decisions import Why, decide
from participation.actions.follows import follow
from participation.actions.notifying import notify_waiting
from participation.choices import DecisionOnWords, PhaseKind
from participation.models import Comment, Follow, ModerationDecision, Notification, Person
from tests.factories.discussion import make_comment, make_discussed, make_holder
from tests.factories.participation import locale, make_category, make_district, make_envelope, make_person
from tests.factories.proposals import make_open_budget
from tests.frontend_templates.pages import INLINE_HANDLER, INLINE_SCRIPT, read
from tests.frontend_templates.test_proposing import signed_in

NOW = timezone.now()
DAY = timedelta(days=1)
INBOX = "/en/inbox/"
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def proposal(home):
    return make_discussed(make_open_budget(PhaseKind.SUPPORTING, slug="green"), public_number=1, title="Trees")


@pytest.fixture
def ben(proposal):
    """Follows the proposal."""
    person = make_person(display_name="Ben", email="ben@example.org")
    follow(actor=person, subject=proposal, at=NOW)
    return person


@pytest.fixture
def client(ben) -> Client:
    return signed_in(ben)


def path_in(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def tell(proposal, times: int = 1, **fields) -> None:
    Person.objects.filter(pk=proposal.author_id).update(mails="none")
    for _ in range(times):
        make_comment(proposal, **{"at": NOW, **fields})
    notify_waiting(NOW)


def test_a_mail_at_once_and_a_second_run_sends_nothing(proposal, ben):
    tell(proposal, body="Good & cheap")
    assert send_at_once(NOW) == 1
    assert send_at_once(NOW) == send_weekly(NOW + 30 * DAY) == 0
    [one] = mail.outbox
    assert (one.subject, one.to) == ("A new comment on “Trees”.", ["ben@example.org"])
    assert "Good & cheap" in one.body
    assert f"/en/budgets/green/proposals/1/comments/{Comment.objects.get().uuid}/" in one.body
    assert one.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert one.extra_headers["List-Unsubscribe"].strip("<>") in one.body
    assert Notification.objects.get(person=ben).mail == "sent"


def test_a_mail_is_in_the_language_of_its_reader(proposal, ben):
    locale("fr")
    for language, start in (("fr", "/fr/"), ("xx", "/en/"), ("es", "/en/")):
        Person.objects.filter(pk=ben.pk).update(language=language)
        mail.outbox.clear()
        tell(proposal)
        send_at_once(NOW)
        assert start in mail.outbox[0].body


@pytest.mark.parametrize(
    ("error", "state", "goes_on"),
    [
        (SMTPDataError(550, "no"), "failed", True),
        (SMTPServerDisconnected("gone"), "sending", False),
        (KeyError("bug"), "failed", True),
    ],
)
def test_a_failure_in_the_middle_sends_nobody_two(proposal, ben, monkeypatch, error, state, goes_on):
    tell(proposal, 3)
    real, calls = EmailMessage.send, []

    def fails_at_second(self, *args, **named):
        calls.append(self)
        if len(calls) == 2:
            raise error
        return real(self, *args, **named)

    monkeypatch.setattr(EmailMessage, "send", fails_at_second)
    if goes_on:
        assert send_at_once(NOW) == 2
    else:
        with pytest.raises(SMTPServerDisconnected):
            send_at_once(NOW)
        assert len(mail.outbox) == 1
    send_at_once(NOW)
    send_at_once(NOW)
    states = list(Notification.objects.filter(person=ben).order_by("pk").values_list("mail", flat=True))
    assert states == ["sent", state, "sent"]
    assert len(mail.outbox) == 2


def test_nothing_is_claimed_while_the_mail_server_is_out_of_reach(proposal, ben, monkeypatch):
    tell(proposal)

    class Down:
        def __enter__(self):
            raise ConnectionRefusedError

        def __exit__(self, *error):
            return None

    monkeypatch.setattr(sending, "get_connection", Down)
    with pytest.raises(ConnectionRefusedError):
        send_at_once(NOW)
    monkeypatch.undo()
    assert send_at_once(NOW) == 1


def test_what_was_hidden_meanwhile_is_not_mailed(proposal, ben):
    tell(proposal)
    Comment.objects.update(state="hidden")
    assert send_at_once(NOW) == 0
    assert not mail.outbox
    assert Notification.objects.get(person=ben).mail == "none"


def test_a_proposal_that_was_hidden_meanwhile_is_not_named_in_the_inbox(proposal, ben, client):
    tell(proposal)
    proposal.status, proposal.hidden_from, proposal.hidden_because = "hidden", "published", "x"
    proposal.save()
    page = read(client.get(INBOX))
    assert "not public any more" in page.text
    assert "Trees" not in page.text
    assert "Trees" not in read(client.get("/en/following/")).text


def test_a_long_weekly_mail_costs_the_same(proposal, ben, django_assert_max_num_queries):
    Person.objects.filter(pk=ben.pk).update(mails="weekly")
    tell(proposal, 18)
    with django_assert_max_num_queries(12):
        assert send_weekly(NOW + 8 * DAY) == 1


def test_a_week_in_one_mail(proposal, ben):
    Person.objects.filter(pk=ben.pk).update(mails="weekly")
    tell(proposal, 3)
    Notification.objects.update(at=NOW)
    assert send_at_once(NOW) == send_weekly(NOW + 7 * DAY - timedelta(seconds=1)) == 0
    assert send_weekly(NOW + 7 * DAY) == 1
    assert send_weekly(NOW + 7 * DAY) == send_weekly(NOW + 20 * DAY) == 0
    assert mail.outbox[0].subject == "This week: 3 pieces of news"
    assert mail.outbox[0].body.count("A new comment on") == 3


def test_a_subject_is_one_line_and_words_are_as_written(proposal, ben):
    proposal.title = f"Trees\r\nBcc: all@example.org {EVIL}"
    proposal.save()
    tell(proposal)
    send_at_once(NOW)
    [one] = mail.outbox
    assert "\n" not in one.subject
    assert EVIL in one.body
    assert (one.content_subtype, one.recipients()) == ("plain", ["ben@example.org"])


def test_the_way_out_takes_no_account_and_two_steps(proposal, ben, visitor):
    tell(proposal)
    address = path_in(unsubscribe_address(ben))
    page = visitor.get(address)
    assert (page["Cache-Control"], dict(page.cookies)) == ("no-store", {})
    assert "csrfmiddlewaretoken" not in page.content.decode()
    ben.refresh_from_db()
    assert ben.mails == "at_once"
    outside = Client(enforce_csrf_checks=True)
    done = outside.post(address, {"List-Unsubscribe": "One-Click"})
    assert "no more mails" in read(done).text
    ben.refresh_from_db()
    assert ben.mails == "none"
    assert send_at_once(NOW) == 0
    assert outside.post(address).status_code == 200


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1], lambda token: "x" + token, lambda token: "nothing", lambda token: token + "."]
)
def test_a_forged_way_out_is_none(home, ben, visitor, change):
    start, token = path_in(unsubscribe_address(ben)).rstrip("/").rsplit("/", 1)
    for method in (visitor.get, visitor.post):
        assert method(f"{start}/{change(token)}/").status_code == 404
    ben.refresh_from_db()
    assert ben.mails == "at_once"


def test_the_inbox_is_ones_own(proposal, ben, client):
    tell(proposal)
    notice = Notification.objects.get(person=ben)
    assert "A new comment on “Trees”." in read(client.get(INBOX)).text
    stranger = signed_in(make_person())
    assert "There is nothing here yet." in read(stranger.get(INBOX)).text
    assert stranger.get(f"{INBOX}{notice.uuid}/").status_code == 404
    assert stranger.post(INBOX, {"do": "read", "notice": str(notice.uuid)}).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_read_and_unread(proposal, ben, client):
    tell(proposal, 2)
    first, second = Notification.objects.filter(person=ben).order_by("pk")
    steps = (("read", 1), ("read", 1), ("nonsense", 1), ("unread", 2), ("open", 1), ("all", 0))
    for do, unread in steps:
        client.post(INBOX, {"do": do, "notice": str(first.uuid)})
        assert Notification.objects.filter(person=ben).unread().count() == unread
    opened = client.post(INBOX, {"do": "open", "notice": str(second.uuid)})
    assert opened["Location"] == f"/en/budgets/green/proposals/1/comments/{second.comment.uuid}/"


@pytest.mark.parametrize("data", [{}, {"do": "read"}, {"do": "read", "notice": "x"}, {"do": "read", "notice": "\0"}])
def test_bad_input_marks_nothing(proposal, ben, client, data):
    tell(proposal)
    assert client.post(INBOX, data).status_code == 404
    assert Notification.objects.filter(person=ben).unread().count() == 1


@pytest.fixture
def decision(proposal, ben):
    comment = make_comment(proposal, ben, body="You fool")
    decide(actor=make_holder(), kind=DecisionOnWords.HIDE, subject=comment, why=Why(f"Rude. {EVIL}"), at=NOW)
    notify_waiting(NOW)
    return ModerationDecision.objects.get()


def test_the_author_is_told_why_and_answers_once(decision, ben, client):
    notice = Notification.objects.get(person=ben)
    address = f"{INBOX}{notice.uuid}/"
    page = client.get(address)
    assert all(words in read(page).text for words in ("Rude.", "You fool", "hidden"))
    assert EVIL not in page.content.decode()
    for bad in ("", " ", "x" * 2_001, "\0"):
        assert "Please check" in read(client.post(address, {"words": bad})).text
    assert client.post(address, {"words": "It was a joke."})["Location"] == address
    assert "It was a joke." in read(client.get(address)).text
    assert client.post(address, {"words": "Again"}).status_code == 409
    decision.refresh_from_db()
    assert decision.answer == "It was a joke."
    moderator = make_holder(is_staff=True)
    assert moderator.pk != ben.pk


def test_a_decision_is_mailed_too(decision, ben):
    send_at_once(NOW)
    assert "A moderator has hidden what you wrote" in mail.outbox[-1].subject
    assert "/en/inbox/" in mail.outbox[-1].body


def test_following_a_proposal(proposal, client, ben):
    address = "/en/budgets/green/proposals/1/follow/"
    for do, words in (
        ("stop", "You do not follow"),
        ("nonsense", "You do not follow"),
        ("follow", "You follow this"),
        ("follow", "You follow this"),
    ):
        assert words in read(client.post(address, {"do": do}, follow=True)).text
    assert Follow.objects.filter(person=ben).count() == 1
    proposal.status, proposal.hidden_from, proposal.hidden_because = "hidden", "published", "x"
    proposal.save()
    assert client.get(address).status_code == client.post(address, {"do": "follow"}).status_code == 404


def test_following_a_budget_its_districts_and_categories(proposal, client, ben):
    north, nature = make_district("North"), make_category("Nature")
    make_envelope(proposal.budget, district=north)
    elsewhere = make_district("Elsewhere")
    address = "/en/budgets/green/follow/"
    names = re.findall(r'name="follow" value="([^"]+)"', client.get(address).content.decode())
    assert names == [f"budget-{proposal.budget.pk}", f"district-{north.pk}", f"category-{nature.pk}"]
    client.post(address, {"follow": names})
    assert Follow.objects.filter(person=ben).count() == 4
    client.post(address, {"follow": names[:1]})
    assert Follow.objects.filter(person=ben).count() == 2
    for strange in (f"district-{elsewhere.pk}", "x", "\0", f"proposal-{proposal.pk}"):
        assert "Please check" in read(client.post(address, {"follow": [strange]})).text
    page = read(client.get("/en/following/"))
    assert "Budget: A greener town" in page.text
    one = Follow.objects.get(person=ben, budget=proposal.budget)
    signed_in(make_person()).post("/en/following/", {"do": "stop", "follow": one.pk})
    for data in ({"do": "stop", "follow": "x"}, {"do": "stop", "follow": "9" * 30}, {"do": "stop"}, {}):
        assert client.post("/en/following/", data).status_code == 302
    assert Follow.objects.filter(pk=one.pk).exists()
    client.post("/en/following/", {"do": "stop", "follow": one.pk})
    assert not Follow.objects.filter(pk=one.pk).exists()


def test_choosing_mails(client, ben):
    for bad in ("", "hourly", "\0"):
        assert "Please check" in read(client.post("/en/following/", {"do": "mails", "mails": bad})).text
    client.post("/en/following/", {"do": "mails", "mails": "weekly"})
    ben.refresh_from_db()
    assert ben.mails == "weekly"


PATHS = ("inbox/", "following/", "budgets/green/follow/", "budgets/green/proposals/1/follow/")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_these_pages_take_an_account(proposal, visitor, path, method):
    response = getattr(visitor, method)(f"/en/{path}")
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next=/en/{path}")
    assert response["Cache-Control"] == "no-store"


def test_pages_keep_to_the_rules_of_all_pages(decision, client, ben, visitor):
    tell(decision.comment.proposal)
    own = Notification.objects.get(person=ben, decision=decision)
    asks = [(client, f"/en/{path}") for path in (*PATHS, f"inbox/{own.uuid}/")]
    for asked, address in (*asks, (visitor, path_in(unsubscribe_address(ben)))):
        response = asked.get(address)
        html, page = response.content.decode(), read(response)
        assert not INLINE_SCRIPT.search(html)
        assert not INLINE_HANDLER.search(html)
        assert "style=" not in html
        assert len(page.ids) == len(set(page.ids)), address
        assert page.headings.count(1) == 1
        labelled = {label.get("for") for label in page.all("label")}
        fields = [
            one for tag in ("input", "select", "textarea") for one in page.all(tag) if one.get("type") != "hidden"
        ]
        assert {one.get("id") for one in fields} <= labelled, address
        assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["inbox/", "following/"])
def test_rows_do_not_matter(proposal, ben, client, path):
    counts, boss = [], make_holder()
    for rows in (2, 9):
        for _ in range(rows):
            follow(actor=ben, subject=make_category(), at=NOW)
            comment = make_comment(proposal, ben, at=NOW)
            decide(actor=boss, kind=DecisionOnWords.WARN, subject=comment, why=Why("Rude"), at=NOW)
        tell(proposal, rows)
        client.get(f"/en/{path}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/en/{path}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12, counts
