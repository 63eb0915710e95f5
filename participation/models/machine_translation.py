"""What a machine made of a citizen's words for readers of another language. Thrown away when the words change or go."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.models.comment import Comment
from participation.models.proposal import Proposal


class MachineTranslation(models.Model):
    """Of one proposal or comment into one language. `digest` is that of the words it was made from."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="+", null=True, blank=True)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+", null=True, blank=True)
    language = models.CharField(_("language"), max_length=12)
    digest = models.CharField(max_length=64)
    words = models.JSONField(_("words"))
    machine = models.CharField(_("machine"), max_length=40)
    at = models.DateTimeField(_("when"), db_index=True)

    class Meta:
        verbose_name, verbose_name_plural = _("machine translation"), _("machine translations")
        constraints = [
            models.CheckConstraint(
                condition=Q(proposal__isnull=True, comment__isnull=False)
                | Q(proposal__isnull=False, comment__isnull=True),
                name="machine_translation_of_one_thing",
            ),
            models.UniqueConstraint(fields=["proposal", "language"], name="machine_translation_of_proposal_once"),
            models.UniqueConstraint(fields=["comment", "language"], name="machine_translation_of_comment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.digest[:8]}"
