"""What the clock does for ballot boxes: closes those whose time is over, and sends checkpoints to their observers."""

from datetime import datetime

from django.core.mail import send_mail

from participation.ballot_box.checkpoints import take_checkpoint
from participation.ballot_box.latch import latch_closed
from participation.choices import BoxState
from participation.models import BallotBox, Checkpoint, SentCheckpoint


def close_when_due(at: datetime) -> None:
    for box in BallotBox.objects.filter(state=BoxState.FROZEN, closes_at__lte=at):
        latch_closed(box)


def take_checkpoints(at: datetime) -> None:
    for box in BallotBox.objects.filter(state=BoxState.FROZEN, opens_at__lte=at):
        take_checkpoint(box, at)


def send_checkpoints(at: datetime) -> None:
    """All that wait; one that could not be sent waits for the next time.

    The mail is for machines and archives too, so it has no language: the signed text, and the signature.
    """
    waiting = Checkpoint.objects.filter(sent=None).exclude(box__observers=[])
    for checkpoint in waiting.select_related("box__budget").order_by("pk"):
        box = checkpoint.box
        text = f"{checkpoint.body}\n{checkpoint.signature}\n"
        send_mail(f"checkpoint {box.budget.slug}/{box.slug} {checkpoint.seq}", text, None, box.observers)
        SentCheckpoint.objects.create(checkpoint=checkpoint, at=at)
