from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.choices import BudgetStatus, Opening
from participation.models.category import Category
from participation.models.texts import Identity, IdentityQuerySet, Text, one_text_per_locale
from participation.timetable import next_phase, phase_at


class BudgetQuerySet(IdentityQuerySet):
    def public(self) -> Self:
        return self.filter(status=BudgetStatus.PUBLISHED)

    def newest_first(self) -> Self:
        """By the end of their last phase; budgets without phases come first, they are being set up."""
        return self.annotate(ends_at=models.Max("phases__ends_at")).order_by(
            models.F("ends_at").desc(nulls_first=True), "-pk"
        )

    def running_or_ahead(self, at: datetime) -> Self:
        """Those with a phase that is not over, the one that ends first at the head."""
        return self.filter(phases__ends_at__gt=at).annotate(last=models.Max("phases__ends_at")).order_by("last", "pk")

    def with_phases(self) -> Self:
        return self.prefetch_related("phases__texts")


class Budget(Identity):
    """One edition of participatory budgeting. Amounts are in minor units of `currency`."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    status = models.CharField(_("status"), max_length=12, choices=BudgetStatus.choices, default=BudgetStatus.DRAFT)
    currency = models.CharField(_("currency"), max_length=3, default="EUR", help_text=_("ISO 4217 code, such as EUR."))
    municipal_budget_minor = models.BigIntegerField(
        _("municipal budget"), null=True, blank=True, help_text=_("The town's whole budget, in minor units (cents).")
    )
    share_minor = models.BigIntegerField(
        _("share set aside"), null=True, blank=True, help_text=_("What citizens decide on, in minor units (cents).")
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("minimum age"), null=True, blank=True, help_text=_("In years, as the regulations say. Empty for no limit.")
    )
    guardian_below = models.PositiveSmallIntegerField(
        _("a guardian agrees below the age of"),
        null=True,
        blank=True,
        help_text=_("Whoever is younger takes part once a parent or guardian has said yes. Empty for nobody."),
    )
    moderates_first = models.BooleanField(
        _("proposals wait for a moderator"),
        default=False,
        help_text=_("Else they are published as soon as they are handed in, and a moderator may hide them."),
    )
    most_proposals = models.PositiveSmallIntegerField(
        _("most proposals per person"), null=True, blank=True, help_text=_("Leave it empty for no limit.")
    )
    most_supports = models.PositiveSmallIntegerField(
        _("most supports per person"), null=True, blank=True, help_text=_("Leave it empty for no limit.")
    )
    most_supports_per_ballot_box = models.PositiveSmallIntegerField(
        _("most supports per person and ballot box"), null=True, blank=True, help_text=_("Leave it empty for no limit.")
    )
    most_supports_per_envelope = models.PositiveSmallIntegerField(
        _("most supports per person and envelope"), null=True, blank=True, help_text=_("Leave it empty for no limit.")
    )
    shows_supports = models.BooleanField(_("everybody sees how many support a proposal"), default=True)
    shows_versions = models.BooleanField(_("everybody sees earlier versions of a proposal"), default=True)
    takes_comments = models.BooleanField(
        _("people may comment"), default=True, help_text=_("While a phase opens comments, and only then.")
    )
    first_comments_wait = models.BooleanField(
        _("first comments wait for a moderator"),
        default=False,
        help_text=_("Those of people of whom no comment was published yet."),
    )
    categories = models.ManyToManyField(
        Category,
        related_name="budgets",
        blank=True,
        verbose_name=_("categories of proposals"),
        help_text=_("Choose none to offer all of them."),
    )
    imported_from = models.CharField(_("imported file"), max_length=200, blank=True, editable=False)
    imported_sha256 = models.CharField(max_length=64, null=True, unique=True, editable=False)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("budget"), _("budgets")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=BudgetStatus.values), name="budget_status_known"),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="budget_currency_is_iso"),
            models.CheckConstraint(
                condition=Q(municipal_budget_minor__isnull=True) | Q(municipal_budget_minor__gt=0),
                name="budget_municipal_budget_positive",
            ),
            models.CheckConstraint(
                condition=Q(share_minor__isnull=True) | Q(share_minor__gt=0), name="budget_share_positive"
            ),
            models.CheckConstraint(
                condition=Q(municipal_budget_minor__isnull=True)
                | Q(share_minor__isnull=True)
                | Q(share_minor__lte=models.F("municipal_budget_minor")),
                name="budget_share_within_municipal_budget",
            ),
            models.CheckConstraint(
                condition=Q(minimum_age__isnull=True) | Q(minimum_age__range=(1, 99)),
                name="budget_minimum_age_of_people",
            ),
            models.CheckConstraint(
                condition=Q(guardian_below__isnull=True)
                | Q(guardian_below__range=(1, 99))
                & (Q(minimum_age__isnull=True) | Q(guardian_below__gt=models.F("minimum_age"))),
                name="budget_guardian_above_minimum_age",
            ),
        ]

    @property
    def is_public(self) -> bool:
        return self.status == BudgetStatus.PUBLISHED

    @property
    def offered_categories(self) -> models.QuerySet:
        """Those that a proposal may have: the ones chosen, or all where none are."""
        chosen = self.categories.all()
        return (chosen if chosen.exists() else Category.objects.all()).with_texts()

    def phase_at(self, at: datetime):
        return phase_at(self.phases.all(), at)

    def next_phase(self, at: datetime):
        return next_phase(self.phases.all(), at)

    def last_phase_that_opens(self, opening: Opening, at: datetime):
        """Of those that are not over; None where there is none."""
        left = [phase for phase in self.phases.all() if phase.ends_at > at and opening in phase.openings]
        return max(left, key=lambda phase: phase.ends_at, default=None)


class BudgetText(Text):
    identity = models.ForeignKey(Budget, models.CASCADE, related_name="texts", verbose_name=_("budget"))
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)

    class Meta(Text.Meta):
        verbose_name, verbose_name_plural = _("budget text"), _("budget texts")
        constraints = [one_text_per_locale("budget")]

    def __str__(self) -> str:
        return self.title
