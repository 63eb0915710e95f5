from datetime import datetime, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participation.choices import Opening, PhaseKind
from participation.lists import listed
from participation.models.budget import Budget
from participation.models.texts import Identity, IdentityQuerySet, Text, one_text_per_locale
from participation.timetable import openings


class PhaseQuerySet(IdentityQuerySet):
    def public(self) -> Self:
        return self.filter(budget__in=Budget.objects.public())

    def next_boundary(self, at: datetime) -> datetime | None:
        """The first moment after `at` at which any phase of a published budget starts or ends."""
        ahead = self.public().aggregate(
            start=models.Min("starts_at", filter=Q(starts_at__gt=at)),
            end=models.Min("ends_at", filter=Q(ends_at__gt=at)),
        )
        return min((moment for moment in ahead.values() if moment), default=None)


class Phase(Identity):
    """A dated stage of a budget, half-open: `[starts_at, ends_at)`. Phases of one budget never overlap."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="phases", verbose_name=_("budget"))
    kind = models.CharField(_("kind"), max_length=12, choices=PhaseKind.choices)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    switched = models.JSONField(
        _("opens"),
        null=True,
        blank=True,
        help_text=_("What this phase opens. Leave it empty for what its kind opens by default."),
    )

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("phase"), _("phases")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PhaseKind.values), name="phase_kind_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="phase_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return str(self.text or self.get_kind_display())

    def clean(self) -> None:
        known = isinstance(self.switched, list) and set(map(str, self.switched)) <= set(Opening.values)
        if self.switched is not None and not known:
            names = listed(Opening.values)
            # Translators: names is a list of technical words, such as “ideas, votes”.
            raise ValidationError({"switched": _("What a phase opens is a list of: %(names)s.") % {"names": names}})

    @property
    def last_day(self) -> datetime:
        """A moment of the last day on which it lasts: one that ends at midnight ends the day before."""
        return self.ends_at - timedelta(microseconds=1)

    @property
    def openings(self) -> frozenset[Opening]:
        return openings(PhaseKind(self.kind), self.switched)


class PhaseText(Text):
    identity = models.ForeignKey(Phase, models.CASCADE, related_name="texts", verbose_name=_("phase"))
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)

    class Meta(Text.Meta):
        verbose_name, verbose_name_plural = _("phase text"), _("phase texts")
        constraints = [one_text_per_locale("phase")]

    def __str__(self) -> str:
        return self.title
