from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participation.choices import ActKind
from participation.models.ballot_box import BallotBox


class AuditEvent(models.Model):
    """One act on a ballot box, in a chain: `hash` covers the text of the event and the hash before it.

    Append-only: triggers of the database refuse to change or delete a row. No person and no vote is named here.
    """

    box = models.ForeignKey(BallotBox, models.PROTECT, related_name="audit_events")
    seq = models.PositiveIntegerField()
    body = models.TextField(help_text="Canonical JSON: at, details, kind, prev, seq.")
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name, verbose_name_plural = _("audit event"), _("audit events")
        ordering = ["box", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["box", "seq"], name="audit_event_in_order"),
            models.UniqueConstraint(fields=["box", "prev_hash"], name="audit_event_chained_once"),
        ]

    def __str__(self) -> str:
        return f"{self.box_id}/{self.seq}"


class Checkpoint(models.Model):
    """What the observers are sent, signed, each with the head of the audit chain.

    While the box is open how many ballots there are per channel; at its sealing the hash of the list of receipts.
    """

    box = models.ForeignKey(BallotBox, models.PROTECT, related_name="checkpoints")
    seq = models.PositiveIntegerField()
    body = models.TextField(help_text="Canonical JSON: at, audit_head, box, seq, and counts or receipts.")
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name, verbose_name_plural = _("checkpoint"), _("checkpoints")
        ordering = ["box", "seq"]
        constraints = [models.UniqueConstraint(fields=["box", "seq"], name="checkpoint_in_order")]

    def __str__(self) -> str:
        return f"{self.box_id}/{self.seq}"


class SentCheckpoint(models.Model):
    """That the observers were sent a checkpoint, whose own row never changes."""

    checkpoint = models.OneToOneField(Checkpoint, models.PROTECT, related_name="sent")
    at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("sent checkpoint"), _("sent checkpoints")

    def __str__(self) -> str:
        return str(self.checkpoint)


class TwoPersonAct(models.Model):
    """An act on a ballot box that one person asks for and another confirms. It is done when confirmed."""

    box = models.ForeignKey(BallotBox, models.CASCADE, related_name="acts", verbose_name=_("ballot box"))
    kind = models.CharField(_("what"), max_length=10, choices=ActKind.choices)
    details = models.JSONField(_("details"), default=dict, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    asked_at = models.DateTimeField(_("asked for"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("act of two people"), _("acts of two people")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ActKind.values), name="act_kind_known"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")), name="act_of_two_people"
            ),
            models.UniqueConstraint(
                fields=["box", "kind"], condition=Q(confirmed_at__isnull=True), name="act_asked_for_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.box}"
