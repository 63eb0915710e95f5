"""From an event to notifications: who hears of what, once, however often a job runs and wherever it stops."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from participation.actions import notifying
from participation.actions.decisions import Why, decide, undo
from participation.actions.follows import choose_mails, follow, stop_following
from participation.actions.notifying import notify_waiting
from participation.actions.proposals import submit
from participation.choices import DecisionOnWords, Mails, PhaseKind
from participation.models import Budget, Comment, Follow, Notification, Outbox, Proposal
from participation.refusals import ActionRefused, Refusal
from tests.factories.discussion import make_comment, make_discussed, make_holder
from tests.factories.participation import make_budget, make_category, make_district, make_envelope, make_person
from tests.factories.proposals import make_draft, make_open_budget, make_proposal, put_proposal

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)


def told() -> dict[str, set[str]]:
    """After a run of the job: by person, what they were told."""
    notify_waiting(NOW)
    found: dict[str, set[str]] = {}
    for person, kind in Notification.objects.values_list("person__display_name", "kind"):
        found.setdefault(person, set()).add(kind)
    return found


def follower(name: str, *subjects, **fields):
    person = make_person(display_name=name, **fields)
    for subject in subjects:
        follow(actor=person, subject=subject, at=NOW)
    return person


@pytest.fixture
def discussed():
    return make_discussed()


def test_following_once_and_stopping(discussed):
    person = make_person()
    for subject in (discussed, discussed.budget, make_category(), make_district()):
        assert follow(actor=person, subject=subject, at=NOW)
        assert not follow(actor=person, subject=subject, at=NOW)
        assert stop_following(actor=person, subject=subject, at=NOW)
        assert not stop_following(actor=person, subject=subject, at=NOW)
    assert not Follow.objects.exists()


def test_what_is_not_public_is_not_followed(discussed):
    hidden = put_proposal(discussed.budget, status="hidden", hidden_from="published", hidden_because="x")
    for subject in (make_budget(status="draft"), hidden):
        with pytest.raises(ActionRefused) as caught:
            follow(actor=make_person(), subject=subject, at=NOW)
        assert caught.value.refusal is Refusal.NOT_YOURS


def test_nobody_follows_without_end():
    person = make_person()
    Follow.objects.bulk_create([Follow(person=person, category=make_category(), since=NOW) for _ in range(200)])
    with pytest.raises(ActionRefused) as caught:
        follow(actor=person, subject=make_category(), at=NOW)
    assert caught.value.refusal is Refusal.TOO_MANY_FOLLOWED


@pytest.mark.parametrize("names", [(), ("budget", "proposal")])
def test_the_database_takes_one_subject(discussed, names):
    subjects = {"budget": discussed.budget, "proposal": discussed}
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(person=make_person(), since=NOW, **{name: subjects[name] for name in names})


def test_a_new_proposal_reaches_followers_of_budget_district_and_category():
    budget = make_open_budget()
    north, nature = make_district("North"), make_category()
    envelope = make_envelope(budget, district=north)
    follower("Budget", budget, north)
    follower("District", north)
    follower("Category", nature)
    follower("Elsewhere", make_open_budget(), make_district("South"), make_category())
    follower("Gone", budget, is_active=False)
    author = follower("Author", budget)
    make_proposal(budget, author, envelope=envelope, categories=[nature])
    new = {"proposal_published"}
    assert told() == {"Budget": new, "District": new, "Category": new, "Author": {"handed_in"}}
    assert Notification.objects.count() == 4


def test_a_comment_reaches_its_proposals_author_followers_and_who_is_replied_to(discussed):
    follower("Follower", discussed)
    ben = follower("Ben", discussed)
    first = make_comment(discussed, ben)
    make_comment(discussed, make_person(display_name="Cleo"), parent=first)
    assert told() == {
        "Ada": {"proposal_commented"},
        "Follower": {"proposal_commented"},
        "Ben": {"comment_replied"},
    }
    assert Notification.objects.count() == 5


def test_an_official_answer_is_told_as_one(discussed):
    make_comment(discussed, make_holder(display_name="Town"), officially=True)
    assert told() == {"Ada": {"proposal_answered"}}


def test_what_a_moderator_decides_reaches_who_it_is_about_alone(discussed):
    boss, ben = make_holder(display_name="Boss"), make_person(display_name="Ben")
    comment = make_comment(discussed, ben)
    Outbox.objects.all().delete()
    why = Why("Rude", days=3)
    for kind in (DecisionOnWords.WARN, DecisionOnWords.BLOCK, DecisionOnWords.HIDE):
        decision = decide(actor=boss, kind=kind, subject=comment, why=why, at=NOW)
    undo(actor=boss, decision=decision, at=NOW)
    assert told() == {"Ben": {"warned", "blocked", "own_hidden", "undone"}}


def test_a_proposal_that_was_hidden_meanwhile_is_told_to_its_author_alone():
    budget = make_open_budget()
    follower("Follower", budget)
    proposal = make_proposal(budget, make_person(display_name="Author"))
    decide(actor=make_holder(), kind=DecisionOnWords.HIDE, subject=proposal, why=Why("Rude"), at=NOW)
    assert told() == {"Author": {"handed_in", "own_hidden"}}


def test_a_comment_that_was_hidden_meanwhile_is_told_to_nobody(discussed):
    make_comment(discussed)
    Comment.objects.update(state="hidden")
    assert told() == {}
    assert not Outbox.objects.waiting().exists()


def test_what_waited_is_told_to_its_author_and_the_others_when_it_is_published(discussed):
    Budget.objects.update(first_comments_wait=True)
    comment = make_comment(discussed, make_person(display_name="Ben"))
    assert told() == {}
    decide(actor=make_holder(), kind=DecisionOnWords.PUBLISH, subject=comment, at=NOW)
    assert told() == {"Ben": {"own_published"}, "Ada": {"proposal_commented"}}


def test_a_proposal_that_a_moderator_published():
    budget = make_open_budget(moderates_first=True)
    draft = make_draft(budget, make_person(display_name="Author"))
    proposal = submit(actor=draft.author, proposal=draft, at=NOW)
    follower("Follower", budget)
    assert told() == {"Author": {"handed_in"}}
    decide(actor=make_holder(), kind=DecisionOnWords.PUBLISH, subject=proposal, at=NOW)
    assert told() == {"Author": {"handed_in", "own_published"}, "Follower": {"proposal_published"}}


def test_a_second_run_makes_nothing(discussed):
    make_comment(discussed)
    assert notify_waiting(NOW) == 1
    before = list(Notification.objects.values())
    assert notify_waiting(NOW + DAY) == 0
    Outbox.objects.update(handled_at=None)
    notify_waiting(NOW + DAY)
    assert list(Notification.objects.values()) == before


def test_a_failure_in_the_middle_leaves_that_row_alone_for_the_next_run(discussed, monkeypatch, caplog):
    for _ in range(3):
        make_comment(discussed)
    middle = Outbox.objects.order_by("pk")[1].pk
    real = notifying.who_hears_of

    def fails(event):
        if event.pk == middle:
            raise LookupError("the moon")
        return real(event)

    monkeypatch.setattr(notifying, "who_hears_of", fails)
    assert notify_waiting(NOW) == 2
    assert list(Outbox.objects.waiting().values_list("pk", flat=True)) == [middle]
    assert "could not be told" in caplog.text
    monkeypatch.setattr(notifying, "who_hears_of", real)
    assert notify_waiting(NOW) == 1
    assert Notification.objects.count() == 3


def test_a_failure_after_the_rows_were_made_takes_them_back(discussed, monkeypatch):
    make_comment(discussed)
    monkeypatch.setattr(Outbox, "save", lambda *args, **named: 1 / 0)
    notify_waiting(NOW)
    assert not Notification.objects.exists()
    monkeypatch.undo()
    assert notify_waiting(NOW) == 1


def test_other_rows_of_the_outbox_are_left_to_others(discussed):
    Outbox.objects.create(kind="proposal_changed", subject=str(discussed.uuid))
    notify_waiting(NOW)
    assert Outbox.objects.waiting().count() == 1


def test_a_subject_that_is_gone_is_told_to_nobody(discussed):
    make_comment(discussed)
    Proposal.objects.all().delete()
    assert told() == {}


@pytest.mark.parametrize(
    ("mails", "expected"), [("at_once", ("waiting", False)), ("weekly", ("waiting", True)), ("none", ("none", False))]
)
def test_mails_as_each_person_chose(discussed, mails, expected):
    discussed.author.mails = mails
    discussed.author.save()
    make_comment(discussed)
    notify_waiting(NOW)
    notice = Notification.objects.get()
    assert (notice.mail, notice.weekly) == expected


def test_a_new_choice_holds_for_what_waits(discussed):
    make_comment(discussed)
    notify_waiting(NOW)
    for mails, expected in (
        (Mails.WEEKLY, ("waiting", True)),
        (Mails.AT_ONCE, ("waiting", False)),
        (Mails.NONE, ("none", False)),
    ):
        choose_mails(actor=discussed.author, mails=mails, at=NOW)
        assert Notification.objects.values_list("mail", "weekly").get() == expected


def test_the_number_of_followers_costs_no_queries(discussed, django_assert_max_num_queries):
    for _ in range(40):
        follower("x", discussed)
    make_comment(discussed)
    with django_assert_max_num_queries(14):
        assert notify_waiting(NOW) == 41
    assert discussed.budget.phases.get().kind == PhaseKind.SUPPORTING
