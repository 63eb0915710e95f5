from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participation.models.budget import Budget
from participation.models.texts import Identity, IdentityQuerySet, Text, one_text_per_locale


class PriceHintQuerySet(IdentityQuerySet):
    def for_budget(self, budget: Budget) -> Self:
        """Those in its currency, with their words."""
        return self.filter(currency=budget.currency).with_texts()


class PriceHint(Identity):
    """What such a thing usually costs, in minor units: for people who propose and have no idea of prices."""

    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="EUR",
        help_text=_("ISO 4217 code, such as EUR. Budgets in another currency do not show it."),
    )
    lowest_minor = models.BigIntegerField(_("usually from"), help_text=_("In minor units (cents)."))
    highest_minor = models.BigIntegerField(_("usually up to"), help_text=_("In minor units (cents)."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PriceHintQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("price hint"), _("price hints")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="price_hint_currency_is_iso"),
            models.CheckConstraint(
                condition=Q(lowest_minor__gt=0, highest_minor__gte=F("lowest_minor")), name="price_hint_is_a_range"
            ),
        ]


class PriceHintText(Text):
    identity = models.ForeignKey(PriceHint, models.CASCADE, related_name="texts", verbose_name=_("price hint"))
    what = models.CharField(_("what it is"), max_length=120)
    unit = models.CharField(_("per what"), max_length=60, blank=True, help_text=_("Such as “each” or “per metre”."))

    class Meta(Text.Meta):
        verbose_name, verbose_name_plural = _("price hint text"), _("price hint texts")
        constraints = [one_text_per_locale("price_hint")]

    def __str__(self) -> str:
        return self.what
