import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.choices import ANSWERABLE, DecisionOnWords, FlagReason
from participation.models.budget import Budget
from participation.models.comment import Comment
from participation.models.proposal import Proposal
from participation.models.texts import Identity, IdentityQuerySet, Text, one_text_per_locale

LONGEST_NOTE, LONGEST_REASON, LONGEST_ANSWER = 1_000, 2_000, 2_000
ONE_SUBJECT = Q(proposal__isnull=True, comment__isnull=False) | Q(proposal__isnull=False, comment__isnull=True)


class FlagQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(settled_at=None)


class Flag(models.Model):
    """Somebody reports what another wrote."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="flags", null=True, blank=True)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="flags", null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="flags", null=True, verbose_name=_("person")
    )
    reason = models.CharField(_("reason"), max_length=12, choices=FlagReason.choices)
    note = models.TextField(_("in your own words"), max_length=LONGEST_NOTE, blank=True)
    at = models.DateTimeField(_("when"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("report"), _("reports")
        indexes = [models.Index(fields=["person", "at"], name="flag_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="flag_of_proposal_once"),
            models.UniqueConstraint(fields=["comment", "person"], name="flag_of_comment_once"),
            models.CheckConstraint(condition=ONE_SUBJECT, name="flag_of_one_thing"),
            models.CheckConstraint(condition=Q(reason__in=FlagReason.values), name="flag_reason_known"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class CannedReason(Identity):
    """A reason that moderators give often, in every language, so that its reader gets it in theirs."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("reason of moderators"), _("reasons of moderators")
        ordering = ["slug"]


class CannedReasonText(Text):
    identity = models.ForeignKey(CannedReason, models.CASCADE, related_name="texts", verbose_name=_("reason"))
    words = models.TextField(_("words"), max_length=LONGEST_REASON)

    class Meta(Text.Meta):
        verbose_name, verbose_name_plural = _("reason text"), _("reason texts")
        constraints = [one_text_per_locale("canned_reason")]

    def __str__(self) -> str:
        return self.words


class ModerationDecision(models.Model):
    """What a moderator decided, why, what was there before, and what its author said to it. Never deleted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    batch = models.UUIDField(_("decided together"), db_index=True)
    kind = models.CharField(_("decision"), max_length=8, choices=DecisionOnWords.choices)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="decisions", null=True, blank=True)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="decisions", null=True, blank=True)
    budget = models.ForeignKey(Budget, models.CASCADE, related_name="moderation", verbose_name=_("budget"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="decided_about", null=True, blank=True
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="decided", null=True, verbose_name=_("who")
    )
    canned = models.ForeignKey(CannedReason, models.PROTECT, null=True, blank=True, verbose_name=_("reason"))
    reason = models.TextField(_("in your own words"), max_length=LONGEST_REASON, blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    before = models.JSONField(default=dict, editable=False)
    at = models.DateTimeField(_("when"))
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    answer = models.TextField(_("answer of the author"), max_length=LONGEST_ANSWER, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("decision of a moderator"), _("decisions of moderators")
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="moderation_of_one_thing"),
            models.CheckConstraint(condition=Q(kind__in=DecisionOnWords.values), name="moderation_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(ANSWERABLE)) | ~Q(reason="") | Q(canned__isnull=False),
                name="moderation_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind=DecisionOnWords.BLOCK, until__isnull=False)
                | ~Q(kind=DecisionOnWords.BLOCK) & Q(until__isnull=True),
                name="moderation_block_has_a_term",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="moderation_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"

    @property
    def subject(self) -> Proposal | Comment:
        return self.comment or self.proposal

    @property
    def because(self) -> str:
        """In the language of who reads it, where the reason is one of the list."""
        listed = str(self.canned) if self.canned else ""
        return "\n".join(words for words in (listed, self.reason) if words)
