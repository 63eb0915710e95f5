"""What the clock does for ballot boxes: closes those whose time is over, and sends checkpoints to their observers."""

from datetime import datetime

from django.core.mail import send_mail

from participation.ballot_box.checkpoints import take_checkpoint
from participation.ballot_box.latch import latch_closed
from participation.choices import BoxState
from participation.models import BallotBox, Checkpoint


def close_when_due(at: datetime) -> None:
    for box in BallotBox.objects.filter(state=BoxState.FROZEN, closes_at__lte=at):
        latch_closed(box)


def send_checkpoints(at: datetime) -> None:
    for box in BallotBox.objects.filter(state=BoxState.FROZEN, opens_at__lte=at):
        if checkpoint := take_checkpoint(box, at):
            send(box, checkpoint)


def send(box: BallotBox, checkpoint: Checkpoint) -> None:
    """The mail is for machines and archives too, so it has no language: the signed text, and the signature."""
    if box.observers:
        text = f"{checkpoint.body}\n{checkpoint.signature}\n"
        send_mail(f"checkpoint {box.budget.slug}/{box.slug} {checkpoint.seq}", text, None, box.observers)
