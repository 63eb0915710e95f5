from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participation.models.proposal import Proposal


class Merge(models.Model):
    """That a proposal went into another, and which supports went with it: enough to take it back."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="merges", verbose_name=_("proposal"))
    into = models.ForeignKey(Proposal, models.CASCADE, related_name="merges_into_it", verbose_name=_("merged into"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"))
    supports = models.JSONField(default=list, editable=False, help_text=_("The ids of those that moved."))
    sheets = models.JSONField(default=list, editable=False, help_text=_("The ids of those that moved."))
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("merge"), _("merges")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal"], condition=Q(undone_at=None), name="merge_once_at_a_time"),
            models.CheckConstraint(condition=~Q(proposal=F("into")), name="merge_into_another"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} > {self.into_id}"
