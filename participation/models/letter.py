import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.choices import NoticeKind
from participation.models.comment import Comment
from participation.models.field_entry import FieldEntry
from participation.models.moderation import ModerationDecision
from participation.models.proposal import Proposal


class LetterQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(printed_at=None)

    def with_everything(self) -> Self:
        """All that a letter says, at a fixed number of queries."""
        named = self.select_related("entry", "proposal__budget", "comment__author", "comment__proposal__budget")
        named = named.select_related("comment__parent", "comment__root", "decision__canned")
        return named.prefetch_related("decision__canned__texts", "proposal__budget__phases__texts")


class Letter(models.Model):
    """One event, told on paper to the author of a proposal who has no account. Printed together with others."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(FieldEntry, models.CASCADE, related_name="letters", verbose_name=_("proposal on paper"))
    event = models.PositiveBigIntegerField(help_text=_("The id of the row of the outbox."))
    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind.choices)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(ModerationDecision, models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("when"))
    printed_at = models.DateTimeField(_("printed"), null=True, blank=True)
    batch = models.UUIDField(_("printed together"), null=True, blank=True, db_index=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("letter"), _("letters")
        ordering = ["pk"]
        indexes = [models.Index(fields=["proposal"], condition=Q(printed_at=None), name="letter_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "event"], name="letter_once"),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="letter_kind_known"),
            models.CheckConstraint(
                condition=Q(printed_at__isnull=True, batch__isnull=True)
                | Q(printed_at__isnull=False, batch__isnull=False),
                name="letter_printed_with_its_batch",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
