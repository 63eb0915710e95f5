from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.models.budget import Budget
from participation.models.proposal import Proposal

LONGEST_NUMBER = 40


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


class SupportSheet(models.Model):
    """Signatures on paper for a proposal, counted by an officer. By its own number no sheet counts twice."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="sheets", verbose_name=_("proposal"))
    budget = models.ForeignKey(Budget, models.CASCADE, related_name="support_sheets", verbose_name=_("budget"))
    number = models.CharField(_("number of the sheet"), max_length=LONGEST_NUMBER)
    signatures = models.PositiveIntegerField(_("valid signatures"))
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("officer")
    )
    entered_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name, verbose_name_plural = _("sheet of supports"), _("sheets of supports")
        ordering = ["budget", "number"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "number"], name="support_sheet_once"),
            models.CheckConstraint(condition=models.Q(signatures__gte=1), name="support_sheet_signed"),
        ]

    def __str__(self) -> str:
        return self.number
