"""Comments: who may say what and when, one form sent twice, words that are refused, votes."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from participation.actions.comments import comment_on, edit_comment, rate_comment
from participation.actions.decisions import decide
from participation.choices import DecisionOnWords, Opening, PhaseKind, Role
from participation.eligibility import refusal_to_comment, refusal_to_discuss, refusal_to_edit_comment, refusal_to_rate
from participation.models import ActivityEntry, Budget, Comment, CommentVote, Outbox, Proposal
from participation.refusals import ActionRefused, Refusal
from participation.standing import SILENT, Voice, voice_of
from tests.factories.discussion import make_comment, make_discussed, make_holder, put_comment
from tests.factories.participation import make_budget, make_person, make_phase
from tests.factories.proposals import next_phase, put_proposal

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)


def refused(action, **named) -> Refusal:
    before = list(Comment.objects.order_by("pk").values())
    with pytest.raises(ActionRefused) as caught:
        action(**{"at": NOW, **named})
    assert list(Comment.objects.order_by("pk").values()) == before
    return caught.value.refusal


def words(proposal, author, **changed) -> dict:
    return {"actor": author, "proposal": proposal, "key": uuid.uuid4(), "body": "Yes", "language": "en", **changed}


@pytest.fixture
def proposal():
    return make_discussed()


@pytest.fixture
def ben():
    return make_person(display_name="Ben")


def test_a_comment_is_kept_logged_and_announced(proposal, ben):
    comment = make_comment(proposal, ben, body="  Good\r\nidea \x00 ", at=NOW)
    assert (comment.body, comment.depth, comment.state, comment.posted_at) == ("Good\nidea", 0, "published", NOW)
    assert ActivityEntry.objects.get().verb == "comment"
    assert (Outbox.objects.get().kind, Outbox.objects.get().subject) == ("comment_published", str(comment.uuid))


def test_replies_are_three_deep_at_most(proposal, ben):
    first = make_comment(proposal, ben)
    second = make_comment(proposal, ben, parent=first)
    third = make_comment(proposal, ben, parent=second)
    assert [(one.depth, one.root) for one in (first, second, third)] == [(0, None), (1, first), (2, first)]
    assert refused(comment_on, **words(proposal, ben, parent=third)) is Refusal.TOO_DEEP


def test_the_same_key_twice_makes_one_comment(proposal, ben):
    asked = words(proposal, ben)
    assert comment_on(**asked, at=NOW) == comment_on(**asked, at=NOW)
    assert Comment.objects.count() == Outbox.objects.count() == 1
    assert refused(comment_on, **{**asked, "actor": make_person()}) is Refusal.NOT_YOURS
    assert refused(comment_on, **{**asked, "proposal": put_proposal(proposal.budget)}) is Refusal.NOT_YOURS


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("", Refusal.NOTHING_SAID),
        (" \n\x00\x1b ", Refusal.NOTHING_SAID),
        ("x" * 3_001, Refusal.TOO_LONG),
        ("x" * 100_000, Refusal.TOO_LONG),
        ("http://a.example https://b.example www.c.example WWW.d.example", Refusal.TOO_MANY_LINKS),
    ],
)
def test_words_that_are_refused(proposal, ben, body, refusal):
    comment = make_comment(proposal, ben, at=NOW)
    assert refused(comment_on, **words(proposal, ben, body=body)) is refusal
    assert refused(edit_comment, actor=ben, comment=comment, body=body) is refusal


def test_three_links_are_allowed(proposal, ben):
    assert make_comment(proposal, ben, body="http://a.example https://b.example www.c.example").pk


@pytest.fixture
def timed():
    """Proposing for ten days from now on, then nothing."""
    budget = make_budget()
    make_phase(budget, kind=PhaseKind.INFORMING, starts_at=NOW - DAY, ends_at=NOW)
    make_phase(budget, kind=PhaseKind.PROPOSING, starts_at=NOW, ends_at=NOW + 10 * DAY)
    return put_proposal(Budget.objects.get(pk=budget.pk), author=make_person())


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (NOW - TICK, Refusal.COMMENTS_NOT_OPEN),
        (NOW, None),
        (NOW + 10 * DAY - TICK, None),
        (NOW + 10 * DAY, Refusal.COMMENTS_CLOSED),
    ],
)
def test_before_during_and_after_the_phase(timed, ben, at, expected):
    comment = put_comment(timed, posted_at=at)
    own = put_comment(timed, posted_at=at, author=ben)
    assert refusal_to_comment(timed, None, Voice(ben), at) is expected
    assert refusal_to_comment(timed, comment, Voice(ben), at) is expected
    assert refusal_to_rate(comment, Voice(ben), at) is expected
    assert refusal_to_edit_comment(own, Voice(ben), at) is expected


def test_before_and_after_nothing_is_written(timed, ben):
    comment = put_comment(timed)
    for at in (NOW - TICK, NOW + 10 * DAY):
        assert refused(comment_on, **words(timed, ben), at=at).value.startswith("comments_")
        assert refused(rate_comment, actor=ben, comment=comment, value=1, at=at).value.startswith("comments_")


@pytest.mark.parametrize("kind", PhaseKind)
def test_each_kind_of_phase_opens_what_the_timetable_says(proposal, ben, kind):
    budget = next_phase(proposal.budget, kind)
    refusal = refusal_to_discuss(Proposal(budget=budget, status="published"), Voice(ben), timezone.now())
    assert (refusal is None) is (Opening.COMMENTS in budget.phase_at(timezone.now()).openings)


def test_a_budget_switches_comments_off(proposal, ben):
    Budget.objects.update(takes_comments=False)
    assert refused(comment_on, **words(proposal, ben)) is Refusal.COMMENTS_OFF


@pytest.mark.parametrize("status", ["withdrawn", "merged", "submitted", "hidden", "draft"])
def test_only_what_is_published_is_discussed(proposal, ben, status):
    proposal.status = status
    assert refusal_to_discuss(proposal, Voice(ben), NOW) is Refusal.WRONG_STATUS


def test_nobody_and_the_blocked_write_nothing(proposal, ben):
    comment = make_comment(proposal, at=NOW)
    own = make_comment(proposal, ben, at=NOW)
    ben.blocked_until = NOW + DAY
    ben.save()
    assert refusal_to_discuss(proposal, SILENT, NOW) is Refusal.NOT_SIGNED_IN
    assert refused(comment_on, **words(proposal, ben)) is Refusal.BLOCKED
    assert refused(edit_comment, actor=ben, comment=own, body="Other") is Refusal.BLOCKED
    assert refused(rate_comment, actor=ben, comment=comment, value=1) is Refusal.BLOCKED
    assert make_comment(proposal, ben, at=NOW + DAY).pk


def test_a_reply_stays_where_it_belongs(proposal, ben):
    elsewhere = make_comment(put_proposal(proposal.budget))
    hidden = put_comment(proposal, state="hidden")
    below = put_comment(proposal, parent=hidden)
    for parent in (elsewhere, hidden, put_comment(proposal, state="waiting"), below):
        assert refused(comment_on, **words(proposal, ben, parent=parent)) is Refusal.NOT_YOURS


@pytest.mark.parametrize(("later", "expected"), [(timedelta(minutes=15) - TICK, None), (timedelta(minutes=15), "x")])
def test_a_comment_is_changed_for_fifteen_minutes(proposal, ben, later, expected):
    comment = make_comment(proposal, ben, at=NOW)
    if expected:
        asked = {"actor": ben, "comment": comment, "body": "Other", "at": NOW + later}
        assert refused(edit_comment, **asked) is Refusal.EDIT_TIME_OVER
    else:
        changed = edit_comment(actor=ben, comment=comment, body="Other", at=NOW + later)
        assert (changed.body, changed.changed_at) == ("Other", NOW + later)


def test_only_its_author_changes_a_comment(proposal, ben):
    comment = make_comment(proposal, ben, at=NOW)
    for other in (make_person(), make_holder(), make_person(is_superuser=True)):
        assert refused(edit_comment, actor=other, comment=comment, body="Other") is Refusal.NOT_YOURS
    Comment.objects.update(state="hidden")
    assert refused(edit_comment, actor=ben, comment=comment, body="Other") is Refusal.WRONG_STATUS


@pytest.mark.parametrize("role", Role)
def test_who_answers_officially(proposal, role):
    person = make_holder(role, proposal.budget)
    if role in {Role.MANAGER, Role.VALUATOR, Role.MODERATOR, Role.ADMINISTRATOR}:
        assert make_comment(proposal, person, officially=True).is_official
    else:
        assert refused(comment_on, **words(proposal, person, officially=True)) is Refusal.ROLE_MISSING


def test_first_comments_wait_where_the_budget_says_so(proposal, ben):
    Budget.objects.update(first_comments_wait=True)
    first = make_comment(proposal, ben)
    assert first.state == make_comment(proposal, ben).state == "waiting"
    assert not Outbox.objects.exists()
    Comment.objects.filter(pk=first.pk).update(state="published")
    assert make_comment(proposal, ben).state == "published"
    assert make_comment(proposal, make_holder()).state == "published"


def test_twenty_comments_an_hour(proposal, ben):
    for _ in range(20):
        make_comment(proposal, ben, at=NOW)
    assert refused(comment_on, **words(proposal, ben)) is Refusal.TOO_FAST
    assert make_comment(proposal, ben, at=NOW + timedelta(hours=1)).pk
    assert make_comment(proposal, at=NOW).pk


def test_the_first_comment_that_was_let_pass_waits_again_with_other_words(proposal, ben):
    Budget.objects.update(first_comments_wait=True)
    first = make_comment(proposal, ben, at=NOW)
    decide(actor=make_holder(), kind=DecisionOnWords.PUBLISH, subject=first, at=NOW)
    assert edit_comment(actor=ben, comment=first, body=first.body, at=NOW).state == "published"
    assert edit_comment(actor=ben, comment=first, body="Buy here", at=NOW).state == "waiting"
    second = make_comment(proposal, ben, at=NOW)
    decide(actor=make_holder(), kind=DecisionOnWords.PUBLISH, subject=second, at=NOW)
    assert edit_comment(actor=ben, comment=first, body="Buy there", at=NOW).state == "waiting"
    decide(actor=make_holder(), kind=DecisionOnWords.PUBLISH, subject=first, at=NOW)
    assert edit_comment(actor=ben, comment=first, body="I am known", at=NOW).state == "published"


def test_votes_are_counted_once_and_changed(proposal, ben):
    comment = make_comment(proposal)
    steps = [
        (1, True, (1, 0, 1)),
        (1, False, (1, 0, 1)),
        (-1, True, (0, 1, -1)),
        (0, True, (0, 0, 0)),
        (0, False, (0, 0, 0)),
    ]
    for value, changes, numbers in steps:
        assert rate_comment(actor=ben, comment=comment, value=value, at=NOW) is changes
        comment.refresh_from_db()
        assert (comment.up_count, comment.down_count, comment.score) == numbers
    assert not CommentVote.objects.exists()


def test_not_on_ones_own_and_not_on_what_is_hidden(proposal, ben):
    own = make_comment(proposal, ben)
    assert refused(rate_comment, actor=ben, comment=own, value=1) is Refusal.OWN_WORDS
    for state in ("hidden", "waiting"):
        Comment.objects.update(state=state)
        assert refused(rate_comment, actor=make_person(), comment=own, value=1) is Refusal.NOT_YOURS


def test_too_many_votes_in_an_hour(proposal, ben):
    assert refusal_to_rate(put_comment(proposal), Voice(ben, rated=120), NOW) is Refusal.TOO_FAST
    rate_comment(actor=ben, comment=put_comment(proposal), value=1, at=NOW)
    assert voice_of(ben, proposal.budget, NOW).rated == 1
    assert voice_of(ben, proposal.budget, NOW + timedelta(hours=1)).rated == 0


def test_what_is_hidden_hides_what_is_below_it(proposal, ben):
    root = put_comment(proposal)
    reply = put_comment(proposal, parent=root)
    below = put_comment(proposal, parent=reply, author=ben)
    assert Comment.objects.public().count() == 3
    Comment.objects.filter(pk=reply.pk).update(state="hidden")
    assert list(Comment.objects.public()) == [root]
    assert set(Comment.objects.seen_by(ben)) == {root, below}
    Comment.objects.filter(pk=root.pk).update(state="waiting")
    assert not Comment.objects.public().exists()


def test_nothing_of_a_proposal_that_is_not_public(proposal):
    put_comment(proposal)
    Proposal.objects.update(status="hidden", hidden_from="published", hidden_because="x")
    assert not Comment.objects.public().exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "gone"},
        {"body": ""},
        {"depth": 1},
        {"up_count": 1},
        {"score": 1},
    ],
)
def test_the_database_holds_what_must_hold(proposal, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        put_comment(proposal, **fields)


def test_the_database_takes_one_vote_of_a_person(proposal, ben):
    comment = put_comment(proposal)
    CommentVote.objects.create(comment=comment, person=ben, value=1, at=NOW)
    for value, person in ((-1, ben), (2, make_person())):
        with pytest.raises(IntegrityError), transaction.atomic():
            CommentVote.objects.create(comment=comment, person=person, value=value, at=NOW)


def test_an_erased_author_leaves_the_words(proposal, ben):
    comment = make_comment(proposal, ben)
    ben.delete()
    comment.refresh_from_db()
    assert (comment.author, comment.author_name) == (None, "A citizen")
