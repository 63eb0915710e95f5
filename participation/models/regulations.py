from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.models.budget import Budget
from participation.models.texts import Identity, IdentityQuerySet, Text, one_text_per_locale


class RegulationsQuerySet(IdentityQuerySet):
    def in_force(self, at: datetime) -> Self:
        """Those that apply at a moment, by the town's calendar, the current version at the head."""
        return self.filter(valid_from__lte=timezone.localdate(at)).order_by("-valid_from", "-version")


class Regulations(Identity):
    """One version of the rules of a budget, in force from a day on until a later version is."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="regulations", verbose_name=_("budget"))
    version = models.PositiveSmallIntegerField(_("version"), validators=[MinValueValidator(1)])
    valid_from = models.DateField(_("valid from"))

    objects = RegulationsQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("regulations"), _("regulations")
        constraints = [
            models.UniqueConstraint(fields=["budget", "version"], name="regulations_version_once"),
            models.UniqueConstraint(fields=["budget", "valid_from"], name="regulations_one_a_day"),
            models.CheckConstraint(condition=Q(version__gte=1), name="regulations_version_from_one"),
        ]


class RegulationsText(Text):
    identity = models.ForeignKey(Regulations, models.CASCADE, related_name="texts", verbose_name=_("regulations"))
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"))

    class Meta(Text.Meta):
        verbose_name, verbose_name_plural = _("text of regulations"), _("texts of regulations")
        constraints = [one_text_per_locale("regulations")]

    def __str__(self) -> str:
        return self.title


class RegulationsAcceptance(models.Model):
    """That a person accepted one version, and when. Never changed."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="acceptances", verbose_name=_("person")
    )
    regulations = models.ForeignKey(
        Regulations, models.PROTECT, related_name="acceptances", verbose_name=_("regulations")
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name, verbose_name_plural = _("acceptance of regulations"), _("acceptances of regulations")
        constraints = [models.UniqueConstraint(fields=["person", "regulations"], name="regulations_accepted_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.regulations}"
