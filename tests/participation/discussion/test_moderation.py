"""Reports and decisions: who may, what becomes of words and people, why, taking back, and the author's one answer."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from participation import eligibility
from participation.actions.decisions import Why, answer_decision, decide, decide_all, undo
from participation.actions.flags import flag
from participation.actions.merging import merge
from participation.actions.proposals import withdraw
from participation.actions.supports import support
from participation.choices import DecisionOnWords, FlagReason, Role
from participation.models import (
    ActivityEntry,
    CannedReason,
    CannedReasonText,
    Comment,
    Flag,
    ModerationDecision,
    Outbox,
    Person,
    Proposal,
)
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of
from tests.factories.discussion import make_discussed, make_holder, put_comment
from tests.factories.participation import locale, make_budget, make_person
from tests.factories.proposals import make_draft, make_open_budget, make_proposal, next_phase, put_proposal

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)
PUBLISH, HIDE, RESTORE, DISMISS, WARN, BLOCK = DecisionOnWords
RUDE = Why("It is rude.")


def refused(action, **named) -> Refusal:
    before = ModerationDecision.objects.count(), list(Comment.objects.values()), list(Proposal.objects.values())
    with pytest.raises(ActionRefused) as caught:
        action(**{"at": NOW, **named})
    assert before == (
        ModerationDecision.objects.count(),
        list(Comment.objects.values()),
        list(Proposal.objects.values()),
    )
    return caught.value.refusal


@pytest.fixture
def ben():
    return make_person(display_name="Ben")


@pytest.fixture
def comment(ben):
    return put_comment(make_discussed(), author=ben, body="You fool")


@pytest.fixture
def proposal(comment):
    return comment.proposal


@pytest.fixture
def moderator():
    return make_holder()


def report(subject, reason=FlagReason.INSULT, **named) -> Flag:
    return flag(**{"actor": make_person(), "subject": subject, "reason": reason, "at": NOW, **named})


def test_a_report_once_per_person_and_at_any_time(comment, proposal, ben):
    asked = {"actor": make_person(), "reason": FlagReason.SPAM}
    for subject in (comment, proposal):
        flag(**asked, subject=subject, at=NOW + 300 * DAY)
        assert refused(flag, **asked, subject=subject) is Refusal.FLAGGED_ALREADY
    assert refused(flag, actor=ben, subject=comment, reason=FlagReason.SPAM) is Refusal.OWN_WORDS
    assert refused(flag, actor=proposal.author, subject=proposal, reason=FlagReason.SPAM) is Refusal.OWN_WORDS
    assert Flag.objects.count() == 2


def test_what_is_not_public_is_not_reported(comment):
    Comment.objects.update(state="hidden")
    comment.refresh_from_db()
    assert refused(flag, actor=make_person(), subject=comment, reason=FlagReason.SPAM) is Refusal.NOT_YOURS
    draft = put_proposal(make_budget(status="draft"))
    assert refused(flag, actor=make_person(), subject=draft, reason=FlagReason.SPAM) is Refusal.NOT_YOURS


def test_the_blocked_report_nothing_and_nobody_reports_without_end(comment):
    blocked = make_person(blocked_until=NOW + DAY)
    assert refused(flag, actor=blocked, subject=comment, reason=FlagReason.SPAM) is Refusal.BLOCKED
    busy = make_person()
    for _ in range(20):
        report(put_comment(comment.proposal), actor=busy)
    assert refused(flag, actor=busy, subject=comment, reason=FlagReason.SPAM) is Refusal.TOO_FAST


def test_hiding_and_showing_again(comment, moderator):
    report(comment)
    hidden = decide(actor=moderator, kind=HIDE, subject=comment, why=RUDE, at=NOW)
    comment.refresh_from_db()
    assert (comment.state, comment.hidden_from, hidden.because) == ("hidden", "published", "It is rude.")
    assert Flag.objects.get().settled_at == NOW
    assert refused(decide, actor=moderator, kind=HIDE, subject=comment, why=RUDE) is Refusal.WRONG_STATUS
    decide(actor=moderator, kind=RESTORE, subject=comment, at=NOW)
    comment.refresh_from_db()
    assert (comment.state, comment.hidden_from) == ("published", "")
    assert list(Outbox.objects.order_by("pk").values_list("kind", flat=True)) == ["comment_hidden", "comment_restored"]
    assert {"hide", "restore"} <= set(ActivityEntry.objects.values_list("verb", flat=True))


def test_what_waits_is_published(comment, moderator):
    Comment.objects.update(state="waiting")
    decide(actor=moderator, kind=PUBLISH, subject=comment, at=NOW)
    assert Comment.objects.get().state == "published"
    assert refused(decide, actor=moderator, kind=PUBLISH, subject=comment) is Refusal.WRONG_STATUS


def test_proposals_are_decided_about_in_the_same_way(proposal, moderator):
    hidden = decide(actor=moderator, kind=HIDE, subject=proposal, why=RUDE, at=NOW)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.hidden_because) == ("hidden", "It is rude.")
    undo(actor=moderator, decision=hidden, at=NOW)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.hidden_because, proposal.is_public) == ("published", "", True)


@pytest.mark.parametrize("kind", [HIDE, WARN, BLOCK])
def test_what_an_author_is_told_needs_a_reason(comment, moderator, kind):
    why = Why(" \0\n", days=3)
    assert refused(decide, actor=moderator, kind=kind, subject=comment, why=why) is Refusal.REASON_MISSING
    long = Why("x" * 2_001, days=3)
    assert refused(decide, actor=moderator, kind=kind, subject=comment, why=long) is Refusal.TOO_LONG


def test_a_reason_of_the_list_is_read_in_ones_own_language(comment, moderator):
    canned = CannedReason.objects.create(slug="rude")
    for code, words in (("en", "It is rude."), ("fr", "C’est grossier.")):
        CannedReasonText.objects.create(identity=canned, locale=locale(code), words=words)
    decision = decide(actor=moderator, kind=HIDE, subject=comment, why=Why("Please.", canned), at=NOW)
    assert decision.because == "It is rude.\nPlease."
    from django.utils.translation import override  # noqa: PLC0415

    with override("fr"):
        assert decision.because == "C’est grossier.\nPlease."


@pytest.mark.parametrize("days", [None, 0, -1, 366])
def test_a_block_has_a_term(comment, moderator, days):
    why = Why("Rude", days=days)
    assert refused(decide, actor=moderator, kind=BLOCK, subject=comment, why=why) is Refusal.TERM_MISSING


def test_blocks_add_up_and_are_taken_back_one_by_one(comment, proposal, moderator, ben):
    Proposal.objects.update(author=ben)
    proposal.refresh_from_db()
    long = decide(actor=moderator, kind=BLOCK, subject=comment, why=Why("Rude", days=10), at=NOW)
    short = decide(actor=moderator, kind=BLOCK, subject=proposal, why=Why("Rude", days=2), at=NOW)
    ben.refresh_from_db()
    assert ben.blocked_until == NOW + 10 * DAY
    assert (ben.is_blocked(NOW + 10 * DAY), ben.is_blocked(NOW + 9 * DAY)) == (False, True)
    undo(actor=moderator, decision=long, at=NOW)
    ben.refresh_from_db()
    assert ben.blocked_until == NOW + 2 * DAY
    undo(actor=moderator, decision=short, at=NOW)
    ben.refresh_from_db()
    assert ben.blocked_until is None


@pytest.mark.parametrize("kind", DecisionOnWords)
@pytest.mark.parametrize("role", [None, *Role])
def test_deciding_takes_the_role(comment, proposal, kind, role):
    if kind is PUBLISH:
        Comment.objects.update(state="waiting")
    if kind is RESTORE:
        Comment.objects.update(state="hidden")
    if kind is DISMISS:
        report(comment)
    comment.refresh_from_db()
    person = make_holder(role) if role else make_person()
    asked = {"actor": person, "kind": kind, "subject": comment, "why": Why("Rude", days=1)}
    if role in {Role.MODERATOR, Role.MANAGER, Role.ADMINISTRATOR}:
        assert decide(**asked, at=NOW).actor == person
    else:
        assert refused(decide, **asked) is Refusal.ROLE_MISSING


def test_a_role_in_one_budget_reaches_no_further(comment, proposal):
    here, elsewhere = make_holder(budget=proposal.budget), make_holder(budget=make_budget())
    assert refused(decide, actor=elsewhere, kind=HIDE, subject=comment, why=RUDE) is Refusal.ROLE_MISSING
    block = {"actor": here, "kind": BLOCK, "subject": comment, "why": Why("Rude", days=1)}
    assert refused(decide, **block) is Refusal.ROLE_MISSING
    assert decide(actor=here, kind=HIDE, subject=comment, why=RUDE, at=NOW).pk


def test_whoever_is_gone_is_not_warned(comment, moderator, ben):
    ben.delete()
    comment.refresh_from_db()
    assert refused(decide, actor=moderator, kind=WARN, subject=comment, why=RUDE) is Refusal.NO_AUTHOR


def test_taking_back_brings_the_reports_back(comment, moderator):
    report(comment)
    left = decide(actor=moderator, kind=DISMISS, subject=comment, at=NOW)
    assert refused(decide, actor=moderator, kind=DISMISS, subject=comment) is Refusal.DONE_ALREADY
    undo(actor=moderator, decision=left, at=NOW)
    assert Flag.objects.open().count() == 1
    assert refused(undo, actor=moderator, decision=left) is Refusal.DONE_ALREADY


def test_the_last_decision_is_taken_back_first(comment, moderator):
    first = decide(actor=moderator, kind=HIDE, subject=comment, why=RUDE, at=NOW)
    second = decide(actor=moderator, kind=RESTORE, subject=comment, at=NOW)
    assert refused(undo, actor=moderator, decision=first) is Refusal.WRONG_STATUS
    for decision in (second, first):
        undo(actor=moderator, decision=decision, at=NOW)
    comment.refresh_from_db()
    assert comment.state == "published"
    assert refused(undo, actor=make_person(), decision=first) is Refusal.ROLE_MISSING


def test_what_became_something_else_since_is_not_put_back(moderator):
    budget = make_open_budget(moderates_first=True)
    withdrawn, merged, other = (make_proposal(budget) for _ in range(3))
    published = [decide(actor=moderator, kind=PUBLISH, subject=one, at=NOW) for one in (withdrawn, merged, other)]
    withdraw(actor=withdrawn.author, proposal=withdrawn, at=NOW)
    merge(actor=make_holder(Role.MANAGER), proposal=merged, into=other, at=NOW)
    for decision in published[:2]:
        assert refused(undo, actor=moderator, decision=decision) is Refusal.WRONG_STATUS
    shown = [decide(actor=moderator, kind=kind, subject=other, why=RUDE, at=NOW) for kind in (HIDE, RESTORE)][1]
    withdraw(actor=other.author, proposal=other, at=NOW)
    assert refused(undo, actor=moderator, decision=shown) is Refusal.WRONG_STATUS


def test_a_warning_is_taken_back_whatever_became_of_the_words(moderator):
    proposal = make_proposal(make_open_budget())
    warned = decide(actor=moderator, kind=WARN, subject=proposal, why=RUDE, at=NOW)
    withdraw(actor=proposal.author, proposal=proposal, at=NOW)
    undo(actor=moderator, decision=warned, at=NOW)
    proposal.refresh_from_db()
    assert proposal.status == "withdrawn"


def test_many_at_once_and_one_that_is_refused(comment, proposal, moderator):
    others = [put_comment(proposal, state=state) for state in ("published", "hidden", "waiting")]
    done = decide_all(actor=moderator, kind=HIDE, subjects=[comment, *others], why=RUDE, at=NOW)
    assert (len(done.done), done.refused) == (3, [Refusal.WRONG_STATUS])
    assert {one.batch for one in done.done} == {done.batch}


def test_the_author_answers_once(comment, moderator, ben):
    decision = decide(actor=moderator, kind=HIDE, subject=comment, why=RUDE, at=NOW)
    assert refused(answer_decision, actor=moderator, decision=decision, words="x") is Refusal.NOT_YOURS
    assert refused(answer_decision, actor=ben, decision=decision, words=" ") is Refusal.NOTHING_SAID
    assert refused(answer_decision, actor=ben, decision=decision, words="x" * 2_001) is Refusal.TOO_LONG
    assert answer_decision(actor=ben, decision=decision, words="It was a joke.", at=NOW).answer == "It was a joke."
    assert refused(answer_decision, actor=ben, decision=decision, words="Again") is Refusal.ANSWERED_ALREADY
    restored = decide(actor=moderator, kind=RESTORE, subject=comment, at=NOW)
    assert refused(answer_decision, actor=ben, decision=restored, words="Thanks") is Refusal.NOT_YOURS


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "hide", "reason": ""},
        {"kind": "eat"},
        {"kind": "block", "reason": "x"},
        {"kind": "warn", "reason": "x", "until": NOW},
        {"kind": "publish", "comment": None},
        {"kind": "publish", "answer": "x"},
    ],
)
def test_the_database_holds_what_must_hold(comment, fields):
    row = {"comment": comment, "budget": comment.budget, "batch": comment.uuid, "at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationDecision.objects.create(**{**row, **fields})


@pytest.fixture
def client(settings) -> Client:
    settings.STAFF_MFA_REQUIRED = False
    return client_of(Role.MODERATOR)


def client_of(role: Role | None) -> Client:
    client = Client()
    client.force_login(make_holder(role, is_staff=True) if role else make_person(is_staff=True))
    return client


QUEUE = "/cms/moderation/"


def test_the_queue_and_its_filters(client, comment, proposal):
    report(comment, FlagReason.INSULT)
    put_comment(proposal, body="A quiet one")
    put_comment(proposal, body="It waits", state="waiting")
    put_comment(proposal, body="Out of sight", state="hidden")
    report(proposal, FlagReason.SPAM)

    def shown(query: str) -> set[str]:
        html = client.get(QUEUE + query).content.decode()
        return {
            words for words in ("You fool", "A quiet one", "It waits", "Out of sight", proposal.title) if words in html
        }

    assert shown("") == shown("?kind=x&show=y&budget=z&page=q") == {"You fool", "It waits"}
    assert shown("?reason=insult") == {"You fool"}
    assert shown("?reason=spam") == set()
    assert shown("?show=hidden") == {"Out of sight"}
    assert shown("?kind=proposal&reason=spam") == {proposal.title}
    assert shown(f"?budget={proposal.budget.slug}") == {"You fool", "It waits"}
    assert shown(f"?budget={make_budget().slug}") == set()


def test_the_queue_decides_many_at_once_and_takes_them_back(client, comment, proposal):
    other = put_comment(proposal, body="Me too", state="waiting")
    data = {"on": [str(comment.uuid), str(other.uuid), "nonsense"], "do": "hide", "words": "Rude"}
    html = client.post(QUEUE, data, follow=True).content.decode()
    assert "2 decisions made." in html
    assert set(Comment.objects.values_list("state", flat=True)) == {"hidden"}
    first = ModerationDecision.objects.first()
    client.post(reverse("moderation_undo", args=[first.uuid]), {"all": "1"})
    assert set(Comment.objects.values_list("state", flat=True)) == {"published", "waiting"}


def test_a_whole_page_is_chosen_without_a_script_and_each_row_leads_to_its_proposal(client, comment, proposal):
    report(comment)
    put_comment(proposal, body="It waits", state="waiting")
    plain, chosen = (client.get(QUEUE + query).content.decode() for query in ("?reason=&page=1", "?all=1"))
    assert (plain.count(" checked"), chosen.count(" checked")) == (0, 2)
    assert 'href="?reason=&amp;page=1&amp;all=1"' in plain
    page = f"/en/budgets/{proposal.budget.slug}/proposals/{proposal.public_number}/"
    assert plain.count(page) == 2
    report(proposal)
    assert page in client.get(f"{QUEUE}?kind=proposal").content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"do": "hide", "words": "Rude"},
        {"do": "hide"},
        {"do": "explode", "on": "1"},
        {"do": "hide", "on": "{}"},
        {"do": "hide", "on": "{}", "words": "x" * 100_000},
        {"do": "hide", "on": "{}", "words": "\0"},
        {"do": "hide", "on": "{}", "canned": "nowhere"},
        {"do": "block", "on": "{}", "words": "Rude"},
        {"do": "block", "on": "{}", "words": "Rude", "days": "1000"},
        {"do": "publish", "on": "{}"},
        {},
    ],
)
def test_bad_input_decides_nothing(client, comment, data):
    said = {name: value.format(comment.uuid) for name, value in data.items()}
    assert client.post(QUEUE, said, follow=True).status_code == 200
    assert not ModerationDecision.objects.exists()


def test_words_are_shown_as_text(client, comment):
    evil = "<script>alert(1)</script>"
    Comment.objects.update(body=evil)
    report(comment, note=evil)
    decide(actor=make_holder(), kind=WARN, subject=comment, why=Why(evil), at=NOW)
    report(comment, note=evil)
    for address in (QUEUE, f"{QUEUE}decisions/"):
        html = client.get(address).content.decode()
        assert evil not in html
        assert "&lt;script&gt;" in html


@pytest.mark.parametrize("role", [None, *Role])
def test_who_sees_the_queue(comment, settings, role):
    settings.STAFF_MFA_REQUIRED = False
    client, may = client_of(role), role in {Role.MODERATOR, Role.MANAGER, Role.ADMINISTRATOR}
    decision = decide(actor=make_holder(), kind=HIDE, subject=comment, why=RUDE, at=NOW)
    for address in (QUEUE, f"{QUEUE}decisions/"):
        assert (client.get(address).status_code == 200) is may, role
    client.post(QUEUE, {"on": str(comment.uuid), "do": "warn", "words": "x"})
    client.post(f"{QUEUE}decisions/{decision.uuid}/undo/")
    assert ModerationDecision.objects.filter(kind="warn").exists() is may
    assert not Client().get(QUEUE).content


def test_the_screens_cost_the_same_whatever_there_is(client, proposal, django_assert_max_num_queries):
    boss = make_holder()
    for _ in range(20):
        one = put_comment(proposal, author=make_person())
        report(one)
        decide(actor=boss, kind=WARN, subject=one, why=RUDE, at=NOW)
        report(one)
    for address in (QUEUE, f"{QUEUE}decisions/"):
        client.get(address)
        with django_assert_max_num_queries(22):
            assert client.get(address).status_code == 200


def test_the_blocked_propose_nothing_but_support(ben):
    budget = make_open_budget()
    draft, published = make_draft(budget, ben), make_proposal(budget, ben)
    other = make_proposal(budget)
    Person.objects.filter(pk=ben.pk).update(blocked_until=timezone.now() + DAY)
    ben.refresh_from_db()
    standing, at = standing_of(ben, budget), timezone.now()
    assert eligibility.refusal_to_propose(budget, standing, at) is Refusal.BLOCKED
    assert eligibility.refusal_to_submit(draft, standing, at) is Refusal.BLOCKED
    assert eligibility.refusal_to_edit(published, standing, at) is Refusal.BLOCKED
    assert eligibility.refusal_to_withdraw(published, standing, at) is None
    next_phase(budget)
    assert support(actor=ben, proposal=other, at=timezone.now())
