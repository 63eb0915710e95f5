"""Co-authors: only by their own yes, within limits, and gone when they want to be."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from frontend_templates.notices.inviting import send_invitations
from participation.actions.co_authors import (
    answer_invitation,
    claim_invitation,
    forget_invitations,
    invite,
    leave,
    take_invitation_back,
)
from participation.actions.erasure import erase_account
from participation.actions.notifying import notify_waiting
from participation.actions.proposals import discard, edit, submit, withdraw
from participation.exports.personal_data import document
from participation.models import ActivityEntry, CoAuthor, Invitation, Notification
from participation.refusals import ActionRefused, Refusal
from participation.standing import standing_of
from tests.factories.participation import make_person
from tests.factories.proposals import make_draft, make_open_budget, make_proposal, next_phase

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def refused(refusal: Refusal, act, **named) -> None:
    with pytest.raises(ActionRefused) as caught:
        act(**named)
    assert caught.value.refusal is refusal


@pytest.fixture
def draft():
    return make_draft(make_open_budget())


@pytest.fixture
def ben():
    return make_person(display_name="Ben")


def joined(proposal, person):
    asked = invite(actor=proposal.author, proposal=proposal, whom=person.display_name, at=NOW)
    return answer_invitation(actor=person, invitation=asked, accepted=True, at=NOW)


def code_in_mail() -> str:
    assert send_invitations(timezone.now()) == 1
    body = mail.outbox[-1].body
    return body.split("#", 1)[1].split()[0]


def test_who_is_invited_by_name_is_told_once_and_joins_by_saying_yes(draft, ben):
    asked = invite(actor=draft.author, proposal=draft, whom="Ben", at=NOW)
    assert not draft.is_written_by(ben)
    notify_waiting(NOW)
    notify_waiting(NOW)
    assert [one.kind for one in Notification.objects.filter(person=ben)] == ["invited"]
    answer_invitation(actor=ben, invitation=asked, accepted=True, at=NOW)
    answer_invitation(actor=ben, invitation=asked, accepted=True, at=NOW)
    assert [one.person for one in CoAuthor.objects.all()] == [ben]
    assert draft.co_author_names == ["Ben"]


def test_a_no_leaves_no_name(draft, ben):
    asked = invite(actor=draft.author, proposal=draft, whom="Ben", at=NOW)
    answer_invitation(actor=ben, invitation=asked, accepted=False, at=NOW)
    assert not CoAuthor.objects.exists()
    refused(Refusal.INVITATION_UNKNOWN, answer_invitation, actor=ben, invitation=asked, accepted=True, at=NOW)
    assert not CoAuthor.objects.exists()


def test_nobody_else_answers(draft, ben):
    asked = invite(actor=draft.author, proposal=draft, whom="Ben", at=NOW)
    other = make_person(display_name="Cem")
    refused(Refusal.NOT_YOURS, answer_invitation, actor=other, invitation=asked, accepted=True, at=NOW)


@pytest.mark.parametrize("whom", ["Nobody", "Two", "", "ben"])
def test_a_name_that_is_not_one_persons_is_refused(draft, ben, whom):
    make_person(display_name="Two")
    make_person(display_name="Two")
    refused(Refusal.INVITED_UNKNOWN, invite, actor=draft.author, proposal=draft, whom=whom, at=NOW)


def test_the_code_of_a_mail_works_once_and_the_address_is_forgotten_with_it(draft, ben):
    invite(actor=draft.author, proposal=draft, whom="ben@example.org", at=NOW)
    code = code_in_mail()
    assert mail.outbox[-1].to == ["ben@example.org"]
    assert send_invitations(timezone.now()) == 0
    asked = claim_invitation(actor=ben, code=code.lower(), at=NOW)
    asked.refresh_from_db()
    assert (asked.person, asked.email, asked.code_hash) == (ben, "", None)
    refused(Refusal.INVITATION_UNKNOWN, claim_invitation, actor=make_person(), code=code, at=NOW)
    answer_invitation(actor=ben, invitation=asked, accepted=True, at=NOW)
    assert draft.co_author_names == ["Ben"]


def test_no_code_and_no_address_stands_in_the_log(draft):
    invite(actor=draft.author, proposal=draft, whom="ben@example.org", at=NOW)
    code = code_in_mail()
    said = str(list(ActivityEntry.objects.values()))
    assert "ben@example.org" not in said
    assert code not in said
    assert Invitation.objects.get().code_hash != code.encode()


@pytest.mark.parametrize(("after", "valid"), [(timedelta(days=14, seconds=-1), True), (timedelta(days=14), False)])
def test_an_invitation_is_valid_for_fourteen_days(draft, ben, after, valid):
    asked = invite(actor=draft.author, proposal=draft, whom="Ben", at=NOW)
    act = {"actor": ben, "invitation": asked, "accepted": True, "at": NOW + after}
    if valid:
        answer_invitation(**act)
    else:
        refused(Refusal.INVITATION_UNKNOWN, answer_invitation, **act)
    forget_invitations(NOW + after)
    assert Invitation.objects.exists() is valid


def test_a_code_is_not_valid_after_fourteen_days(draft, ben):
    invite(actor=draft.author, proposal=draft, whom="ben@example.org", at=timezone.now())
    late = {"actor": ben, "code": code_in_mail(), "at": timezone.now() + timedelta(days=14)}
    refused(Refusal.INVITATION_UNKNOWN, claim_invitation, **late)


def test_what_is_taken_back_is_gone(draft, ben):
    asked = invite(actor=draft.author, proposal=draft, whom="ben@example.org", at=NOW)
    code = code_in_mail()
    refused(Refusal.NOT_YOURS, take_invitation_back, actor=ben, invitation=asked, at=NOW)
    take_invitation_back(actor=draft.author, invitation=asked, at=NOW)
    refused(Refusal.INVITATION_UNKNOWN, claim_invitation, actor=ben, code=code, at=NOW)


def test_four_at_most_those_invited_included(draft):
    for number in range(4):
        invite(actor=draft.author, proposal=draft, whom=f"p{number}@example.org", at=NOW)
    refused(Refusal.TOO_MANY_CO_AUTHORS, invite, actor=draft.author, proposal=draft, whom="p4@example.org", at=NOW)


def test_four_at_most_say_yes(draft):
    people = [make_person(display_name=f"P{number}") for number in range(5)]
    asked = [
        Invitation.objects.create(
            proposal=draft, inviter=draft.author, person=one, at=NOW, expires_at=NOW + timedelta(1)
        )
        for one in people
    ]
    for person, invitation in zip(people[:4], asked[:4], strict=True):
        answer_invitation(actor=person, invitation=invitation, accepted=True, at=NOW)
    late = {"actor": people[4], "invitation": asked[4], "accepted": True, "at": NOW}
    refused(Refusal.TOO_MANY_CO_AUTHORS, answer_invitation, **late)


def test_twenty_invitations_a_day_whatever_is_taken_back(draft):
    for number in range(20):
        asked = invite(actor=draft.author, proposal=draft, whom=f"p{number}@example.org", at=NOW)
        take_invitation_back(actor=draft.author, invitation=asked, at=NOW)
    more = {"actor": draft.author, "proposal": draft, "whom": "p@example.org"}
    refused(Refusal.TOO_FAST, invite, **more, at=NOW + timedelta(hours=23))
    invite(**more, at=NOW + timedelta(hours=24))


@pytest.mark.parametrize("whom", ["Ben", "ben@example.org", "Ada"])
def test_nobody_is_invited_twice_and_the_author_never(draft, ben, whom):
    if whom != "Ada":
        invite(actor=draft.author, proposal=draft, whom=whom, at=NOW)
    refused(Refusal.INVITED_ALREADY, invite, actor=draft.author, proposal=draft, whom=whom, at=NOW)


def test_only_the_author_invites_and_only_while_it_can_be_changed(draft, ben):
    joined(draft, ben)
    refused(Refusal.NOT_YOURS, invite, actor=ben, proposal=draft, whom="c@example.org", at=NOW)
    refused(Refusal.NOT_YOURS, invite, actor=make_person(), proposal=draft, whom="c@example.org", at=NOW)
    next_phase(draft.budget)
    refused(Refusal.PROPOSALS_CLOSED, invite, actor=draft.author, proposal=draft, whom="c@example.org", at=NOW)


def test_a_co_author_changes_it_as_the_table_says_and_nothing_more(draft, ben):
    joined(draft, ben)
    edit(actor=ben, proposal=draft, answers={"title": "Better"}, at=NOW)
    draft.refresh_from_db()
    assert draft.title == "Better"
    for act in (submit, discard, withdraw):
        refused(Refusal.NOT_YOURS, act, actor=ben, proposal=draft, at=NOW)
    proposal = submit(actor=draft.author, proposal=draft, at=NOW)
    edit(actor=ben, proposal=proposal, answers={"title": "Best"}, at=NOW)
    next_phase(draft.budget)
    late = {"actor": ben, "proposal": proposal, "answers": {"title": "Late"}, "at": timezone.now()}
    refused(Refusal.PROPOSALS_CLOSED, edit, **late)


def test_taking_part_counts_against_no_limit(ben):
    budget = make_open_budget(most_proposals=1)
    proposal = make_proposal(budget)
    joined(proposal, ben)
    assert standing_of(ben, budget).handed_in == 0
    make_proposal(budget, ben)


def test_a_co_author_leaves_at_any_time(draft, ben):
    joined(draft, ben)
    next_phase(draft.budget)
    leave(actor=ben, proposal=draft, at=NOW)
    assert not draft.is_written_by(ben)
    refused(Refusal.NOT_YOURS, leave, actor=ben, proposal=draft, at=NOW)


def test_nobody_joins_what_is_withdrawn(ben):
    proposal = make_proposal(make_open_budget())
    asked = invite(actor=proposal.author, proposal=proposal, whom="Ben", at=NOW)
    withdraw(actor=proposal.author, proposal=proposal, at=NOW)
    refused(Refusal.WRONG_STATUS, answer_invitation, actor=ben, invitation=asked, accepted=True, at=NOW)


def test_erasing_takes_the_name_off_and_forgets_invitations(draft):
    ben = make_person(display_name="Ben", email="Ben@example.org")
    joined(draft, ben)
    other = make_draft(draft.budget)
    invite(actor=other.author, proposal=other, whom="ben@example.org", at=NOW)
    invite(actor=other.author, proposal=other, whom="Ben", at=NOW)
    erase_account(actor=ben, person=ben, at=NOW)
    assert not CoAuthor.objects.exists()
    assert not Invitation.objects.exists()


def test_my_data_name_what_i_joined_and_no_address_of_others(draft, ben):
    joined(draft, ben)
    invite(actor=draft.author, proposal=draft, whom="cem@example.org", at=NOW)
    assert [one["proposal__uuid"] for one in document(ben)["co_authored"]] == [draft.uuid]
    assert [one["accepted"] for one in document(ben)["invitations"]] == [True]
    assert "cem@example.org" not in str(document(draft.author))
