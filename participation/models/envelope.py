from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.models.ballot_box import BallotBox
from participation.models.budget import Budget
from participation.models.category import Category
from participation.models.district import District
from participation.models.texts import Identity, IdentityQuerySet, Text, one_text_per_locale


class EnvelopeQuerySet(IdentityQuerySet):
    def public(self) -> Self:
        return self.filter(budget__in=Budget.objects.public())


class Envelope(Identity):
    """An amount of money, in minor units, decided together: for a district, for a theme, or for the whole town."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="envelopes", verbose_name=_("budget"))
    ballot_box = models.ForeignKey(
        BallotBox, models.PROTECT, related_name="envelopes", null=True, blank=True, verbose_name=_("ballot box")
    )
    slug = models.SlugField(_("address"), max_length=80)
    amount_minor = models.BigIntegerField(_("amount"), help_text=_("In minor units (cents)."))
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, verbose_name=_("district"))
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, verbose_name=_("category"))
    pabulib_meta = models.JSONField(
        default=dict, editable=False, help_text=_("What an imported file says of itself, in Pabulib's words.")
    )

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("envelope"), _("envelopes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "slug"], name="envelope_address_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="envelope_amount_positive"),
        ]

    @property
    def has_public_result(self) -> bool:
        """Whether everybody may see its result. Load `result` with the envelopes."""
        result = getattr(self, "result", None)
        return result is not None and result.published_at is not None


class EnvelopeText(Text):
    identity = models.ForeignKey(Envelope, models.CASCADE, related_name="texts", verbose_name=_("envelope"))
    title = models.CharField(_("title"), max_length=200)

    class Meta(Text.Meta):
        verbose_name, verbose_name_plural = _("envelope text"), _("envelope texts")
        constraints = [one_text_per_locale("envelope")]

    def __str__(self) -> str:
        return self.title
