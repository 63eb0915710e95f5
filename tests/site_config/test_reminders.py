"""Reminders go to all on the roll who agreed, whether they have voted or not, once, in their language."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from participation.ballot_box.casting import Claim, Voter, cast
from participation.choices import Proof
from participation.models import BallotBox, Person, Reminder
from site_config.reminders import send_reminders
from tests.factories.participation import make_person
from tests.factories.votes import choice, make_open_box, make_voter


@pytest.fixture
def box(db) -> BallotBox:
    return make_open_box()


def on_the_roll(box, **fields) -> Person:
    person = make_person(**{"reminders": True, "reminders_agreed_at": timezone.now(), **fields})
    make_voter(box, account=person, proof=Proof.ACCOUNT)
    return person


def reminded() -> list[str]:
    return sorted(one.to[0] for one in mail.outbox)


def test_who_voted_and_who_did_not_are_reminded_alike(box):
    one, other = on_the_roll(box), on_the_roll(box)
    cast(box=box, voter=Voter(Claim.ACCOUNT, one.pk), ballot=choice(1), replaces=b"")
    send_reminders(timezone.now())
    assert reminded() == sorted([one.email, other.email])
    texts = {message.body for message in mail.outbox}
    assert len(texts) == 1
    assert "nobody can know who has voted" in texts.pop()


def test_nobody_else_is_reminded(box):
    make_person(reminders=True, reminders_agreed_at=timezone.now())
    on_the_roll(box, reminders=False, reminders_agreed_at=None)
    barred = on_the_roll(box)
    box.roll.filter(account=barred).update(barred="moved away")
    on_the_roll(box, is_active=False)
    send_reminders(timezone.now())
    assert reminded() == []


@pytest.mark.parametrize(
    ("change", "sent"),
    [
        ({}, 1),
        ({"closes_at": timezone.now() + timedelta(days=4)}, 0),
        ({"suspended": True}, 0),
        ({"state": "closed"}, 0),
    ],
)
def test_only_in_the_last_three_days_of_an_open_vote(box, change, sent):
    on_the_roll(box)
    BallotBox.objects.filter(pk=box.pk).update(**change)
    send_reminders(timezone.now())
    assert len(mail.outbox) == sent


def test_nobody_is_reminded_twice_and_a_failure_is_made_good(box, monkeypatch):
    on_the_roll(box)

    def no_mail(*args, **kwargs):
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", no_mail)
        send_reminders(timezone.now())
    assert not Reminder.objects.exists()
    for _ in range(2):
        send_reminders(timezone.now())
    assert len(mail.outbox) == 1


def test_each_in_their_own_language(box):
    on_the_roll(box, language="fr")
    send_reminders(timezone.now())
    assert "/fr/budgets/" in mail.outbox[0].body
    assert mail.outbox[0].subject.isprintable()
