import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.choices import Channel
from participation.models.ballot_box import BallotBox


class Ballot(models.Model):
    """One person's whole answer, while a box is open. Nothing here leads to a person or says when it came.

    `voter_key` is an HMAC of the roll entry's `person_ref` under the box's key, which is destroyed at sealing. The
    box is named without a constraint: its check would lock the box's row and leave the ballot's transaction there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    box = models.ForeignKey(BallotBox, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    voter_key = models.BinaryField(max_length=32)
    receipt = models.BinaryField(max_length=32, unique=True)
    nonce = models.BinaryField(max_length=16)
    content = models.TextField()
    channel = models.CharField(max_length=8, choices=Channel.choices)

    class Meta:
        verbose_name, verbose_name_plural = _("ballot"), _("ballots")
        constraints = [
            models.UniqueConstraint(fields=["box", "voter_key"], name="ballot_once_per_voter"),
            models.CheckConstraint(
                condition=Q(channel__in=[Channel.WEB, Channel.DESK, Channel.KIOSK]), name="ballot_channel_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class PublishedReceipt(models.Model):
    """A receipt of a sealed box, as its voter was shown it, in no order. It leads to no content."""

    box = models.ForeignKey(BallotBox, models.CASCADE, related_name="receipts")
    receipt = models.BinaryField(max_length=32)
    code = models.CharField(max_length=26)

    class Meta:
        verbose_name, verbose_name_plural = _("published receipt"), _("published receipts")
        constraints = [models.UniqueConstraint(fields=["box", "receipt"], name="published_receipt_once")]
        indexes = [models.Index(fields=["box", "code"], name="published_receipt_by_code")]

    def __str__(self) -> str:
        return self.code
