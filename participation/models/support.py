from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.models.proposal import Proposal


class Support(models.Model):
    """One person's backing of a proposal before the vote. It can be taken back, and then it is gone."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="supports", verbose_name=_("proposal"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="supports",
        null=True,
        blank=True,
        verbose_name=_("person"),
        help_text=_("Nobody once the person is erased: the support still counts."),
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("support"), _("supports")
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.person} + {self.proposal}"
