"""Who hands in gets a confirmation: once, with the number, what happens next, and when."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from frontend_templates.notices.sending import send_at_once, send_weekly
from participation.actions.notifying import notify_waiting
from participation.actions.proposals import edit, submit
from participation.choices import Mails, PhaseKind
from participation.models import CoAuthor, Notification
from tests.factories.participation import make_person, make_phase
from tests.factories.proposals import make_draft, make_open_budget, make_proposal

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def budget(home):
    budget = make_open_budget(slug="green", title="A greener town")
    later = NOW + timedelta(days=400)
    make_phase(budget, kind=PhaseKind.SUPPORTING, title="Supporting", starts_at=later, ends_at=later + timedelta(9))
    return budget


def told(person) -> list[str]:
    notify_waiting(timezone.now())
    return [one.kind for one in Notification.objects.filter(person=person)]


def sent_to(person) -> list[str]:
    notify_waiting(timezone.now())
    send_at_once(timezone.now())
    return [one.body for one in mail.outbox if one.to == [person.email]]


def test_a_mail_with_the_number_and_what_happens_next(budget):
    proposal = make_proposal(budget, title="Trees")
    [body] = sent_to(proposal.author)
    assert "Your proposal is handed in: “Trees”." in body
    assert "It has the number 1 in “A greener town”." in body
    assert "Everybody can see it now." in body
    assert "the next phase begins: Supporting." in body
    assert "/en/budgets/green/proposals/1/" in body


def test_where_a_moderator_comes_first_it_says_so(budget):
    budget.moderates_first = True
    budget.save()
    [body] = sent_to(make_proposal(budget, title="Trees").author)
    assert "A moderator looks at it, and then everybody sees it." in body
    assert "Trees" in body


def test_in_the_language_of_its_reader(budget, french_home):
    draft = make_draft(budget, make_person(language="fr"))
    submit(actor=draft.author, proposal=draft, at=NOW)
    [body] = sent_to(draft.author)
    assert "/fr/budgets/green/" in body


def test_once_however_often_it_is_handed_in_changed_and_told(budget):
    proposal = make_proposal(budget)
    submit(actor=proposal.author, proposal=proposal, at=NOW)
    edit(actor=proposal.author, proposal=proposal, answers={"title": "Other"}, at=NOW)
    assert told(proposal.author) == told(proposal.author) == ["handed_in"]
    assert len(sent_to(proposal.author)) == 1


def test_co_authors_too_and_nobody_else(budget):
    draft, ben, cem = make_draft(budget), make_person(), make_person()
    CoAuthor.objects.create(proposal=draft, person=ben, since=NOW)
    submit(actor=draft.author, proposal=draft, at=NOW)
    assert [told(person) for person in (draft.author, ben, cem)] == [["handed_in"], ["handed_in"], []]


@pytest.mark.parametrize(("mails", "number"), [(Mails.AT_ONCE, 1), (Mails.WEEKLY, 1), (Mails.NONE, 0)])
def test_it_does_not_wait_for_a_week_and_comes_to_nobody_who_wants_no_mails(budget, mails, number):
    proposal = make_proposal(budget, make_person(mails=mails))
    assert len(sent_to(proposal.author)) == number
    assert send_weekly(NOW + timedelta(days=8)) == 0
    assert told(proposal.author) == ["handed_in"]
