"""Observers hold what nobody can take back: checkpoints while the box is open, the receipts' hash before the count."""

import json
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from participation.actions.box_closing import count_box, reconcile, seal_box
from participation.ballot_box.casting import cast
from participation.ballot_box.latch import latch_closed
from participation.models import Checkpoint, SentCheckpoint
from participation.refusals import ActionRefused, Refusal
from site_config import ballot_boxes
from site_config.ballot_boxes import send_checkpoints, take_checkpoints
from tests.factories.votes import choice, end_vote, make_open_box, make_voter

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(db, settings, tmp_path):
    settings.BALLOT_KEY_DIR, settings.BUNDLE_DIR = str(tmp_path / "keys"), str(tmp_path / "bundles")
    return make_open_box(observers=["watch@example.org"])


def vote(box, times: int) -> None:
    for number in range(times):
        cast(box=box, voter=make_voter(box), ballot=choice(1 + number % 4), replaces=b"")


def test_a_checkpoint_is_sent_once_and_again_after_a_failure(box, monkeypatch):
    vote(box, 20)
    now = timezone.now()
    take_checkpoints(now)

    def no_mail(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr(ballot_boxes, "send_mail", no_mail)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            send_checkpoints(now)
    assert not SentCheckpoint.objects.exists()
    send_checkpoints(now)
    send_checkpoints(now + timedelta(hours=1))
    [sent] = mail.outbox
    assert sent.to == ["watch@example.org"]
    body, signature = sent.body.split()
    assert json.loads(body)["counts"] == {"web": 20}
    assert Checkpoint.objects.get().signature == signature


def test_nothing_is_counted_before_the_observers_have_the_hash_of_the_receipts(box):
    vote(box, 20)
    latch_closed(end_vote(box))
    now = timezone.now()
    reconcile(box=box, at=now)
    seal_box(box=box, at=now)
    with pytest.raises(ActionRefused) as refused:
        count_box(box=box, at=now)
    assert refused.value.refusal is Refusal.OBSERVERS_NOT_TOLD
    send_checkpoints(now)
    said = json.loads(mail.outbox[0].body.split()[0])
    sealed = json.loads(box.audit_events.get(body__contains='"kind":"sealed"').body)["details"]
    assert (said["receipts"], said["receipts_sha256"]) == (20, sealed["receipts_sha256"])
    count_box(box=box, at=now)


def test_without_observers_nobody_waits(db, settings, tmp_path):
    settings.BALLOT_KEY_DIR = str(tmp_path)
    box = make_open_box()
    vote(box, 3)
    latch_closed(end_vote(box))
    now = timezone.now()
    for step in (reconcile, seal_box, count_box):
        step(box=box, at=now)
    send_checkpoints(now)
    assert not mail.outbox
