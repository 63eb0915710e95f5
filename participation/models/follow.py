import uuid
from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.choices import MailState, NoticeKind
from participation.models.budget import Budget
from participation.models.category import Category
from participation.models.comment import Comment
from participation.models.district import District
from participation.models.moderation import ModerationDecision
from participation.models.proposal import Proposal

FOLLOWED = ("budget", "district", "category", "proposal")


def one_followed() -> Q:
    """Exactly one of the four."""
    return reduce(or_, (Q(**{f"{other}__isnull": other != name for other in FOLLOWED}) for name in FOLLOWED))


class Follow(models.Model):
    """Somebody wants to hear of what happens there."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    budget = models.ForeignKey(Budget, models.CASCADE, related_name="followers", null=True, blank=True)
    district = models.ForeignKey(District, models.CASCADE, related_name="followers", null=True, blank=True)
    category = models.ForeignKey(Category, models.CASCADE, related_name="followers", null=True, blank=True)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="followers", null=True, blank=True)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name, verbose_name_plural = _("follow"), _("follows")
        constraints = [
            models.CheckConstraint(condition=one_followed(), name="follow_of_one_thing"),
            *(models.UniqueConstraint(fields=["person", name], name=f"follow_{name}_once") for name in FOLLOWED),
        ]

    def __str__(self) -> str:
        return f"{self.person} > {self.subject}"

    @property
    def noun(self) -> str:
        return next(name for name in FOLLOWED if getattr(self, f"{name}_id") is not None)

    @property
    def subject(self) -> models.Model:
        return getattr(self, self.noun)


class NotificationQuerySet(models.QuerySet):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def with_everything(self) -> Self:
        """All that a line of the inbox or of a mail shows, at a fixed number of queries."""
        return self.select_related(
            "proposal__budget", "comment__author", "decision__canned", "decision__comment", "decision__proposal"
        ).prefetch_related("decision__canned__texts")


class Notification(models.Model):
    """One event, told to one person once: in their inbox, and by mail as they chose when it happened."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    event = models.PositiveBigIntegerField(help_text=_("The id of the row of the outbox."))
    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind.choices)
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(ModerationDecision, models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mail = models.CharField(_("mail"), max_length=8, choices=MailState.choices, default=MailState.NONE)
    weekly = models.BooleanField(_("in the weekly mail"), default=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("notification"), _("notifications")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-at"], name="notification_inbox"),
            models.Index(fields=["weekly", "person"], condition=Q(mail=MailState.WAITING), name="notification_to_mail"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "event"], name="notification_once"),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notification_kind_known"),
            models.CheckConstraint(condition=Q(mail__in=MailState.values), name="notification_mail_known"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
