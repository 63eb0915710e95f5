from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.choices import VoteType
from participation.counting.numbers import to_number
from participation.counting.pb_limits import LIMIT_NAMES
from participation.counting.rules import Rule
from participation.lists import listed
from participation.models.budget import Budget
from participation.models.texts import Identity, IdentityQuerySet, Text, one_text_per_locale


class BallotBox(Identity):
    """One question put to voters: one or several envelopes, how ballots are filled in and how they are counted."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="ballot_boxes", verbose_name=_("budget"))
    slug = models.SlugField(_("address"), max_length=80)
    vote_type = models.CharField(_("vote type"), max_length=12, choices=VoteType.choices, default=VoteType.APPROVAL)
    limits = models.JSONField(
        _("limits of a ballot"),
        default=dict,
        blank=True,
        help_text=_("In Pabulib's words, such as min_length, max_length, max_sum_cost or max_sum_points."),
    )
    counting_rule = models.JSONField(
        _("counting rule"), default=dict, blank=True, help_text=_("The rule with its switches.")
    )

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("ballot box"), _("ballot boxes")
        constraints = [
            models.UniqueConstraint(fields=["budget", "slug"], name="ballot_box_address_once"),
            models.CheckConstraint(condition=Q(vote_type__in=VoteType.values), name="ballot_box_vote_type_known"),
        ]

    def clean(self) -> None:
        try:
            Rule.from_json(self.counting_rule)
        except ValueError as error:
            raise ValidationError({"counting_rule": str(error)}) from error
        if not isinstance(self.limits, dict) or not set(self.limits) <= LIMIT_NAMES:
            # Translators: names is a list of technical words, such as “max_length, min_length”.
            raise ValidationError({"limits": _("Limits may be %(names)s.") % {"names": listed(sorted(LIMIT_NAMES))}})
        try:
            self.limits = {name: str(to_number(str(value))) for name, value in self.limits.items()}
        except ValueError as error:
            raise ValidationError({"limits": str(error)}) from error


class BallotBoxText(Text):
    identity = models.ForeignKey(BallotBox, models.CASCADE, related_name="texts", verbose_name=_("ballot box"))
    question = models.CharField(_("question"), max_length=300)

    class Meta(Text.Meta):
        verbose_name, verbose_name_plural = _("ballot box text"), _("ballot box texts")
        constraints = [one_text_per_locale("ballot_box")]

    def __str__(self) -> str:
        return self.question
