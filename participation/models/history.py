from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.models.budget import Budget


class ActivityEntry(models.Model):
    """Who did what to what, and when. Written by actions, never changed."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="activity", null=True, blank=True, verbose_name=_("who")
    )
    budget = models.ForeignKey(
        Budget, models.SET_NULL, related_name="activity", null=True, blank=True, verbose_name=_("budget")
    )
    verb = models.CharField(_("what"), max_length=60)
    subject_kind = models.CharField(_("kind"), max_length=40)
    subject = models.CharField(_("subject"), max_length=80, db_index=True)
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name, verbose_name_plural = _("activity"), _("activity")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject}"


class OutboxQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(handled_at=None).order_by("pk")


class Outbox(models.Model):
    """What should follow from an action, written in its transaction and read by jobs."""

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    ids = models.JSONField(default=dict)
    written_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("outbox row"), _("outbox")
        indexes = [
            models.Index(fields=["kind", "id"], condition=models.Q(handled_at=None), name="outbox_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Heartbeat(models.Model):
    """The last sign of life of a worker or of a periodic job, and the last error, if the last run failed."""

    name = models.CharField(max_length=80, unique=True)
    beat_at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("heartbeat"), _("heartbeats")

    def __str__(self) -> str:
        return self.name
